import { hasRole, isMemberOf, type Actor, type StaffRole } from '../../shared/actor.ts';
import { deadlineBefore } from '../../policies/rules.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, daysBetween, wallClock, type LocalDay } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import type { AmendAsk } from '../schema/amendments.ts';
import { firstStart, type Booking, type BookingState } from './booking.ts';
import { changesBetween, isMoving, isUnchanged, type Changes, type Content } from './changes.ts';
import { atField } from '../../shared/fields.ts';
import { repeatedUse, type CellClaim, type PlacedUse } from './placement.ts';

const amendableStates: readonly BookingState[] = ['held', 'requested', 'approved'];

/** Of the policies of the rooms what a change is decided from. */
export interface AmendPolicy {
  readonly amendDeadlineDays: number;
  readonly amendmentsNeedApproval: boolean;
  readonly approverRoles: readonly StaffRole[];
  readonly zone: string;
}

export const isAmendable = ({ state }: Pick<Booking, 'state'>): boolean =>
  amendableStates.includes(state);

export type AmendingSide = 'organizer' | 'staff';

/** Who asks; the house itself counts as staff. */
export const sideOf = (booking: Booking, actor: Actor): AmendingSide | undefined => {
  if (isMemberOf(actor, booking.organizationId)) return 'organizer';
  return hasRole(actor, booking.venueId, ['desk', 'manager']) ? 'staff' : undefined;
};

/** The booking as it would be asked for today: what a form begins with and a change starts from. */
export const askOf = (booking: Content): AmendAsk => ({
  title: booking.title,
  purpose: booking.purpose,
  ...(booking.attendance === null ? {} : { attendance: booking.attendance }),
  admissionMaxYen: booking.admissionMaxYen,
  isCommercial: booking.isCommercial,
  isPublic: booking.isPublic,
  uses: booking.uses.map((use) => ({
    id: use.id,
    room: use.roomId,
    configuration: use.configurationId,
    date: use.usedOn,
    band: use.bandCode,
    phase: use.phase,
    ...(use.layout === null
      ? {}
      : { layout: use.layout as NonNullable<AmendAsk['uses'][number]['layout']> }),
    ...(use.attendance === null ? {} : { attendance: use.attendance }),
    earlyHours: use.earlyMinutes / 60,
    lateHours: use.lateMinutes / 60,
    coolingHours: use.coolingMinutes / 60,
    heatingHours: use.heatingMinutes / 60,
    wiredLan: use.wiredLan,
  })),
});

/** Ids of uses must be the booking's own, each once. */
export const decideUseIds = (
  booking: Pick<Booking, 'uses'>,
  asked: Pick<AmendAsk, 'uses'>,
): Result<void> => {
  const open = new Set<string>(booking.uses.map(({ id }) => id));
  for (const [index, { id }] of asked.uses.entries()) {
    if (id === undefined || open.delete(id)) continue;
    const { ja, en } = bookingErrors.catalogue.get('bookings.unknown_use')!;
    const field = { path: `uses.${index}.id`, code: 'bookings.unknown_use', ja, en };
    return refuse(bookingErrors.unknown_use({ fields: [field] }));
  }
  return ok(undefined);
};

export interface Amending {
  readonly actor: Actor;
  readonly now: Date;
  readonly version?: number | undefined;
  readonly policy: AmendPolicy;
  readonly content: Content;
}

const mayBegin = (booking: Booking, { actor, now, version }: Amending): Result<void> => {
  if (version !== undefined && version !== booking.version) {
    return refuse(bookingErrors.stale_version({ detail: { version: booking.version } }));
  }
  if (!isAmendable(booking)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
  }
  if (!sideOf(booking, actor)) return refuse(bookingErrors.unknown());
  if (booking.state === 'held' && booking.holdExpiresAt <= now) {
    const deadline = wallClock(booking.holdExpiresAt);
    return refuse(bookingErrors.hold_expired({ params: { deadline } }));
  }
  return ok(undefined);
};

const touchesPast = (changes: Changes, now: Date): boolean =>
  changes.uses.some(({ before }) => before !== null && before.startsAt <= now);

