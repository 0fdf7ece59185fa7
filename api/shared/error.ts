import { inLanguage, type Language, type Sentence } from './languages.ts';
import { valueInWords } from './wording.ts';

export const statusOfKind = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  invalid: 422,
  limited: 429,
  unexpected: 500,
  unavailable: 503,
} as const;

export type ErrorKind = keyof typeof statusOfKind;

export type ErrorSentences = Sentence & { readonly kind: ErrorKind };

export type ErrorField = Sentence & { readonly path: string; readonly code?: string };

export interface ErrorOptions {
  /** Values for the `{names}` in the sentence. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly fields?: readonly ErrorField[];
  readonly detail?: unknown;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** Something a person can be told: a code of the catalogue, its sentences, the fields it speaks of. */
export class AppError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly sentences: ErrorSentences;
  readonly options: ErrorOptions;

  constructor(code: string, sentences: ErrorSentences, options: ErrorOptions = {}) {
    super(`${code}: ${fill('en', sentences, options.params)}`, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.kind = sentences.kind;
    this.sentences = sentences;
    this.options = options;
  }
}

/** Days and moments among the values are written as people write them. */
const fill = (language: Language, sentences: ErrorSentences, params: ErrorOptions['params'] = {}) =>
  inLanguage(sentences, language).replace(/\{(\w+)\}/g, (whole, name: string) =>
    valueInWords(String(params[name] ?? whole), language),
  );

export const sentenceOf = (error: AppError, language: Language): string =>
  fill(language, error.sentences, error.options.params);

export type ErrorCatalogue<Reasons extends Record<string, ErrorSentences>> = {
  readonly [Reason in keyof Reasons]: (options?: ErrorOptions) => AppError;
} & { readonly catalogue: ReadonlyMap<string, ErrorSentences> };

/**
 * The errors of one feature: `defineErrors('bookings', { slot_taken: { … } })` makes
 * `errors.slot_taken()` with the code `bookings.slot_taken`.
 */
export const defineErrors = <const Reasons extends Record<string, ErrorSentences>>(
  feature: string,
  reasons: Reasons,
): ErrorCatalogue<Reasons> => {
  const catalogue = new Map<string, ErrorSentences>();
  const makers: Record<string, (options?: ErrorOptions) => AppError> = {};
  for (const [reason, sentences] of Object.entries(reasons)) {
    const code = `${feature}.${reason}`;
    catalogue.set(code, sentences);
    makers[reason] = (options) => new AppError(code, sentences, options);
  }
  return Object.assign(makers, { catalogue }) as ErrorCatalogue<Reasons>;
};

export interface ErrorFacts {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly cause?: ErrorFacts;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A failed statement without its values; what PostgreSQL could not read it also quotes. */
const bareMessage = (error: Error & { query?: unknown; params?: unknown; code?: unknown }) => {
  if ('params' in error) return `Failed query: ${textOf(error.query) ?? ''}`;
  return textOf(error.code)?.startsWith('22')
    ? error.message.replace(/"[^"]*"/g, '"…"')
    : error.message;
};

/** What may be written down of an error: not the values of its statement, which hold what people typed. */
export const factsOfError = (error: unknown): ErrorFacts => {
  if (!(error instanceof Error))
    return { type: typeof error, message: String(error), stack: String(error) };
  const message = bareMessage(error);
  const { code, constraint } = error as {
    code?: unknown;
    constraint?: unknown;
  };
  return {
    type: error.name,
    message,
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(error.cause === undefined ? {} : { cause: factsOfError(error.cause) }),
  };
};
