import { z } from 'zod';
import type { Context } from '../context.ts';
import { cancelAttempt, sweepAttempts } from './actions/cancel.ts';
import { chargeApproved, chargeWaiting, reverseCharge } from './actions/charge.ts';
import { applyStripeEvent } from './actions/events.ts';

const ofBooking = z.object({ bookingId: z.string() });
const ofAttempt = z.object({ attemptId: z.string() });
const ofEvent = z.object({ eventId: z.string() });

export const paymentsJobs = {
  'payments.charge_booking': (context: Context, payload: unknown) =>
    chargeApproved(context, ofBooking.parse(payload).bookingId),
  'payments.reverse_charge': (context: Context, payload: unknown) =>
    reverseCharge(context, ofBooking.parse(payload).bookingId),
  'payments.cancel_attempt': (context: Context, payload: unknown) =>
    cancelAttempt(context, ofAttempt.parse(payload).attemptId),
  'payments.apply_event': (context: Context, payload: unknown) =>
    applyStripeEvent(context, ofEvent.parse(payload).eventId),
  'payments.charge_waiting': (context: Context) => chargeWaiting(context),
  'payments.sweep': (context: Context) => sweepAttempts(context),
};
