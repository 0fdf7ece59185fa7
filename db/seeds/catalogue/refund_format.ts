import { z } from 'zod';

const key = z.string().regex(/^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/, 'not a key');
const limits = z.partialRecord(
  z.enum(['manager', 'finance', 'administrator']),
  z.strictObject({ yenMost: z.int().nonnegative().max(2_000_000_000), source: key }),
);

/** Up to how much a role may decide over what another asked for; a role without a limit decides nothing. */
export const refundFormat = {
  moneyLimits: z
    .strictObject({ refund: limits.default({}), write_off: limits.default({}) })
    .default({ refund: {}, write_off: {} }),
};
