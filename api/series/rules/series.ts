import type { BookingState } from '../../bookings/rules/booking.ts';
import { hasRole, isMemberOf, type Actor } from '../../shared/actor.ts';
import type { AccountId, OrganizationId, SeriesId, VenueId } from '../../shared/ids.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import { seriesErrors } from '../errors.ts';
import type { SeriesChange, SeriesScope, SeriesTemplate } from '../schema.ts';
import { changeUses } from './changes.ts';
import type { SeriesRule } from './dates.ts';

/** One event that comes again and again; each of its dates is a booking of its own. */
export interface Series {
  readonly id: SeriesId;
  readonly venueId: VenueId;
  readonly organizationId: OrganizationId;
  readonly createdByAccountId: AccountId | null;
  readonly title: string;
  readonly version: number;
  readonly rule: SeriesRule;
  readonly template: SeriesTemplate;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A date the rule names, and what became of it. */
export interface SeriesDate {
  readonly seriesId: SeriesId;
  readonly plannedOn: LocalDay;
  readonly state: 'booked' | 'skipped';
  readonly bookingId: string | null;
  readonly note: string;
}

type Owned = Pick<Series, 'organizationId' | 'venueId'>;

export const canSee = (series: Owned, actor: Actor): boolean =>
  isMemberOf(actor, series.organizationId) ||
  hasRole(actor, series.venueId, ['desk', 'manager', 'finance']);

export const canChange = (series: Owned, actor: Actor): boolean =>
  isMemberOf(actor, series.organizationId) || hasRole(actor, series.venueId, ['desk', 'manager']);

/** Its booking keeps no cells and never will again: the date stands open. */
export const hasEnded = (state: BookingState): boolean =>
  ['expired', 'refused', 'withdrawn', 'cancelled'].includes(state);

/** A booking of a series can be changed while it is ahead and not over. */
export const isChangeable = (
  booking: { readonly state: BookingState; readonly firstStartsAt: Date },
  now: Date,
): boolean =>
  ['held', 'requested', 'approved'].includes(booking.state) && booking.firstStartsAt > now;

export const isInScope = (date: LocalDay, scope: SeriesScope, from: LocalDay): boolean => {
  switch (scope) {
    case 'one':
      return date === from;
    case 'following':
      return date >= from;
    case 'all':
      return true;
  }
};

/** Who may change it, and whether it is still the one the reader saw. */
export const decideTurn = (series: Series, actor: Actor, version: number): Result<Series> => {
  if (!canChange(series, actor)) return refuse(seriesErrors.unknown());
  return version === series.version
    ? ok(series)
    : refuse(seriesErrors.stale_version({ detail: { version: series.version } }));
};

/** What later dates will be asked for, after a change that reaches them. */
export const changedTemplate = (
  { title, template }: Series,
  change: SeriesChange,
): Pick<Series, 'title' | 'template'> => ({
  title: change.title ?? title,
  template: {
    ...template,
    ...(change.purpose === undefined ? {} : { purpose: change.purpose }),
    ...(change.attendance === undefined ? {} : { attendance: change.attendance }),
    uses: changeUses(template.uses, change),
  },
});
