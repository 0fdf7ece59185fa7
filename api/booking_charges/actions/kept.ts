import type { Transaction } from '#db/client.server.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { addCharge } from '../../payments/actions/charges.ts';
import { dueDayAfter } from '../../payments/rules/due_day.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';
import { makeKeptCharge, type KeptYen } from '../rules/charge.ts';

/** Charges what is kept of what was given up. */
export const chargeKept = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  kept: KeptYen,
): Promise<void> => {
  const { paymentDueDays } = await findVenue(tx, booking.venueId);
  const id = context.newId('charge') as ChargeId;
  const now = context.now();
  const dueOn = dueDayAfter(now, paymentDueDays);
  const charge = makeKeptCharge(booking, kept, { id, dueOn, now });
  await addCharge(tx, context, booking, { charge });
};
