import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { reductionGrounds } from '#db/schema/policies.ts';
import { reductionApplications } from '#db/schema/reductions.ts';
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

const listViews = (db: Queryable) =>
  db
    .select({
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

export type ApplicationView = Awaited<ReturnType<typeof listViews>>[number];

export const listApplicationsByBooking = (
  db: Queryable,
  bookingId: string,
): Promise<ApplicationView[]> =>
  listViews(db)
    .where(eq(reductionApplications.bookingId, bookingId))
    .orderBy(desc(reductionApplications.createdAt), desc(reductionApplications.id));

const queueMost = 200;

/** Oldest first; what waits for a decision only while the booking still lives. */
export const listApplicationsByVenues = (
  db: Queryable,
  venueIds: readonly string[],
  state: ApplicationState,
): Promise<ApplicationView[]> =>
  listViews(db)
    .where(
      and(
        inArray(bookings.venueId, [...venueIds]),
        eq(reductionApplications.state, state),
        state === 'applied'
          ? inArray(bookings.state, ['held', 'requested', 'approved'])
          : undefined,
      ),
    )
    .orderBy(asc(reductionApplications.createdAt), asc(reductionApplications.id))
    .limit(queueMost);
