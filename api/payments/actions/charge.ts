import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate, findQuote } from '../../bookings/actions/read.ts';
import { firstStart, type Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';
import { isChargeable, isPayable, makeCharge, type Charge } from '../rules/charge.ts';
import { dueDayOfBooking } from '../rules/due_day.ts';
import { dueWithParts, instalmentsOf } from '../rules/instalment.ts';
import {
  findOptionalCharge,
  insertCharge,
  listUnadjustedBookings,
  listUnchargedBookings,
} from '../store/charges.ts';
import { insertInstalments, listInstalmentTerms } from '../store/instalments.ts';
import { adjustCharge } from './adjust.ts';
import { recordMoneyEvent } from './ledger.ts';

/** The charge of a booking is paid in parts where its venue says so. */
const insertWithParts = async (
  tx: Transaction,
  { uses, venueId, decidedAt }: Booking,
  made: Charge,
): Promise<Charge> => {
  const roomIds = uses.map(({ roomId }) => roomId);
  const parts = instalmentsOf(made, await listInstalmentTerms(tx, { venueId, roomIds }), {
    approvedAt: decidedAt ?? made.createdAt,
    firstUseAt: firstStart(uses),
    now: made.createdAt,
  });
  const charge = dueWithParts(made, parts);
  await insertCharge(tx, charge);
  await insertInstalments(tx, parts);
  return charge;
};

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
    const charge = await insertWithParts(
      tx,
      booking,
      makeCharge(booking, quote, { id, dueOn: dueDayOfBooking(booking, paymentDueDays, now), now }),
    );
    await recordMoneyEvent(tx, context, {
      venueId: booking.venueId,
      bookingId,
      chargeId: charge.id,
      kind: 'charged',
      amountYen: charge.amountYen,
      cause: `charged:${bookingId}`,
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
  const db = context.database.db;
  const waiting = await listUnchargedBookings(db, waitingMost);
  for (const bookingId of waiting) await chargeBooking(context, bookingId);
  const changed = await listUnadjustedBookings(db, waitingMost);
  for (const bookingId of changed) await adjustCharge(context, { bookingId });
  return { charged: waiting.length + changed.length };
};
