import type { InferRequestType } from 'hono/client';
import type { api } from '#web/api.ts';
import type { ChangePreview } from './views.ts';

/** A change of a series as it was typed; empty boxes leave things as they are. */
export interface ChangeFields {
  readonly scope: string;
  readonly from: string;
  readonly configuration: string;
  readonly band: string;
  readonly title: string;
  readonly attendance: string;
  readonly reason: string;
  readonly choices: Readonly<Record<string, string>>;
}

const names = ['scope', 'from', 'configuration', 'band', 'title', 'attendance', 'reason'] as const;

type Source = Pick<FormData, 'get'> & { keys(): IterableIterator<string> };

const textIn = (source: Source, name: string) => {
  const value = source.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const choicePrefix = 'choice.';

export const readChangeFields = (source: Source): ChangeFields => ({
  ...(Object.fromEntries(names.map((name) => [name, textIn(source, name)])) as Record<
    (typeof names)[number],
    string
  >),
  choices: Object.fromEntries(
    [...source.keys()]
      .filter((name) => name.startsWith(choicePrefix))
      .map((name) => [name.slice(choicePrefix.length), textIn(source, name)]),
  ),
});

export const changeEntries = (fields: ChangeFields): [string, string][] =>
  names.map((name) => [name, fields[name]]);

type Client = ReturnType<typeof api>;
type Body = InferRequestType<
  Client['api']['series'][':id']['amendments']['preview']['$post']
>['json'];
type Choices = NonNullable<Body['choices']>;
type OtherUses = Extract<Choices[string], { kind: 'other' }>['uses'];

/** What a box of choices means: an alternative of the preview is found again by its key. */
const choiceOf = (
  preview: ChangePreview | undefined,
  date: string,
  key: string,
): Choices[string] | undefined => {
  if (key === 'skip') return { kind: 'skip' };
  const uses = preview?.dates
    .find((one) => one.date === date)
    ?.alternatives.find((one) => one.key === key)?.uses;
  return uses && { kind: 'other', uses: uses as unknown as OtherUses };
};

export const changeBody = (fields: ChangeFields, preview?: ChangePreview): Body => {
  const choices = Object.entries(fields.choices).flatMap(([date, key]) => {
    const choice = choiceOf(preview, date, key);
    return choice ? [[date, choice] as const] : [];
  });
  return {
    scope: fields.scope as Body['scope'],
    from: fields.from,
    change: {
      ...(fields.configuration ? { configuration: fields.configuration } : {}),
      ...(fields.band ? { band: fields.band } : {}),
      ...(fields.title ? { title: fields.title } : {}),
      ...(fields.attendance ? { attendance: fields.attendance } : {}),
    },
    choices: Object.fromEntries(choices),
  };
};
