import { z } from 'zod';
import { key, yen } from './values.ts';

const limits = z.partialRecord(
  z.enum(['manager', 'finance', 'administrator']),
  z.strictObject({ yenMost: yen, source: key }),
);

/** Up to how much a role may decide; a role without a limit decides nothing. */
export const refundFormat = {
  moneyLimits: z
    .strictObject({
      /** Over what another asked for. */
      refund: limits.default({}),
      write_off: limits.default({}),
      /** Alone, of a debt that a payment leaves. */
      rebate: limits.default({}),
    })
    .default({ refund: {}, write_off: {}, rebate: {} }),
};
