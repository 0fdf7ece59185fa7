import { findQuote } from '../../bookings/actions/read.ts';
import { firstStart, isAgreed } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { addCharge, findOptionalCharge } from '../../payments/actions/charges.ts';
import { isChargeable, type Charge } from '../../payments/rules/charge.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';
import { dueDayOfBooking, makeCharge } from '../rules/charge.ts';
import { dueWithParts, instalmentsOf } from '../rules/instalment.ts';
import {
  listInstalmentTerms,
  listUnadjustedBookings,
  listUnchargedBookings,
} from '../store/charges.ts';
import { adjustCharge } from './adjust.ts';
import { lockWithMoney } from './lock.ts';

/** Makes what is owed from the promised price, once for a booking; a price that may not be charged yet waits. */
export const chargeBooking = (context: Context, bookingId: string): Promise<Charge | undefined> =>
  context.transact(async (tx) => {
    const booking = await lockWithMoney(tx, context, bookingId);
    const known = await findOptionalCharge(tx, bookingId);
    if (known || !isAgreed(booking)) return known;
    const { uses, venueId, decidedAt } = booking;
    const roomIds = uses.map(({ roomId }) => roomId);
    const [quote, { paymentDueDays }, terms] = await Promise.all([
      findQuote(tx, bookingId),
      findVenue(tx, venueId),
      listInstalmentTerms(tx, { venueId, roomIds }),
    ]);
    if (!isChargeable(quote, context.settings.chargesProvisionalFees)) return undefined;
    const now = context.now();
    const id = context.newId('charge') as ChargeId;
    const dueOn = dueDayOfBooking(booking, paymentDueDays, now);
    const made = makeCharge(booking, quote, { id, dueOn, now });
    const moments = { approvedAt: decidedAt ?? now, firstUseAt: firstStart(uses), now };
    const parts = instalmentsOf(made, terms, moments);
    const charge = dueWithParts(made, parts);
    await addCharge(tx, context, booking, { charge, parts });
    await enqueue(tx, { task: 'booking_charges.charged', payload: { bookingId } });
    return charge;
  });

/** Charges an approved booking; where its price waits, the approval is papered all the same. */
export const chargeApproved = async (context: Context, bookingId: string): Promise<void> => {
  if (await chargeBooking(context, bookingId)) return;
  await context.transact((tx) =>
    enqueue(tx, { task: 'booking_charges.charge_waits', payload: { bookingId } }),
  );
};

const waitingMost = 200;

/** Charges what waited for the operator's word on provisional fees. */
export const chargeWaiting = async (context: Context): Promise<{ charged: number }> => {
  if (!context.settings.chargesProvisionalFees) return { charged: 0 };
  const db = context.database.db;
  const waiting = await listUnchargedBookings(db, waitingMost);
  for (const bookingId of waiting) await chargeBooking(context, bookingId);
  const changed = await listUnadjustedBookings(db, waitingMost);
  for (const bookingId of changed) await adjustCharge(context, { bookingId });
  return { charged: waiting.length + changed.length };
};
