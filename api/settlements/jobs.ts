import { z } from 'zod';
import type { Context } from '../context.ts';
import { chargeSettlement } from './actions.ts';

const ofBooking = z.object({ bookingId: z.string() });

export const settlementsJobs = {
  'settlements.charge': (context: Context, payload: unknown) =>
    chargeSettlement(context, ofBooking.parse(payload).bookingId),
};
