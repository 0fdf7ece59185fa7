import type { Transaction } from '#db/client.server.ts';
import { previewAmendment } from '../../bookings/actions/amend_booking.ts';
import { findQuote, findVisibleBooking } from '../../bookings/actions/read.ts';
import { findLastChange } from '../../bookings/actions/versions.ts';
import { type Booking, isAgreed } from '../../bookings/rules/booking.ts';
import type { AmendAsk } from '../../bookings/schema/amendments.ts';
import { findChangeFee } from '../../cancellations/actions.ts';
import type { Context } from '../../context.ts';
import { isMemberOf } from '../../shared/actor.ts';
import { dayOf } from '../../shared/time.ts';
import { isChargeable } from '../../payments/rules/charge.ts';
import { chargeKept } from './kept.ts';

const free = { keptYen: 0, reasons: [], isProvisional: false };

/** The fee for a change that lowers the price, as it would be charged; none for one by the venue. */
export const viewChangeFee = async (
  context: Context,
  { bookingId, asked }: { bookingId: string; asked: AmendAsk },
) => {
  const booking = await findVisibleBooking(context, bookingId);
  const { quote } = await previewAmendment(context, { bookingId, asked });
  if (!isAgreed(booking) || !isMemberOf(context.actor, booking.organizationId)) return free;
  const { lines } = await findQuote(context.reads, bookingId);
  const noticedOn = dayOf(context.now());
  const changed = { before: lines, after: quote.lines, noticedOn };
  const fee = await findChangeFee(context.reads, booking, changed);
  const { keptYen, reasons, isProvisional } = fee;
  return isChargeable(fee, context.settings.chargesProvisionalFees)
    ? { keptYen, reasons, isProvisional }
    : free;
};

/** Charges the fee for a change the organizer wanted, by the day it was asked for. */
export const chargeChangeFee = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<void> => {
  const change = await findLastChange(tx, booking.id);
  if (!change?.isOrganizers) return;
  const { before, after, usesBefore: uses, saidAt } = change;
  const fee = await findChangeFee(
    tx,
    { ...booking, uses },
    { before: before.lines, after: after.lines, noticedOn: dayOf(saidAt) },
  );
  const { keptYen, isProvisional } = fee;
  if (keptYen === 0 || !isChargeable(fee, context.settings.chargesProvisionalFees)) return;
  const cause = `change:${booking.id}:${booking.version}`;
  await chargeKept(tx, context, booking, { kind: 'change', cause, keptYen, isProvisional });
};