/** Organizers change until some days before the first use, old or new; staff until a use begins. */
const decideDeadline = (
  booking: Booking,
  { actor, now, policy, content }: Amending,
): Result<void> => {
  if (sideOf(booking, actor) !== 'organizer') return ok(undefined);
  const first = firstStart([...booking.uses, ...content.uses]);
  const deadline = deadlineBefore(first, policy.amendDeadlineDays, policy.zone);
  return now < deadline
    ? ok(undefined)
    : refuse(
        bookingErrors.amend_too_late({ params: { deadline: wallClock(deadline, policy.zone) } }),
      );
};

/** The same room and time must not be asked for twice in one phase. */
export const decideRepeats = (places: readonly PlacedUse[]): Result<void> => {
  const repeated = repeatedUse(places);
  if (!repeated) return ok(undefined);
  const error = bookingErrors.overlapping_uses();
  return refuse(atField(`uses.${repeated.position}.band`, error));
};

/** The changed booking, one version on. Cells and price are the caller's. */
export const decideAmendment = (
  booking: Booking,
  asked: Amending,
): Result<{ booking: Booking; changes: Changes }> => {
  const begun = mayBegin(booking, asked);
  if (!begun.ok) return begun;
  const changes = changesBetween(booking, asked.content);
  if (isUnchanged(changes)) return refuse(bookingErrors.nothing_changed());
  if (touchesPast(changes, asked.now)) return refuse(bookingErrors.past_use_fixed());
  const inTime = decideDeadline(booking, asked);
  if (!inTime.ok) return inTime;
  const first = firstStart(asked.content.uses);
  const { holdExpiresAt } = booking;
  return ok({
    changes,
    booking: {
      ...booking,
      ...asked.content,
      holdExpiresAt:
        booking.state === 'held' && first < holdExpiresAt && first > asked.now
          ? first
          : holdExpiresAt,
      version: booking.version + 1,
      updatedAt: asked.now,
    },
  });
};

/** Nobody agrees to a price that was not shown. */
export const decideShownPrice = (
  shownYen: number | undefined,
  price: { readonly totalYen: number },
): Result<void> =>
  shownYen === undefined || shownYen === price.totalYen
    ? ok(undefined)
    : refuse(bookingErrors.amendment_price_changed({ detail: { totalYen: price.totalYen } }));

/** A change of an approved booking may be the manager's to allow. */
export const needsApproval = (
  booking: Pick<Booking, 'state'>,
  side: AmendingSide,
  policy: AmendPolicy,
): boolean => side === 'organizer' && booking.state === 'approved' && policy.amendmentsNeedApproval;

/** Staff who move an event or make it dearer need the organizer's word. */
export const needsConsent = (
  changes: Changes,
  side: AmendingSide,
  differenceYen: number,
): boolean => side === 'staff' && (isMoving(changes) || differenceYen > 0);

export type KeptClaim = CellClaim & { readonly id: number };

const keyOf = ({ cellId, useId, from, until, isBuffer }: CellClaim) =>
  [cellId, useId, from.getTime(), until.getTime(), isBuffer ? 'empty' : 'used'].join(' ');

/** Rows whose cell, time and use stay are left alone; the rest is let go or taken. */
export const diffClaims = (live: readonly KeptClaim[], wanted: readonly CellClaim[]) => {
  const wantedKeys = new Set(wanted.map(keyOf));
  const liveKeys = new Set(live.map(keyOf));
  return {
    released: live.filter((claim) => !wantedKeys.has(keyOf(claim))),
    taken: wanted.filter((claim) => !liveKeys.has(keyOf(claim))),
  };
};

/** The same content so many days later, every use as a new one. */
export const shiftedAsk = (booking: Content, firstDay: LocalDay): AmendAsk => {
  const first = booking.uses.map(({ usedOn }) => usedOn).sort()[0]!;
  const days = daysBetween(first, firstDay);
  const { uses, ...content } = askOf(booking);
  return {
    ...content,
    uses: uses.map(({ id: _id, ...use }) => ({ ...use, date: addDays(use.date, days) })),
  };
};
