import type { Context } from '../context.ts';
import { expireHolds } from './actions/expiry.ts';

export const bookingsJobs = {
  'bookings.expire_holds': (context: Context) => expireHolds(context),
};
