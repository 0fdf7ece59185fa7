import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import type { BookingUse } from '../rules/booking.ts';
import { changesBetween, namedChanges, placesNamedIn } from '../rules/changes.ts';
import { insertLook, listAmendments, listLooks, listVersions } from '../store/amendments.ts';
import { findQuote, listQuotes } from '../store/bookings.ts';
import { listPlaceNames } from '../store/views.ts';
import { findVisibleBooking } from './read.ts';

/** Every version of the content with its price and the change that ended it; oldest first. */
export const viewVersions = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.reads;
  const [rows, quote] = await Promise.all([listVersions(db, bookingId), findQuote(db, bookingId)]);
  const steps = rows.map((row, at) => ({
    row,
    changes: changesBetween(row.content, rows[at + 1]?.content ?? booking),
    nextTotalYen: rows[at + 1]?.totalYen ?? quote.totalYen,
  }));
  const placeIds = [...new Set(steps.flatMap(({ changes }) => placesNamedIn(changes)))];
  const names = placeIds.length > 0 ? await listPlaceNames(db, placeIds) : [];
  const ended = steps.map(({ row, changes, nextTotalYen }) => {
    const { content: _content, ...shown } = row;
    return {
      ...shown,
      isCurrent: false,
      changes: namedChanges(changes, names),
      differenceYen: nextTotalYen - row.totalYen,
    };
  });
  const current = {
    version: booking.version,
    isCurrent: true,
    totalYen: quote.totalYen,
    isProvisional: quote.isProvisional,
    changedAt: null,
    changedByKind: null,
    changedByName: null,
    reason: null,
    consent: null,
    changes: null,
    differenceYen: null,
  };
  return [...ended, current];
};

/** The newest change of the content of a booking: who wanted it, and since when. */
export interface LastChange {
  readonly isOrganizers: boolean;
  /** When it was asked for; who proposes does not lose by the time the other side takes. */
  readonly saidAt: Date;
  readonly usesBefore: readonly BookingUse[];
  readonly before: Quote;
  readonly after: Quote;
}

export const findLastChange = async (
  db: Queryable,
  bookingId: string,
): Promise<LastChange | undefined> => {
  const [versions, amendments, quotes] = await Promise.all([
    listVersions(db, bookingId),
    listAmendments(db, bookingId),
    listQuotes(db, bookingId),
  ]);
  const last = versions.at(-1);
  const [after, before] = quotes;
  if (!last || !after || !before) return undefined;
  const accepted = amendments.find(
    ({ state, bookingVersion }) => state === 'accepted' && bookingVersion === last.version,
  );
  return {
    isOrganizers: (accepted?.proposedBy ?? last.changedByKind) === 'organizer',
    saidAt: accepted?.createdAt ?? last.changedAt,
    usesBefore: last.content.uses,
    before: before.quote,
    after: after.quote,
  };
};

const hourLength = 3_600_000;

/** A member of staff looks at a booking: kept once an hour, for the organizer to see. */
export const recordLook = async (context: Context, bookingId: string): Promise<void> => {
  const { actor } = context;
  if (actor.kind !== 'staff') return;
  const hour = Math.floor(context.now().getTime() / hourLength) * hourLength;
  await insertLook(context.database.db, {
    bookingId,
    accountId: actor.accountId,
    lookedAt: new Date(hour),
  });
};

/** Who of the staff looked, newest first. */
export const viewLooks = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  return listLooks(context.reads, booking.id, booking.venueId);
};
