import type { z } from 'zod';
import type { quoteSchema } from '#api/fees/schema.ts';

type Shown<Value> = Value extends (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Shown<Value[Key]> }
    : Value;

/** As the API answers it; nobody changes a quote. */
export type Quote = Shown<z.infer<typeof quoteSchema>>;
export type QuoteLine = Quote['lines'][number];
export type QuoteWarning = Quote['warnings'][number];

/** The whole rule is one warning too; it is folded away, so that the others are read. */
const isLong = ({ code }: QuoteWarning) => code === 'fees.provisional_tariff';

export const shortWarnings = ({ warnings }: Quote): QuoteWarning[] =>
  warnings.filter((warning) => !isLong(warning));

export const longWarnings = ({ warnings }: Quote): QuoteWarning[] => warnings.filter(isLong);

/** A stretch charged as one, and everything that goes with it, under one heading. */
export interface QuoteGroup {
  readonly key: string;
  readonly date: string;
  readonly lines: readonly QuoteLine[];
}

export const groupByDate = ({ lines }: Pick<Quote, 'lines'>): QuoteGroup[] => {
  const groups = new Map<string, QuoteLine[]>();
  for (const line of lines) groups.set(line.date, [...(groups.get(line.date) ?? []), line]);
  return [...groups]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([date, own]) => ({ key: date, date, lines: own }));
};
