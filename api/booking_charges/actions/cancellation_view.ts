import { findKept, findOptionalCancellation } from '../../cancellations/actions.ts';
import { findVisibleBooking } from '../../bookings/actions/read.ts';
import { firstStart, type Booking, type CancelGround } from '../../bookings/rules/booking.ts';
import { bookingErrors } from '../../bookings/errors.ts';
import type { Context } from '../../context.ts';
import { dayOf } from '../../shared/time.ts';
import { backOf } from '../rules/cancellation.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import { findOptionalLiveAttempt } from '../../payments/actions/read.ts';
import { isChargeable } from '../../payments/rules/charge.ts';
import { findChangeFeesYen } from '../store/cancellations.ts';

const previewOf = async (context: Context, booking: Booking, ground: CancelGround) => {
  const db = context.reads;
  const noticedOn = dayOf(context.now());
  const [{ kept, steps }, { paidYen }, changeFees, live] = await Promise.all([
    findKept(db, booking, { ground, noticedOn }),
    findBalance(db, booking.id),
    findChangeFeesYen(db, booking.id),
    findOptionalLiveAttempt(db, booking.id),
  ]);
  const changeFeesYen = ground === 'organizer' ? changeFees : 0;
  return {
    isDone: false,
    version: booking.version,
    ground,
    noticedOn,
    ...kept,
    steps: ground === 'organizer' ? steps : [],
    changeFeesYen,
    paidYen,
    ...backOf({ keptYen: kept.keptYen, changeFeesYen, paidYen }),
    waits: kept.keptYen > 0 && !isChargeable(kept, context.settings.chargesProvisionalFees),
    endsPayment: live !== undefined,
  };
};

const pastOf = async (context: Context, booking: Booking) => {
  const db = context.reads;
  const [cancellation, { owedYen, paidYen }, changeFeesYen] = await Promise.all([
    findOptionalCancellation(db, booking.id),
    findBalance(db, booking.id),
    findChangeFeesYen(db, booking.id),
  ]);
  if (!cancellation) throw bookingErrors.not_allowed_in_state({ detail: { state: booking.state } });
  const { ground, noticedOn, feeYen, keptYen, reasons, publication } = cancellation;
  return {
    isDone: true,
    version: booking.version,
    ground,
    noticedOn,
    feeYen,
    keptYen,
    reasons,
    isProvisional: publication === 'provisional',
    steps: [],
    changeFeesYen,
    paidYen,
    comesBackYen: Math.max(0, -owedYen),
    stillOwedYen: Math.max(0, owedYen),
    waits: false,
    endsPayment: false,
  };
};

/** What cancelling would cost today and what comes back; of a cancelled booking what it did cost. */
export const viewCancellation = async (
  context: Context,
  { bookingId, ground }: { bookingId: string; ground: CancelGround },
) => {
  const booking = await findVisibleBooking(context, bookingId);
  if (booking.state === 'cancelled') return pastOf(context, booking);
  if (booking.state !== 'approved' || firstStart(booking.uses) <= context.now()) {
    throw bookingErrors.not_allowed_in_state({ detail: { state: booking.state } });
  }
  return previewOf(context, booking, ground);
};
