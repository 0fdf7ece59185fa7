import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import { organizationErrors } from '../organizations/errors.ts';
import { findRoomOfVenue } from '../rooms/actions.ts';
import { accountErrors } from '../accounts/errors.ts';
import { isMemberOf } from '../shared/actor.ts';
import { addDays, dayOf, venueZone } from '../shared/time.ts';
import { findVenue } from '../venues/actions.ts';
import { calendarErrors } from './errors.ts';
import {
  busyPlace,
  calendarSpan,
  mergedPeriods,
  ownEvents,
  ownStates,
  publicDays,
  publicEvents,
  publicStates,
  spanInstants,
  type BusyPeriod,
  type CalendarClosure,
  type CalendarEvent,
} from './rules.ts';
import type { EventsQuery, NewFeed } from './schema.ts';
import {
  findFeedByToken,
  findFeedOfAccount,
  findReplyAddress,
  insertFeed,
  listBusyPeriods,
  listClosuresByVenue,
  listFeedsByAccount,
  listPublicUses,
  listUsesByOrganization,
  listUsesByVenue,
  listUsesOfBooking,
  saveFeedRevoked,
  type Feed,
} from './store.ts';

export interface Calendar {
  readonly name: string;
  readonly events: readonly CalendarEvent[];
  readonly closures: readonly CalendarClosure[];
}

export interface FreeBusy {
  readonly name: string;
  readonly madeAt: Date;
  readonly uid: string;
  readonly from: Date;
  readonly until: Date;
  readonly periods: readonly BusyPeriod[];
}

export const findVenueCalendar = async (context: Context, venueId: string): Promise<Calendar> => {
  const db = context.replica.db;
  const venue = await findVenue(db, venueId);
  const span = calendarSpan(context.now(), venue.zone);
  const [uses, closures] = await Promise.all([
    listUsesByVenue(db, venueId, publicStates, span),
    listClosuresByVenue(db, venueId, span),
  ]);
  return { name: `${venue.nameJa} 使用予定`, events: publicEvents(uses), closures };
};

/** What is on, at all venues, for those who look for something to go to. */
export const listPublicEvents = async (context: Context, query: EventsQuery) => {
  const from = query.from ?? dayOf(context.now(), venueZone);
  const to = addDays(from, query.days - 1);
  const uses = await listPublicUses(context.replica.db, publicStates, { from, to });
  return { from, to, events: publicDays(uses, { from, to }) };
};

export const findVenueFreeBusy = async (
  context: Context,
  venueId: string,
  roomCode: string | undefined,
): Promise<FreeBusy> => {
  const db = context.replica.db;
  const venue = await findVenue(db, venueId);
  const room = roomCode ? (await findRoomOfVenue(context, venueId, roomCode)).room : undefined;
  const within = spanInstants(calendarSpan(context.now(), venue.zone), venue.zone);
  const place = busyPlace(venue, room);
  const periods = await listBusyPeriods(db, place, within, context.now());
  const madeAt = context.now();
  return { name: place.name, uid: place.uid, madeAt, ...within, periods: mergedPeriods(periods) };
};

/** A booking for the letter that tells of it: all its uses, also those that ended. */
export const findLetterCalendar = async (context: Context, bookingId: string) => {
  const { database, settings } = context;
  const [uses, replyTo] = await Promise.all([
    listUsesOfBooking(database.db, bookingId),
    findReplyAddress(database.db, bookingId),
  ]);
  const [first] = uses;
  if (!first) return undefined;
  const events = ownEvents(uses, context.now(), settings.publicUrl);
  const calendar: Calendar = { name: `会館の予約 ${first.number}`, events, closures: [] };
  return { replyTo, number: first.number, calendar };
};

const sha256Of = (token: string) => createHash('sha256').update(token).digest('hex');

/** The calendar of whoever has the token: nothing else is asked, so it can be taken back. */
export const findFeedCalendar = async (context: Context, token: string): Promise<Calendar> => {
  const db = context.replica.db;
  const { feed, organizationName, memberId } = await findFeedByToken(db, sha256Of(token));
  if (feed.revokedAt !== null || memberId === null) throw calendarErrors.feed_revoked();
  const now = context.now();
  const span = calendarSpan(now, venueZone);
  const uses = await listUsesByOrganization(db, feed.organizationId, ownStates, span);
  return {
    name: `会館の予約 ${organizationName}`,
    events: ownEvents(uses, now, context.settings.publicUrl),
    closures: [],
  };
};

const tokenBytes = 32;

const accountOf = ({ actor }: Context): string => {
  if (!('accountId' in actor)) throw accountErrors.sign_in_required();
  return actor.accountId;
};

const shown = ({ tokenSha256: _token, accountId: _account, ...feed }: Feed) => feed;

/** Makes a feed; its address is told this once, only a hash of it stays. */
export const makeFeed = (context: Context, input: NewFeed) =>
  context.transact(async (tx) => {
    if (!isMemberOf(context.actor, input.organizationId)) throw organizationErrors.unknown();
    const token = randomBytes(tokenBytes).toString('base64url');
    const feed: Feed = {
      ...input,
      id: context.newId('feed'),
      accountId: accountOf(context),
      tokenSha256: sha256Of(token),
      createdAt: context.now(),
      revokedAt: null,
    };
    await insertFeed(tx, feed);
    await recordAudit(tx, context, {
      action: 'calendars.make_feed',
      subjectId: feed.id,
      after: shown(feed),
    });
    const url = `${context.settings.publicUrl}/calendars/feeds/${token}.ics`;
    return { ...shown(feed), url };
  });

export const listFeeds = async (context: Context) =>
  (await listFeedsByAccount(context.reads, accountOf(context))).map(shown);

export const revokeFeed = (context: Context, feedId: string) =>
  context.transact(async (tx) => {
    const feed = await findFeedOfAccount(tx, feedId, accountOf(context));
    if (feed.revokedAt) return shown(feed);
    const revoked = { ...feed, revokedAt: context.now() };
    await saveFeedRevoked(tx, feedId, revoked.revokedAt);
    await recordAudit(tx, context, {
      action: 'calendars.revoke_feed',
      subjectId: feedId,
      before: shown(feed),
      after: shown(revoked),
    });
    return shown(revoked);
  });
