import { z } from 'zod';
import type { Context } from '../context.ts';
import { expireHolds } from './actions/expiry.ts';
import { remindHolds } from './actions/extend.ts';
import { promoteWaiting } from './actions/line.ts';

const onlySchema = z.object({ bookingId: z.string().optional() }).nullish();

export const bookingsJobs = {
  'bookings.expire_holds': (context: Context) => expireHolds(context),
  'bookings.remind_holds': (context: Context) => remindHolds(context),
  'bookings.promote_waiting': (context: Context, payload: unknown) =>
    promoteWaiting(context, onlySchema.parse(payload)?.bookingId),
};
