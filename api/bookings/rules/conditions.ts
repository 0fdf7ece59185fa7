import { deadlineBefore, longestRun } from '../../policies/rules.ts';
import type { BookingPolicy } from '../../policies/schema.ts';
import { roomErrors } from '../../rooms/errors.ts';
import type { RoomClass } from '../../rooms/schema.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { wallClock } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import { atField, fieldSentence, withFields } from '../../shared/fields.ts';
import { firstStart, type Booking, type BookingUse } from './booking.ts';
import { holdEnd } from './placement.ts';

type Policies = ReadonlyMap<RoomClass, BookingPolicy>;

export interface ClassedUse {
  readonly use: BookingUse;
  readonly roomClass: RoomClass;
}

const decideOvertime = (uses: readonly ClassedUse[], policies: Policies): Result<void> => {
  const without = uses.filter(
    ({ use, roomClass }) =>
      use.earlyMinutes + use.lateMinutes > 0 && !policies.get(roomClass)!.allowsOvertime,
  );
  if (without.length === 0) return ok(undefined);
  const error = bookingErrors.overtime_not_allowed();
  const fields = without.map(({ use }) =>
    fieldSentence(
      `uses.${use.position}.${use.earlyMinutes > 0 ? 'earlyHours' : 'lateHours'}`,
      error,
    ),
  );
  return refuse(withFields(error, fields));
};

const decideRuns = (uses: readonly ClassedUse[], policies: Policies): Result<void> => {
  for (const [roomClass, { runDaysMost: most }] of policies) {
    const own = uses.filter((one) => one.roomClass === roomClass);
    const days = longestRun(own.map(({ use }) => use.usedOn));
    if (days > most) {
      const error = bookingErrors.run_too_long({ params: { days, most }, detail: { days, most } });
      return refuse(atField(`uses.${own[0]!.use.position}.date`, error));
    }
  }
  return ok(undefined);
};

/** What the conditions of use of each class of rooms say to its uses: time outside the hours, days in a row. */
export const decideConditions = (uses: readonly ClassedUse[], policies: Policies): Result<void> => {
  const overtime = decideOvertime(uses, policies);
  return overtime.ok ? decideRuns(uses, policies) : overtime;
};

interface When {
  readonly firstUse: Date;
  readonly zone: string;
}

/** The last moment to apply for approval. */
export const requestDeadline = (policy: BookingPolicy, { firstUse, zone }: When): Date =>
  deadlineBefore(firstUse, policy.requestDeadlineDays, zone);

/** Whether there is still time to apply; the desk may take what comes later. */
export const decideInTime = (
  policy: BookingPolicy,
  when: When & { readonly now: Date; readonly isStaff: boolean },
): Result<Date> => {
  const deadline = requestDeadline(policy, when);
  if (when.isStaff || when.now < deadline || when.firstUse <= when.now) return ok(deadline);
  return refuse(
    bookingErrors.request_too_late({
      params: { deadline: wallClock(deadline, when.zone), days: policy.requestDeadlineDays },
      detail: { deadline: deadline.toISOString() },
    }),
  );
};

/** A hold ends after its days, and not after the day by which approval must be applied for. */
export const holdEndBy = (policy: BookingPolicy, when: When & { readonly now: Date }): Date => {
  const { firstUse, zone, now } = when;
  const deadline = requestDeadline(policy, when);
  // What the desk takes after the deadline is held until the use itself.
  return holdEnd(now, policy.holdDays, deadline > now ? deadline : firstUse, zone);
};

export interface LayoutCapacity {
  readonly configurationId: string;
  readonly layout: string;
  readonly capacity: number;
}

const placesFor = (use: BookingUse, capacities: readonly LayoutCapacity[]): number | undefined => {
  const own = capacities.filter(
    ({ configurationId, layout }) =>
      configurationId === use.configurationId && (use.layout === null || layout === use.layout),
  );
  return own.length > 0 ? Math.max(...own.map(({ capacity }) => capacity)) : undefined;
};

/** What the event rooms of the fullest day take together; unknown as soon as one of them is. */
export const eventCapacity = (
  uses: readonly BookingUse[],
  capacities: readonly LayoutCapacity[],
): number | undefined => {
  const days = new Map<string, Map<string, number>>();
  for (const use of uses) {
    if (use.phase !== 'event') continue;
    const places = placesFor(use, capacities);
    if (places === undefined) return undefined;
    const day = days.get(use.usedOn) ?? new Map<string, number>();
    days.set(
      use.usedOn,
      day.set(use.configurationId, Math.max(places, day.get(use.configurationId) ?? 0)),
    );
  }
  if (days.size === 0) return undefined;
  const sums = [...days.values()].map((rooms) => [...rooms.values()].reduce((a, b) => a + b, 0));
  return Math.max(...sums);
};

/** Whether all who are expected find a place in the rooms of the event. */
export const decideAttendance = (
  attendance: number | null,
  uses: readonly BookingUse[],
  capacities: readonly LayoutCapacity[],
): Result<void> => {
  const capacity = eventCapacity(uses, capacities);
  if (attendance === null || capacity === undefined || attendance <= capacity) return ok(undefined);
  const error = roomErrors.capacity_exceeded({ params: { attendance, capacity } });
  return refuse(atField('attendance', error));
};

/** Under which conditions a booking stands, read beside it. */
export interface BookingConditions {
  readonly zone: string;
  readonly policy: BookingPolicy;
  readonly roomClasses: ReadonlySet<RoomClass>;
  readonly hasReductionApplied: boolean;
  /** Whoever asks works at the desk of the venue. */
  readonly isStaff: boolean;
}

/** Nothing about it needs a person to look. */
const isPlain = (booking: Booking, conditions: BookingConditions): boolean =>
  [...conditions.roomClasses].every((roomClass) => roomClass === 'meeting') &&
  booking.uses.every(({ earlyMinutes, lateMinutes }) => earlyMinutes + lateMinutes === 0) &&
  booking.attendance !== null &&
  booking.admissionMaxYen === 0 &&
  !booking.isCommercial &&
  booking.reduction === null &&
  !conditions.hasReductionApplied;

/** Plain use of meeting rooms is approved as soon as its organizer applies, where the policy says so. */
export const isApprovedAtOnce = (booking: Booking, conditions: BookingConditions): boolean =>
  conditions.policy.approvesAutomatically && !conditions.isStaff && isPlain(booking, conditions);

/** Applying in time; what the house itself gave after the deadline may be applied for while it is held. */
export const decideRequestInTime = (
  booking: Booking,
  { policy, zone, isStaff }: BookingConditions,
  now: Date,
): Result<Date> => {
  const when = { firstUse: firstStart(booking.uses), zone };
  const givenAt = booking.promotedAt ?? booking.createdAt;
  const wasGivenLate = givenAt >= requestDeadline(policy, when);
  return decideInTime(policy, { ...when, now, isStaff: isStaff || wasGivenLate });
};
