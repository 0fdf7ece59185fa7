import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import { dayOf } from '../../shared/time.ts';
import type { Booking } from '../rules/booking.ts';
import { decideChallenge, isChallenged, isInLine, placeInLine } from '../rules/line.ts';
import { listTakenTimes, listWaitingTimes } from '../store/line.ts';
import {
  listInLine,
  listInTheWay,
  listLinesOfVenues,
  type InLineRow,
  type InTheWayRow,
} from '../store/lines.ts';
import { findLinePolicy } from './line.ts';
import { findVisibleBooking } from './read.ts';

const gravity = ['held', 'requested', 'approved', 'closed'] as const;

/** The day after which nothing is held any more. */
const lastDay = (end: Date) => dayOf(new Date(end.getTime() - 1));

/** What stands before everyone, told without names: how firm it is, and until when where it may lapse. */
const holderOf = (rows: readonly InTheWayRow[]) => {
  const state = gravity.findLast((one) => rows.some((row) => row.state === one));
  if (!state) return null;
  const ends = rows.flatMap(({ holdExpiresAt }) => holdExpiresAt ?? []);
  const endsOn =
    state === 'held' && ends.length > 0
      ? lastDay(new Date(Math.max(...ends.map((end) => end.getTime()))))
      : null;
  return { state, endsOn };
};

const challengeOf = (rows: readonly InTheWayRow[], now: Date) => {
  const running = rows.find(
    (row) => row.state === 'held' && row.challengeEndsAt !== null && row.challengeEndsAt > now,
  );
  return running?.challengedAt && running.challengeEndsAt
    ? { startedAt: running.challengedAt, endsAt: running.challengeEndsAt }
    : null;
};

const countBehind = (line: readonly InLineRow[], bookingId: string) => {
  const behind = line.slice(line.findIndex((one) => one.bookingId === bookingId) + 1);
  const options = behind.filter(({ state }) => state === 'optioned').length;
  return { options, waits: behind.length - options };
};

/** The whole line with names, for those who run the house. */
const membersOf = (rows: readonly InTheWayRow[], line: readonly InLineRow[]) => [
  ...rows.flatMap(
    ({ bookingId, number, title, organizationName, state, holdExpiresAt, challengeEndsAt }) =>
      bookingId && number && title && organizationName
        ? [
            {
              bookingId,
              number,
              title,
              organizationName,
              state,
              rank: 1,
              holdExpiresAt,
              challengeEndsAt,
              queuedAt: null,
            },
          ]
        : [],
  ),
  ...line.map(({ bookingId, number, title, organizationName, state, queuedAt }) => ({
    bookingId,
    number,
    title,
    organizationName,
    state,
    rank: placeInLine(line, bookingId).rank,
    holdExpiresAt: null,
    challengeEndsAt: null,
    queuedAt,
  })),
];

const findLineOf = async (context: Context, booking: Booking) => {
  const db = context.reads;
  const now = context.now();
  const inLine = isInLine(booking.state);
  const times = await (inLine ? listWaitingTimes : listTakenTimes)(db, booking.id);
  const [inTheWay, line, policy] = await Promise.all([
    times.length > 0 ? listInTheWay(db, times, now) : [],
    listInLine(db, times, now),
    findLinePolicy(db, booking),
  ]);
  return { inTheWay, line, policy, now };
};

/** Where a booking stands: its rank, what is before it, who (or how many) behind, and the clock. */
export const viewLine = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const { inTheWay, line, policy, now } = await findLineOf(context, booking);
  const place = placeInLine(line, booking.id);
  const { actor } = context;
  const challenge = decideChallenge(booking, { actor, now, rank: place.rank, inTheWay });
  const isStaff = hasRole(actor, booking.venueId, ['desk', 'manager', 'finance']);
  const own =
    isChallenged(booking, now) && booking.challengedAt && booking.challengeEndsAt
      ? { startedAt: booking.challengedAt, endsAt: booking.challengeEndsAt }
      : null;
  return {
    state: booking.state,
    place: isInLine(booking.state) ? { ...place, holder: holderOf(inTheWay) } : null,
    behind: countBehind(line, booking.id),
    challenge: isInLine(booking.state) ? challengeOf(inTheWay, now) : own,
    canChallenge: challenge.ok,
    challengeRefusal: challenge.ok || booking.state !== 'optioned' ? null : challenge.error.code,
    challengeHours: policy.challengeHours,
    offerHours: policy.offerHours,
    members: isStaff ? membersOf(inTheWay, line) : null,
  };
};

/** Every line at the venues of a member of staff, the nearest use first. */
export const listLines = async (context: Context, venue?: string) => {
  const roles = context.actor.kind === 'staff' ? Object.keys(context.actor.roles) : [];
  const venueIds = venue ? roles.filter((id) => id === venue) : roles;
  return { lines: await listLinesOfVenues(context.reads, venueIds, context.now()) };
};
