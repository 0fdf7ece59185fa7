import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookingQuotes, bookings, bookingUses } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { series, seriesDates } from '#db/schema/series.ts';
import type { BookingState } from '../bookings/rules/booking.ts';
import { searchPattern } from '../shared/search.ts';
import type { LocalDay } from '../shared/time.ts';
import { seriesErrors } from './errors.ts';
import type { Series, SeriesDate } from './rules/series.ts';

const seriesOf = (row: typeof series.$inferSelect): Series => ({
  ...row,
  id: row.id as Series['id'],
  venueId: row.venueId as Series['venueId'],
  organizationId: row.organizationId as Series['organizationId'],
  createdByAccountId: row.createdByAccountId as Series['createdByAccountId'],
});

const dateOf = (row: typeof seriesDates.$inferSelect): SeriesDate => ({
  ...row,
  seriesId: row.seriesId as SeriesDate['seriesId'],
  plannedOn: row.plannedOn as LocalDay,
});

export const findOptionalSeries = async (
  db: Queryable,
  id: string,
): Promise<Series | undefined> => {
  const [row] = await db.select().from(series).where(eq(series.id, id));
  return row && seriesOf(row);
};

/** One change of a series at a time. */
export const findSeriesForUpdate = async (tx: Queryable, id: string): Promise<Series> => {
  const [row] = await tx.select().from(series).where(eq(series.id, id)).for('update');
  if (!row) throw seriesErrors.unknown();
  return seriesOf(row);
};

export const insertSeries = async (
  tx: Queryable,
  made: Series,
  dates: readonly SeriesDate[],
): Promise<void> => {
  await tx.insert(series).values(made);
  await tx.insert(seriesDates).values([...dates]);
};

export const saveSeries = async (tx: Queryable, changed: Series): Promise<void> => {
  const { id, title, version, template, updatedAt } = changed;
  await tx.update(series).set({ title, version, template, updatedAt }).where(eq(series.id, id));
};

export const saveSeriesDate = async (tx: Queryable, date: SeriesDate): Promise<void> => {
  const { seriesId, plannedOn, ...change } = date;
  await tx
    .update(seriesDates)
    .set(change)
    .where(and(eq(seriesDates.seriesId, seriesId), eq(seriesDates.plannedOn, plannedOn)));
};

export interface DateRow extends SeriesDate {
  readonly booking: {
    readonly id: string;
    readonly number: string;
    readonly state: BookingState;
    readonly version: number;
    readonly holdExpiresAt: Date;
    readonly firstStartsAt: Date;
    readonly firstUsedOn: string;
    readonly lastUsedOn: string;
    readonly totalYen: number;
    readonly isProvisional: boolean;
  } | null;
}

/** The dates with what became of their bookings, in one query. */
export const listDateRows = async (db: Queryable, seriesId: string): Promise<DateRow[]> => {
  const rows = await db
    .select({
      date: seriesDates,
      id: bookings.id,
      number: bookings.number,
      state: bookings.state,
      version: bookings.version,
      holdExpiresAt: bookings.holdExpiresAt,
      firstStartsAt: sql<string>`used.first_at`,
      firstUsedOn: sql<string>`used.first_on::text`,
      lastUsedOn: sql<string>`used.last_on::text`,
      totalYen: sql<number>`quoted.total_yen`,
      isProvisional: sql<boolean>`quoted.is_provisional`,
    })
    .from(seriesDates)
    .leftJoin(bookings, eq(bookings.id, seriesDates.bookingId))
    .leftJoin(
      sql`lateral (select min(${bookingUses.startsAt}) as first_at, min(${bookingUses.usedOn}) as first_on,
          max(${bookingUses.usedOn}) as last_on
        from ${bookingUses} where ${bookingUses.bookingId} = ${bookings.id}) as used`,
      sql`true`,
    )
    .leftJoin(
      sql`lateral (select ${bookingQuotes.totalYen}, ${bookingQuotes.isProvisional} from ${bookingQuotes}
        where ${bookingQuotes.bookingId} = ${bookings.id}
        order by ${bookingQuotes.bookingVersion} desc limit 1) as quoted`,
      sql`true`,
    )
    .where(eq(seriesDates.seriesId, seriesId))
    .orderBy(asc(seriesDates.plannedOn));
  return rows.map(({ date, id, number, state, version, holdExpiresAt, ...used }) => ({
    ...dateOf(date),
    booking:
      id && number && state && version && holdExpiresAt
        ? {
            id,
            number,
            state,
            version,
            holdExpiresAt,
            ...used,
            firstStartsAt: new Date(used.firstStartsAt),
          }
        : null,
  }));
};

