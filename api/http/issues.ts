import type { ErrorField } from '../shared/error.ts';
import { fieldSentences, type FieldSentence } from './errors.ts';

/** The parts of a zod issue we read; the validator hands issues over as plain objects. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[];
  readonly code?: string;
  readonly input?: unknown;
  readonly expected?: string;
  readonly format?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly divisor?: number | bigint;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly params?: { readonly code?: string } & Readonly<Record<string, unknown>>;
}

const pathOf = (issue: Issue) =>
  (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');

const sizeSentence = (issue: Issue, end: 'small' | 'big'): FieldSentence => {
  const isSmall = end === 'small';
  if (issue.origin === 'string') {
    if (isSmall && issue.minimum === 1) return 'required';
    return isSmall ? 'too_short' : 'too_long';
  }
  if (issue.origin === 'array') return isSmall ? 'too_few' : 'too_many';
  return isSmall ? 'too_small' : 'too_big';
};

const typeSentence = (issue: Issue): FieldSentence => {
  if (/received undefined/.test(issue.message)) return 'required';
  if (issue.expected === 'int') return 'not_whole';
  return issue.expected === 'number' ? 'not_a_number' : 'wrong_form';
};

const sentenceFor = (issue: Issue): FieldSentence => {
  switch (issue.code) {
    case 'invalid_type':
      return typeSentence(issue);
    case 'too_small':
      return sizeSentence(issue, 'small');
    case 'too_big':
      return sizeSentence(issue, 'big');
    case 'not_multiple_of':
      return 'not_a_step';
    case 'invalid_value':
      return 'not_a_choice';
    case 'invalid_format':
      return issue.format === 'email' ? 'not_an_email' : 'wrong_form';
    case 'unrecognized_keys':
      return 'unknown_field';
    case 'custom': {
      const name = issue.params?.code?.replace(/^http\./, '') ?? '';
      return name in fieldSentences ? (name as FieldSentence) : 'wrong_form';
    }
    default:
      return 'wrong_form';
  }
};

/** A parser's complaint as a field with sentences a person can act on. */
export const fieldOf = (raw: unknown): ErrorField => {
  const issue = raw as Issue;
  const name = sentenceFor(issue);
  const values: Record<string, unknown> = {
    ...issue.params,
    minimum: String(issue.minimum ?? ''),
    maximum: String(issue.maximum ?? ''),
    divisor: String(issue.divisor ?? ''),
    choices: (issue.values ?? []).join(', '),
    keys: (issue.keys ?? []).join(', '),
  };
  const filled = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
  const { ja, en } = fieldSentences[name];
  return { path: pathOf(issue), code: `http.${name}`, ja: filled(ja), en: filled(en) };
};
