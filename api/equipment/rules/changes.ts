import { bookingErrors } from '../../bookings/errors.ts';
import type { Booking, BookingState } from '../../bookings/rules/booking.ts';
import { hasRole, isMemberOf, type Actor } from '../../shared/actor.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { dayOf, wallClock } from '../../shared/time.ts';
import type { EquipmentItem } from '../schema.ts';
import type { Peak } from './stock.ts';
import { equipmentErrors } from '../errors.ts';

interface Asked {
  readonly actor: Actor;
  readonly now: Date;
  readonly deadline: Date;
  readonly version?: number | undefined;
}

const beforeTheDay: readonly BookingState[] = ['held', 'requested', 'approved'];
const untilSettled: readonly BookingState[] = [...beforeTheDay, 'in_use'];

const isAtTheDesk = (booking: Booking, actor: Actor) =>
  hasRole(actor, booking.venueId, ['desk', 'manager']);

/** Organizers may change until the deadline, the desk until the booking is settled. */
export const decideEquipmentChange = (booking: Booking, asked: Asked): Result<Booking> => {
  const { actor, now, deadline, version } = asked;
  if (version !== undefined && version !== booking.version) {
    return refuse(bookingErrors.stale_version({ detail: { version: booking.version } }));
  }
  const isStaff = isAtTheDesk(booking, actor);
  if (!isStaff && !isMemberOf(actor, booking.organizationId))
    return refuse(bookingErrors.unknown());
  if (!(isStaff ? untilSettled : beforeTheDay).includes(booking.state)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
  }
  if (!isStaff && now >= deadline) {
    return refuse(
      equipmentErrors.too_late({
        params: { deadline: wallClock(deadline) },
        detail: { deadline: deadline.toISOString() },
      }),
    );
  }
  return ok(booking);
};

/** What was really used is written down by the desk, once the use has begun. */
export const decideActuals = (booking: Booking, actor: Actor): Result<Booking> => {
  if (!isAtTheDesk(booking, actor)) return refuse(bookingErrors.unknown());
  return ['approved', 'in_use'].includes(booking.state)
    ? ok(booking)
    : refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
};

/** The stock may not fall below what is promised: says when it would, and by how much. */
export const decideStock = (item: EquipmentItem, promised: Peak): Result<EquipmentItem> => {
  if (promised.quantity <= item.stock) return ok(item);
  const [day, peak] = [dayOf(promised.at), promised.quantity];
  const { stock, unitJa, unitEn } = item;
  return refuse(
    equipmentErrors.stock_promised({
      params: { day, peak, stock, unitJa, unitEn },
      fields: [
        {
          path: 'stock',
          ja: `${day}の約束は${peak}${unitJa}です。`,
          en: `${peak} are promised for ${day}.`,
        },
      ],
      detail: { peak, day },
    }),
  );
};
