import type { Context } from '../../context.ts';
import { findOrganization } from '../../organizations/actions.ts';
import { dayOf } from '../../shared/time.ts';
import { seriesErrors } from '../errors.ts';
import { canChange, canSee, hasEnded, isChangeable, type Series } from '../rules/series.ts';
import { seriesPageSize, type ListSeries } from '../schema.ts';
import {
  countSeries,
  findOptionalSeries,
  findOptionalSeriesOfBooking,
  listDateRows,
  listSummaries,
  type DateRow,
  type SeriesFilter,
} from '../store.ts';

/** A series the actor may know of; anything else reads as unknown. */
export const findVisibleSeries = async (context: Context, id: string): Promise<Series> => {
  const series = await findOptionalSeries(context.reads, id);
  if (!series || !canSee(series, context.actor)) throw seriesErrors.unknown();
  return series;
};

const showDate = ({ plannedOn, state, note, booking }: DateRow, now: Date) => {
  if (!booking) return { plannedOn, state, note, booking };
  const { firstStartsAt, ...shown } = booking;
  return {
    plannedOn,
    state,
    note,
    booking: {
      ...shown,
      isChangeable: isChangeable({ state: booking.state, firstStartsAt }, now),
    },
  };
};

const isOpenDate = ({ booking }: DateRow) => !booking || hasEnded(booking.state);

/** What this actor may do with the series now. */
const allowedActions = (
  series: Series,
  rows: readonly DateRow[],
  context: Context,
): ('request' | 'withdraw' | 'change' | 'add')[] => {
  if (!canChange(series, context.actor)) return [];
  const now = context.now();
  const live = rows.flatMap(({ booking }) => (booking ? [booking] : []));
  const today = dayOf(now);
  return [
    ...(live.some((one) => one.state === 'held' && one.holdExpiresAt > now)
      ? (['request'] as const)
      : []),
    ...(live.some((one) => isChangeable(one, now)) ? (['change', 'withdraw'] as const) : []),
    ...(rows.some((row) => isOpenDate(row) && row.plannedOn > today) ? (['add'] as const) : []),
  ];
};

/** The series with every date, its booking and what may be done next. */
export const viewSeries = async (context: Context, id: string) => {
  const series = await findVisibleSeries(context, id);
  const [rows, organization] = await Promise.all([
    listDateRows(context.reads, id),
    findOrganization(context.reads, series.organizationId),
  ]);
  const now = context.now();
  const live = rows.flatMap(({ booking }) =>
    booking && !hasEnded(booking.state) ? [booking] : [],
  );
  return {
    id: series.id,
    version: series.version,
    venueId: series.venueId,
    organizationId: series.organizationId,
    organizationName: organization.name,
    title: series.title,
    rule: { ...series.rule } as Record<string, unknown>,
    uses: series.template.uses.map((use) => ({ ...use }) as Record<string, unknown>),
    createdAt: series.createdAt,
    dates: rows.map((row) => showDate(row, now)),
    totalYen: live.reduce((sum, { totalYen }) => sum + totalYen, 0),
    isProvisional: live.some(({ isProvisional }) => isProvisional),
    allowedActions: allowedActions(series, rows, context),
  };
};

/** Staff see the series of their venues, organizers their own. */
const scopeOf = ({ actor }: Context, venue: string | undefined): SeriesFilter => {
  if (actor.kind === 'organizer') {
    return { organizationIds: actor.organizationIds, ...(venue ? { venueIds: [venue] } : {}) };
  }
  const venueIds = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  return { venueIds: venue ? venueIds.filter((id) => id === venue) : venueIds };
};

export const listSeries = async (context: Context, { venue, page, query }: ListSeries) => {
  const filter = { ...scopeOf(context, venue), query };
  const today = dayOf(context.now());
  const [total, rows] = await Promise.all([
    countSeries(context.reads, filter),
    listSummaries(context.reads, filter, {
      today,
      limit: seriesPageSize,
      offset: (page - 1) * seriesPageSize,
    }),
  ]);
  const pageCount = Math.max(1, Math.ceil(total / seriesPageSize));
  return { series: rows, page, pageCount, total };
};

/** The series a booking is one date of; nothing where it stands alone. */
export const findSeriesOfBooking = async (context: Context, bookingId: string) => {
  const found = await findOptionalSeriesOfBooking(context.reads, bookingId);
  if (!found) return null;
  const series = await findOptionalSeries(context.reads, found.id);
  return series && canSee(series, context.actor) ? found : null;
};
