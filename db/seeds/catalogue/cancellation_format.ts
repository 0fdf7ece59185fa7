import { z } from 'zod';
import { day, key, roomClass, shareBp } from './values.ts';

/** `6m` six months before the first day of use, `7d` seven days: from then on this share is kept. */
const before = z
  .string()
  .regex(
    /^[1-9]\d{0,2}[dm]$/,
    '「7d」「6m」のような日数か月数にしてください / not days or months such as "7d" or "6m"',
  );
const shares = z.record(before, shareBp);

const termsSchema = z.strictObject({
  effectiveFrom: day,
  cancel: shares,
  change: shares,
  source: key,
});

export const cancellationFormat = {
  cancellationTerms: z.partialRecord(roomClass, termsSchema).default({}),
};
