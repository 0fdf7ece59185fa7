import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { bookingErrors } from '../errors.ts';
import { firstStart, type Booking } from '../rules/booking.ts';
import { holdEnd } from '../rules/placement.ts';
import { findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import { saveClaimExpiry } from '../store/line.ts';

interface Keep {
  readonly bookingId: string;
  readonly holdDays: number;
  readonly zone: string;
}

/** A hold that was kept until somebody's word is given now lasts as any hold made at this moment. */
export const keepWithin = async (
  tx: Transaction,
  context: Context,
  { bookingId, holdDays, zone }: Keep,
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  const now = context.now();
  if (booking.state !== 'held' || booking.holdExpiresAt <= now) {
    throw bookingErrors.not_allowed_in_state({ detail: { state: booking.state } });
  }
  const holdExpiresAt = holdEnd(now, holdDays, firstStart(booking.uses), zone);
  const kept = { ...booking, holdExpiresAt, version: booking.version + 1, updatedAt: now };
  await saveBooking(tx, kept);
  await saveClaimExpiry(tx, bookingId, holdExpiresAt);
  await recordAudit(tx, context, {
    action: 'bookings.keep',
    subjectId: bookingId,
    before: { holdExpiresAt: booking.holdExpiresAt },
    after: { holdExpiresAt },
  });
  return kept;
};
