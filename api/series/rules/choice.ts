import type { AskedUse } from '../../fees/schema.ts';
import { sentenceOf, type AppError, type ErrorField } from '../../shared/error.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import { seriesErrors } from '../errors.ts';
import type { DateChoice } from '../schema.ts';
import type { Alternative, Block, Outcome } from './outcome.ts';

/** A date with what it would come to as planned, what it could be instead, and what was chosen. */
export interface PlannedDate {
  readonly plannedOn: LocalDay;
  readonly planned: Outcome;
  readonly alternatives: readonly Alternative[];
  readonly choice: DateChoice;
  /** Nothing where the date is skipped. */
  readonly chosen: Outcome | null;
}

/** What nobody chose is as planned. */
export const choiceFor = (
  choices: Readonly<Record<string, DateChoice>>,
  date: LocalDay,
): DateChoice => choices[date] ?? { kind: 'as_planned' };

export const usesChosen = (
  choice: DateChoice,
  planned: readonly AskedUse[],
): readonly AskedUse[] | null => {
  if (choice.kind === 'skip') return null;
  return choice.kind === 'other' ? choice.uses : planned;
};

const fieldFor = (date: LocalDay, error: AppError): ErrorField => ({
  path: `choices.${date}`,
  code: error.code,
  ja: sentenceOf(error, 'ja'),
  en: sentenceOf(error, 'en'),
});

/** Every choice must be about a date of the series. */
export const decideChoices = (
  choices: Readonly<Record<string, DateChoice>>,
  dates: readonly LocalDay[],
): Result<void> => {
  const known = new Set<string>(dates);
  const strange = Object.keys(choices).find((date) => !known.has(date));
  if (strange === undefined) return ok(undefined);
  const error = seriesErrors.not_a_date({ params: { date: strange } });
  return refuse(
    seriesErrors.not_a_date({
      params: { date: strange },
      fields: [fieldFor(strange as LocalDay, error)],
    }),
  );
};

/** The sentence of each date that cannot be had, at the field of its choice. */
export const clashFieldsOf = (
  dates: readonly { readonly plannedOn: LocalDay; readonly blocks: readonly Block[] }[],
): ErrorField[] =>
  dates.flatMap(({ plannedOn, blocks: [first] }) =>
    first ? [{ path: `choices.${plannedOn}`, code: first.reason, ja: first.ja, en: first.en }] : [],
  );

export const clashFields = (dates: readonly PlannedDate[]): ErrorField[] =>
  clashFieldsOf(
    dates.map(({ plannedOn, chosen }) => ({ plannedOn, blocks: chosen?.blocks ?? [] })),
  );

export const refusalField = fieldFor;

/** In words for the record: what a date became when it is not as planned. */
export const noteOf = (choice: DateChoice, planned: readonly AskedUse[]): string => {
  if (choice.kind === 'skip') return choice.note ?? '';
  if (choice.kind === 'as_planned') return '';
  const [before, after] = [planned[0], choice.uses[0]];
  if (!before || !after) return '';
  const changed = [
    before.date === after.date ? '' : after.date,
    before.configuration === after.configuration && before.room === after.room
      ? ''
      : (after.configuration ?? after.room),
    before.band === after.band ? '' : after.band,
  ];
  return changed.filter(Boolean).join(' ');
};
