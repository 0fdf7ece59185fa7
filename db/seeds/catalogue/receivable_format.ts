import { z } from 'zod';
import { count, key, names, priceYen, rateBp, roomClass, signedCount, yen } from './values.ts';

const termsSchema = z.strictObject({
  /** Smaller charges are paid at once. */
  yenLeast: priceYen,
  /** In the order of their days; the last part is what remains. */
  parts: z
    .array(
      z.strictObject({
        shareBp: rateBp,
        dueFrom: z.enum(['approval', 'first_use']),
        dueCount: count,
        dueUnit: z.enum(['day', 'month']),
      }),
    )
    .min(2)
    .refine((parts) => parts.reduce((sum, { shareBp }) => sum + shareBp, 0) === 10_000, {
      message: '分割の割合の合計が10000になりません / shares must add up to 10000',
    }),
  source: key,
});

/** How debts are paid and reminded of at a venue; a room class without terms is paid at once. */
export const receivableFormat = {
  instalments: z.partialRecord(roomClass, termsSchema).default({}),
  /** The first is level 0. */
  dunning: z
    .array(
      z.strictObject({
        /** Negative: before the day to pay. */
        daysAfterDue: signedCount,
        ...names,
        sendsLetter: z.boolean(),
        proposesBlock: z.boolean(),
        /** Who owes less in all is not written to. */
        yenLeast: yen.default(0),
        source: key,
      }),
    )
    .refine(
      (levels) =>
        levels.every((level, at) => at === 0 || level.daysAfterDue > levels[at - 1]!.daysAfterDue),
      { message: '督促は日数の順に並べてください / levels must be in the order of their days' },
    )
    .default([]),
};
