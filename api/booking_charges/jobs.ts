import { z } from 'zod';
import { billingAccountPayload } from '../billing_accounts/schema.ts';
import type { Context } from '../context.ts';
import { adjustCharge } from './actions/adjust.ts';
import { chargeWaitingCancellations, settleCancellation } from './actions/cancellation.ts';
import { chargeApproved, chargeWaiting } from './actions/charge.ts';
import { followLateMoney } from './actions/late.ts';

const ofBooking = z.object({ bookingId: z.string() });
const ofVersion = z.object({ bookingId: z.string(), version: z.int().optional() });

export const bookingChargesJobs = {
  'booking_charges.charge': (context: Context, payload: unknown) =>
    chargeApproved(context, ofBooking.parse(payload).bookingId),
  'booking_charges.end': (context: Context, payload: unknown) =>
    settleCancellation(context, ofBooking.parse(payload).bookingId),
  'booking_charges.follow_late': (context: Context, payload: unknown) =>
    followLateMoney(context, billingAccountPayload.parse(payload).billingAccountId),
  'booking_charges.adjust': (context: Context, payload: unknown) =>
    adjustCharge(context, ofVersion.parse(payload)),
  'booking_charges.charge_waiting': async (context: Context) => {
    await chargeWaiting(context);
    await chargeWaitingCancellations(context);
  },
};
