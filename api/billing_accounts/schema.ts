import { z } from 'zod';
import { idSchema, type BillingAccountId } from '../shared/ids.ts';

export const billingAccountIdSchema = idSchema<BillingAccountId>('booking');

const ofBooking = z.object({ bookingId: z.string() });

/** What a job is told of whose money it is: events of bookings call it by their own name. */
export const billingAccountPayload = z
  .object({ billingAccountId: z.string() })
  .or(ofBooking.transform(({ bookingId }) => ({ billingAccountId: bookingId })));
