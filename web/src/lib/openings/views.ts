import type { z } from 'zod';
import type { entrySchema, lotterySchema, periodSchema } from '#api/openings/schema.ts';
import { formatDay } from '#web/words/format.ts';
import { openingWords } from '#web/words/openings.ts';
import { locale } from '#web/words/words.ts';

type Shown<Value> = Value extends (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Shown<Value[Key]> }
    : Value;

export type PeriodView = Shown<z.infer<typeof periodSchema>>;
export type LotteryView = Shown<z.infer<typeof lotterySchema>>;
export type EntryView = Shown<z.infer<typeof entrySchema>>;
export type WishedUse = LotteryView['entries'][number]['uses'][number];

/** `2027年7月1日(木)〜2027年7月31日(土)`, or the one day. */
export const daysText = ({ usesFrom, usesUntil }: { usesFrom: string; usesUntil: string }) => {
  const [from, until] = [usesFrom, usesUntil].map((day) => formatDay(day, locale()));
  return usesFrom === usesUntil ? from! : openingWords().list.range(from!, until!);
};

const steps = ['collectsFrom', 'collectsUntil', 'drawsAt', 'acceptBy'] as const;

/** The steps of a period with their instants; a period without a lottery has one. */
export const stepsOf = (
  lottery: Readonly<Record<(typeof steps)[number], string>> | null,
  opensAt: string,
): { readonly label: string; readonly instant: string }[] => {
  const text = openingWords().step;
  if (!lottery) return [{ label: text.opensAtFirst, instant: opensAt }];
  return [
    ...steps.map((step) => ({ label: text[step], instant: lottery[step] })),
    { label: text.opensAt, instant: opensAt },
  ];
};
