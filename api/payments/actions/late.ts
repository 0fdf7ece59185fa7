import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBooking, findQuote } from '../../bookings/actions/read.ts';
import { restoreWithin } from '../../bookings/actions/restore.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';
import { isLateMoney } from '../rules/cancellation.ts';
import { isPayable, makeCharge } from '../rules/charge.ts';
import { dueDayOfBooking } from '../rules/due_day.ts';
import { insertCharge } from '../store/charges.ts';
import { findBalance } from '../store/ledger.ts';
import { recordMoneyEvent } from './ledger.ts';

const chargeRestored = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  quote: Quote,
): Promise<void> => {
  const { id: bookingId, venueId } = booking;
  const { paymentDueDays } = await findVenue(tx, venueId);
  const id = context.newId('charge') as ChargeId;
  const cause = `restored:${bookingId}:${booking.version}`;
  const now = context.now();
  const dueOn = dueDayOfBooking(booking, paymentDueDays, now);
  const made = makeCharge(booking, quote, { id, dueOn, now });
  const charge = { ...made, cause };
  await insertCharge(tx, charge);
  await recordMoneyEvent(tx, context, {
    venueId,
    bookingId,
    chargeId: id,
    kind: 'charged',
    amountYen: charge.amountYen,
    cause,
  });
  await recordAudit(tx, context, {
    action: 'payments.charge',
    subjectId: bookingId,
    after: charge,
  });
};

/**
 * Money for a booking whose rooms were given back. One given up because it was not paid gets them
 * again where they are still free; of everything else those who refund hear.
 */
export const followLateMoney = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBooking(tx, bookingId);
    const { owedYen } = await findBalance(tx, bookingId);
    if (isPayable(booking) || owedYen >= 0) return;
    const quote = await findQuote(tx, bookingId);
    if (isLateMoney(booking, { owedYen, feeYen: quote.totalYen })) {
      const restored = await restoreWithin(tx, context, bookingId);
      if (restored) return chargeRestored(tx, context, restored, quote);
    }
    await enqueue(tx, { task: 'payments.paid_after_release', payload: { bookingId } });
  });
