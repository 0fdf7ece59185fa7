import type { BookingUse } from '../../bookings/rules/booking.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, dayOf } from '../../shared/time.ts';
import { planErrors } from '../errors.ts';

/** When the people of a use really came and went. */
export interface Presence {
  readonly arrivedAt: Date | null;
  readonly leftAt: Date | null;
}

const isAroundTheDay = (use: Pick<BookingUse, 'usedOn'>, at: Date, now: Date) => {
  const day = dayOf(at);
  return at <= now && day >= addDays(use.usedOn, -1) && day <= addDays(use.usedOn, 2);
};

/** A change of what is on record; absent parts stay as they are, null takes them back. */
export interface PresenceChange {
  readonly arrivedAt?: Date | null | undefined;
  readonly leftAt?: Date | null | undefined;
}

export const decidePresence = (
  use: Pick<BookingUse, 'usedOn'>,
  known: Presence,
  change: PresenceChange,
  now: Date,
): Result<Presence> => {
  const arrivedAt = change.arrivedAt === undefined ? known.arrivedAt : change.arrivedAt;
  const leftAt = change.leftAt === undefined ? known.leftAt : change.leftAt;
  for (const at of [change.arrivedAt, change.leftAt]) {
    if (at && !isAroundTheDay(use, at, now)) {
      return refuse(planErrors.not_on_the_day({ params: { day: use.usedOn } }));
    }
  }
  if (leftAt && (!arrivedAt || leftAt < arrivedAt)) return refuse(planErrors.left_before_arrival());
  return ok({ arrivedAt, leftAt });
};

/** Minutes people were there beyond the time they had booked, before and after. */
export const minutesBeyond = (
  use: Pick<BookingUse, 'startsAt' | 'endsAt'>,
  { arrivedAt, leftAt }: Presence,
): { earlyMinutes: number; lateMinutes: number } => {
  const minutes = (milliseconds: number) => Math.max(0, Math.ceil(milliseconds / 60_000));
  return {
    earlyMinutes: arrivedAt ? minutes(use.startsAt.getTime() - arrivedAt.getTime()) : 0,
    lateMinutes: leftAt ? minutes(leftAt.getTime() - use.endsAt.getTime()) : 0,
  };
};