export interface SeriesFilter {
  /** What the reader may see; nothing of both means nothing at all. */
  readonly venueIds?: readonly string[];
  readonly organizationIds?: readonly string[];
  readonly query?: string | undefined;
}

/** `search` is kept by the database in the form of `searchText`. */
const contains = (query: string): SQL => {
  const pattern = searchPattern(query);
  return pattern === undefined
    ? sql`false`
    : sql`(${series}.search like ${pattern} or ${organizations}.search like ${pattern})`;
};

const matches = ({ venueIds, organizationIds, query }: SeriesFilter): SQL | undefined => {
  return and(
    venueIds ? inArray(series.venueId, [...venueIds]) : undefined,
    organizationIds ? inArray(series.organizationId, [...organizationIds]) : undefined,
    query ? contains(query) : undefined,
  );
};

export const countSeries = async (db: Queryable, filter: SeriesFilter): Promise<number> => {
  const [row] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(series)
    .innerJoin(organizations, eq(organizations.id, series.organizationId))
    .where(matches(filter));
  return row!.total;
};

/** Newest first, each with how many of its dates are booked and which comes next. */
export const listSummaries = (
  db: Queryable,
  filter: SeriesFilter,
  page: { today: LocalDay; limit: number; offset: number },
) =>
  db
    .select({
      id: series.id,
      venueId: series.venueId,
      organizationName: organizations.name,
      title: series.title,
      rule: sql<Record<string, unknown>>`${series.rule}`,
      firstOn: sql<string>`dated.first_on::text`,
      lastOn: sql<string>`dated.last_on::text`,
      bookedCount: sql<number>`dated.booked_count`,
      skippedCount: sql<number>`dated.skipped_count`,
      nextOn: sql<string | null>`dated.next_on::text`,
      createdAt: series.createdAt,
    })
    .from(series)
    .innerJoin(organizations, eq(organizations.id, series.organizationId))
    .innerJoin(
      sql`lateral (select min(${seriesDates.plannedOn}) as first_on, max(${seriesDates.plannedOn}) as last_on,
          (count(*) filter (where ${seriesDates.state} = 'booked'))::int as booked_count,
          (count(*) filter (where ${seriesDates.state} = 'skipped'))::int as skipped_count,
          min(${seriesDates.plannedOn}) filter (where ${seriesDates.state} = 'booked'
            and ${seriesDates.plannedOn} >= ${page.today}) as next_on
        from ${seriesDates} where ${seriesDates.seriesId} = ${series.id}) as dated`,
      sql`true`,
    )
    .where(matches(filter))
    .orderBy(desc(series.createdAt), desc(series.id))
    .limit(page.limit)
    .offset(page.offset);

/** The series a booking belongs to, if it does. */
export const findOptionalSeriesOfBooking = async (db: Queryable, bookingId: string) => {
  const [row] = await db
    .select({ id: series.id, title: series.title, plannedOn: seriesDates.plannedOn })
    .from(seriesDates)
    .innerJoin(series, eq(series.id, seriesDates.seriesId))
    .where(eq(seriesDates.bookingId, bookingId));
  return row;
};
