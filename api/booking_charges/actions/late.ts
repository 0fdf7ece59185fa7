import type { Transaction } from '#db/client.server.ts';
import { findBooking, findQuote } from '../../bookings/actions/read.ts';
import { restoreWithin } from '../../bookings/actions/restore.ts';
import { type Booking, isAgreed } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { enqueue } from '../../outbox/actions.ts';
import { addCharge } from '../../payments/actions/charges.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';
import { isLateMoney } from '../rules/cancellation.ts';
import { dueDayOfBooking, makeCharge } from '../rules/charge.ts';

const chargeRestored = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  quote: Quote,
): Promise<void> => {
  const { paymentDueDays } = await findVenue(tx, booking.venueId);
  const id = context.newId('charge') as ChargeId;
  const now = context.now();
  const dueOn = dueDayOfBooking(booking, paymentDueDays, now);
  const cause = `restored:${booking.id}:${booking.version}`;
  const charge = { ...makeCharge(booking, quote, { id, dueOn, now }), cause };
  await addCharge(tx, context, booking, { charge });
};

/**
 * Money for a booking whose rooms were given back. One given up because it was not paid gets them
 * again where they are still free; of everything else those who refund hear.
 */
export const followLateMoney = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBooking(tx, bookingId);
    const { owedYen } = await findBalance(tx, bookingId);
    if (isAgreed(booking) || owedYen >= 0) return;
    const quote = await findQuote(tx, bookingId);
    if (isLateMoney(booking, { owedYen, feeYen: quote.totalYen })) {
      const restored = await restoreWithin(tx, context, bookingId);
      if (restored) return chargeRestored(tx, context, restored, quote);
    }
    await enqueue(tx, { task: 'booking_charges.paid_after_release', payload: { bookingId } });
  });
