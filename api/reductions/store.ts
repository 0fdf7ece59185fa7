import { and, count, desc, eq, inArray, type SQL } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { keyset } from '#db/keyset.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { reductionGrounds } from '#db/schema/policies.ts';
import { reductionApplications } from '#db/schema/reductions.ts';
import type { PageOf } from '../shared/lists.ts';
import { reductionErrors } from './errors.ts';
import type { Application, ApplicationState } from './rules.ts';

type Row = typeof reductionApplications.$inferSelect;

const applicationOf = (row: Row): Application => ({
  ...row,
  id: row.id as Application['id'],
  bookingId: row.bookingId as Application['bookingId'],
  decidedByAccountId: row.decidedByAccountId as Application['decidedByAccountId'],
});

export const findApplicationForUpdate = async (tx: Queryable, id: string): Promise<Application> => {
  const [row] = await tx
    .select()
    .from(reductionApplications)
    .where(eq(reductionApplications.id, id))
    .for('update');
  if (!row) throw reductionErrors.unknown();
  return applicationOf(row);
};

/** The index lets one application of a booking live at a time, whoever came first. */
export const insertApplication = async (tx: Queryable, application: Application): Promise<void> => {
  try {
    await tx.insert(reductionApplications).values(application);
  } catch (error) {
    if (faultOf(error)?.constraint === 'reduction_applications_one_live') {
      throw reductionErrors.already_applied({ cause: error });
    }
    throw error;
  }
};

export const saveApplication = async (tx: Queryable, application: Application): Promise<void> => {
  const { id, bookingId: _bookingId, createdAt: _createdAt, ...change } = application;
  await tx.update(reductionApplications).set(change).where(eq(reductionApplications.id, id));
};

const listViews = <More extends Record<string, SQL<string>>>(db: Queryable, more: More) =>
  db
    .select({
      ...more,
      application: reductionApplications,
      bookingNumber: bookings.number,
      bookingState: bookings.state,
      title: bookings.title,
      venueId: bookings.venueId,
      organizationId: bookings.organizationId,
      organizationName: organizations.name,
      groundNameJa: reductionGrounds.nameJa,
      groundNameEn: reductionGrounds.nameEn,
    })
    .from(reductionApplications)
    .innerJoin(bookings, eq(bookings.id, reductionApplications.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .leftJoin(
      reductionGrounds,
      and(
        eq(reductionGrounds.venueId, bookings.venueId),
        eq(reductionGrounds.code, reductionApplications.groundCode),
      ),
    );

export type ApplicationView = Awaited<ReturnType<typeof listApplicationsByBooking>>[number];

export const listApplicationsByBooking = (db: Queryable, bookingId: string) =>
  listViews(db, {})
    .where(eq(reductionApplications.bookingId, bookingId))
    .orderBy(desc(reductionApplications.createdAt), desc(reductionApplications.id));

interface ApplicationFilter {
  readonly venueIds: readonly string[];
  readonly state: ApplicationState;
}

/** What waits for a decision only while the booking still lives. */
const matches = ({ venueIds, state }: ApplicationFilter): SQL | undefined =>
  and(
    inArray(bookings.venueId, [...venueIds]),
    eq(reductionApplications.state, state),
    state === 'applied' ? inArray(bookings.state, ['held', 'requested', 'approved']) : undefined,
  );

export const countApplications = async (
  db: Queryable,
  filter: ApplicationFilter,
): Promise<number> => {
  const [row] = await db
    .select({ total: count() })
    .from(reductionApplications)
    .innerJoin(bookings, eq(bookings.id, reductionApplications.bookingId))
    .where(matches(filter));
  return row!.total;
};

export const listApplications = (
  db: Queryable,
  filter: ApplicationFilter,
  page: PageOf<'createdAt'>,
) => {
  const { createdAt, id } = reductionApplications;
  const { isAfter, order, at } = keyset({ createdAt }, id, page);
  return listViews(db, { at })
    .where(and(matches(filter), isAfter))
    .orderBy(...order)
    .limit(page.limit);
};
