import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate, findQuote } from '../../bookings/actions/read.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';
import { isChargeable, isPayable, makeCharge, type Charge } from '../rules/charge.ts';
import {
  findOptionalCharge,
  insertCharge,
  insertMoneyEvent,
  listUnchargedBookings,
  saveChargeReversed,
} from '../store.ts';
import { requestCancelOfLive } from './settle.ts';

/** Makes what is owed from the promised price, once for a booking; a price that may not be charged yet waits. */
export const chargeBooking = (context: Context, bookingId: string): Promise<Charge | undefined> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const known = await findOptionalCharge(tx, bookingId);
    if (known || !isPayable(booking)) return known;
    const [quote, { paymentDueDays }] = await Promise.all([
      findQuote(tx, bookingId),
      findVenue(tx, booking.venueId),
    ]);
    if (!isChargeable(quote, context.settings.chargesProvisionalFees)) return undefined;
    const now = context.now();
    const id = context.newId('charge') as ChargeId;
    const charge = makeCharge(booking, quote, { id, paymentDueDays, now });
    await insertCharge(tx, charge);
    await insertMoneyEvent(tx, {
      id: context.newId('money_event'),
      bookingId,
      chargeId: charge.id,
      kind: 'charged',
      amountYen: charge.amountYen,
      cause: `charged:${bookingId}`,
      actor: context.actor,
      happenedAt: now,
      recordedAt: now,
    });
    await recordAudit(tx, context, {
      action: 'payments.charge',
      subjectId: bookingId,
      after: charge,
    });
    await enqueue(tx, { task: 'payments.charged', payload: { bookingId } });
    return charge;
  });

/** Charges an approved booking; where its price waits, the approval is papered all the same. */
export const chargeApproved = async (context: Context, bookingId: string): Promise<void> => {
  if (await chargeBooking(context, bookingId)) return;
  await context.transact((tx) =>
    enqueue(tx, { task: 'payments.charge_waits', payload: { bookingId } }),
  );
};

const waitingMost = 200;

/** Charges what waited for the operator's word on provisional fees. */
export const chargeWaiting = async (context: Context): Promise<{ charged: number }> => {
  if (!context.settings.chargesProvisionalFees) return { charged: 0 };
  const waiting = await listUnchargedBookings(context.database.db, waitingMost);
  for (const bookingId of waiting) await chargeBooking(context, bookingId);
  return { charged: waiting.length };
};

/** Takes the charge of a cancelled booking back; money that has arrived stays on the ledger as too much. */
export const reverseCharge = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const charge = await findOptionalCharge(tx, bookingId);
    if (!charge || charge.reversedAt || isPayable(booking)) return;
    const now = context.now();
    await saveChargeReversed(tx, charge.id, now);
    await insertMoneyEvent(tx, {
      id: context.newId('money_event'),
      bookingId,
      chargeId: charge.id,
      kind: 'charge_reversed',
      amountYen: -charge.amountYen,
      cause: `charge_reversed:${charge.id}`,
      actor: context.actor,
      happenedAt: now,
      recordedAt: now,
    });
    await recordAudit(tx, context, {
      action: 'payments.reverse_charge',
      subjectId: bookingId,
      before: charge,
      after: { ...charge, reversedAt: now },
    });
    await requestCancelOfLive(tx, context, bookingId);
  });
