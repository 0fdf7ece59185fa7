import { isConcerned } from '../../shared/actor.ts';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { enqueue } from '../../outbox/actions.ts';
import { bookingErrors } from '../errors.ts';
import { diffClaims } from '../rules/amendment.ts';
import {
  amendmentMail,
  type AmendmentFacts,
  type AmendmentNews,
} from '../rules/amendment_mails.ts';
import type { Booking } from '../rules/booking.ts';
import type { NamedChanges } from '../rules/changes.ts';
import { insertVersion, saveAmendmentsStale } from '../store/amendments.ts';
import { findBooking, findBookingForUpdate, insertQuote, saveBooking } from '../store/bookings.ts';
import { listCellsOfLine, saveClaimExpiry } from '../store/line.ts';
import { listLiveClaims, releaseClaimRows, saveUses } from '../store/moves.ts';
import { insertClaims } from '../store/occupancies.ts';
import {
  decidePlanned,
  differenceOf,
  nameChanges,
  planAmendment,
  type AmendPlan,
  type AmendWish,
} from './amend_plan.ts';
import { promoteNext } from './line.ts';
import { clearTheWay } from './place.ts';

export interface AmendWithin extends AmendWish {
  readonly bookingId: string;
  readonly version?: number | undefined;
  readonly reason: string;
  readonly consentId?: string | undefined;
}

/** A mail about a change, in its transaction. */
export const tellOfAmendment = async (
  tx: Transaction,
  context: Context,
  news: AmendmentNews,
  booking: Booking,
  facts: AmendmentFacts,
): Promise<void> => {
  await writeLetter(tx, context, await findRecipient(tx, booking.organizationId), {
    topic: `bookings.${news}`,
    subjectId: booking.id,
    write: (reader) => amendmentMail(news, booking, facts, reader),
  });
};

/** Rows whose cell and time stay are left alone; the others go, and come, in one step for all outside. */
const moveClaims = async (
  tx: Transaction,
  context: Context,
  amended: Booking,
  plan: AmendPlan,
): Promise<void> => {
  const live = await listLiveClaims(tx, amended.id);
  const { released, taken } = diffClaims(live, plan.claims);
  const ids = released.map(({ id }) => id);
  if (ids.length > 0) await releaseClaimRows(tx, ids, context.now());
  await saveUses(tx, amended.id, amended.uses);
  const { id: bookingId, state } = amended;
  if (taken.length > 0) {
    await insertClaims(tx, taken, {
      bookingId,
      state: state as 'held' | 'requested' | 'approved',
      expiresAt: state === 'held' ? amended.holdExpiresAt : null,
    });
  }
  if (state === 'held') await saveClaimExpiry(tx, bookingId, amended.holdExpiresAt);
  if (released.length > 0) await promoteNext(tx, context, released);
};

const contentTrace = ({ uses, title, purpose, attendance, version, reduction }: Booking) => ({
  version,
  title,
  purpose,
  attendance,
  reduction,
  uses: uses.map(({ configurationId, usedOn, bandCode, phase }) => ({
    configurationId,
    usedOn,
    bandCode,
    phase,
  })),
});

interface Done {
  readonly before: Booking;
  readonly after: Booking;
  readonly changes: NamedChanges;
  readonly input: AmendWithin;
}

const writeDown = async (
  tx: Transaction,
  context: Context,
  plan: AmendPlan,
  { before, after, changes, input }: Done,
): Promise<void> => {
  const now = context.now();
  const { actor } = context;
  const { reason, consentId = null } = input;
  const differenceYen = differenceOf(plan);
  await insertVersion(tx, before, { actor, reason, consentId, createdAt: now });
  await Promise.all([
    saveBooking(tx, after),
    insertQuote(tx, plan.quote, {
      id: context.newId('quote'),
      bookingId: after.id,
      bookingVersion: after.version,
      createdAt: now,
    }),
    recordAudit(tx, context, {
      action: 'bookings.amend',
      subjectId: after.id,
      before: contentTrace(before),
      after: { ...contentTrace(after), changes, differenceYen, reason, consentId },
    }),
    saveAmendmentsStale(tx, after.id, { version: after.version, now }),
    tellOfAmendment(tx, context, 'amended', after, { changes, differenceYen, reason }),
    enqueue(tx, {
      task: 'bookings.amended',
      payload: { bookingId: after.id, version: after.version },
    }),
  ]);
};

interface Planned {
  /** The booking the plan was made from. */
  readonly seen: Booking;
  readonly plan: AmendPlan;
  readonly input: AmendWithin;
}

/**
 * Makes a planned change: cells first, then the booking's row, so that whoever wants the same cells
 * or the same booking waits in one order. A plan of a booking that moved on meanwhile is refused.
 */
export const amendPlanned = async (
  tx: Transaction,
  context: Context,
  { seen, plan, input }: Planned,
): Promise<Booking> => {
  const otherCellIds = await listCellsOfLine(tx, seen.id);
  await clearTheWay(tx, context, { ...plan, otherCellIds });
  const before = await findBookingForUpdate(tx, seen.id);
  const { booking: after, changes } = decidePlanned(context, plan, before, seen.version);
  await moveClaims(tx, context, after, plan);
  const named = await nameChanges(tx, changes);
  await writeDown(tx, context, plan, { before, after, changes: named, input });
  return after;
};

/**
 * Plans and makes a change within the caller's transaction.
 * @throws bookings.stale_version when the booking moved on meanwhile; bookings.slot_taken with what blocks
 */
export const amendWithin = async (
  tx: Transaction,
  context: Context,
  input: AmendWithin,
): Promise<Booking> => {
  const seen = await findBooking(tx, input.bookingId);
  if (!isConcerned(context.actor, seen)) throw bookingErrors.unknown();
  const plan = await planAmendment(tx, context, seen, input);
  decidePlanned(context, plan, seen, input.version);
  return amendPlanned(tx, context, { seen, plan, input });
};
