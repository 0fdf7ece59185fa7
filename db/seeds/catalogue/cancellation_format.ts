import { z } from 'zod';

/** `6m` six months before the first day of use, `7d` seven days: from then on this share is kept. */
const before = z.string().regex(/^[1-9]\d{0,2}[dm]$/, 'not days or months such as "7d" or "6m"');
const shares = z.record(before, z.int().nonnegative().max(10_000));

const termsSchema = z.strictObject({
  effectiveFrom: z.iso.date('not a day such as 2024-04-01'),
  cancel: shares,
  change: shares,
  source: z.string().regex(/^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/, 'not a key'),
});

export const cancellationFormat = {
  cancellationTerms: z
    .partialRecord(z.enum(['exhibition', 'convention', 'hall', 'meeting', 'outdoor']), termsSchema)
    .default({}),
};
