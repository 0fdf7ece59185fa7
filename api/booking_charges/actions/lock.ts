import type { Transaction } from '#db/client.server.ts';
import { lockBillingAccount } from '../../billing_accounts/actions.ts';
import { findBookingForUpdate } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';

/** The booking and then its money, locked: always in this order, so that nobody waits in a circle. */
export const lockWithMoney = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  await lockBillingAccount(tx, context, bookingId);
  return booking;
};
