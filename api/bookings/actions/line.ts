import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { enqueue } from '../../outbox/actions.ts';
import { findPolicies } from '../../policies/actions.ts';
import { policyOver } from '../../policies/rules.ts';
import { AppError } from '../../shared/error.ts';
import { orThrow } from '../../shared/result.ts';
import { findVenueHours } from '../../slots/actions.ts';
import type { Booking } from '../rules/booking.ts';
import { decidePromotion, isInLine, type LinePolicy, type CellTime } from '../rules/line.ts';
import { lineMail, type LineFacts, type LineNews } from '../rules/line_mails.ts';
import type { PartNames } from '../rules/places.ts';
import { findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import {
  listCellsOfLine,
  listRoomClasses,
  listServable,
  listWaitingTimes,
  lockCells,
  releaseWaiting,
  takeWhatWasWaitedFor,
  tryLockCells,
} from '../store/line.ts';
import { releaseClaims } from '../store/occupancies.ts';
import { findPartNames } from './news.ts';

/** What the venue lays down for the rooms of a booking, the strictest where they differ. */
export const findLinePolicy = async (
  tx: Transaction | Context['reads'],
  booking: Pick<Booking, 'id' | 'venueId'>,
): Promise<LinePolicy> => {
  const [hours, policies, classes] = await Promise.all([
    findVenueHours(tx, booking.venueId),
    findPolicies(tx, booking.venueId),
    listRoomClasses(tx, booking.id),
  ]);
  return { ...policyOver(policies, classes), zone: hours.venue.zone };
};

export const tellLine = async (
  tx: Transaction,
  context: Context,
  news: LineNews,
  booking: Booking,
  facts: LineFacts = {},
  known?: PartNames,
): Promise<void> => {
  const parts = known ?? (await findPartNames(tx, booking));
  await writeLetter(tx, context, await findRecipient(tx, booking.organizationId), {
    topic: `bookings.${news}`,
    subjectId: booking.id,
    write: (reader) => lineMail(news, booking, reader, { ...facts, parts }),
  });
};

/**
 * The cells of a booking and of all who wait for any of them, locked in the one order.
 * Before any row is locked: whoever changes the line does the same.
 */
export const lockLine = async (tx: Transaction, bookingId: string): Promise<void> => {
  const cellIds = await listCellsOfLine(tx, bookingId);
  if (cellIds.length > 0) await lockCells(tx, cellIds);
};

const isTaken = (error: unknown) =>
  error instanceof AppError && error.code === 'bookings.slot_taken';

/** Takes the cells where they are still free; in a savepoint, so that a refusal undoes only this. */
const takeCells = async (tx: Transaction, bookingId: string, expiresAt: Date): Promise<boolean> => {
  try {
    await tx.transaction((inner) => takeWhatWasWaitedFor(inner, bookingId, expiresAt));
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
};

const promote = async (tx: Transaction, context: Context, bookingId: string): Promise<void> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  if (!isInLine(booking.state)) return;
  const now = context.now();
  const policy = await findLinePolicy(tx, booking);
  const promoted = orThrow(decidePromotion(booking, { now, policy }));
  if (!(await takeCells(tx, bookingId, promoted.holdExpiresAt))) return;
  const house: Context = { ...context, actor: { kind: 'job', name: 'bookings.promote' } };
  await saveBooking(tx, promoted);
  await releaseWaiting(tx, bookingId, now);
  await recordAudit(tx, house, {
    action: 'bookings.promote',
    subjectId: bookingId,
    before: { state: booking.state },
    after: { state: promoted.state, holdExpiresAt: promoted.holdExpiresAt },
  });
  await tellLine(tx, context, 'promoted', promoted);
};

/**
 * Gives freed cells to those in line, options before waits and the earliest first: to each who can
 * have all they want. Whoever's other cells are busy at this moment is looked at again by a job.
 */
export const promoteNext = async (
  tx: Transaction,
  context: Context,
  freed: readonly CellTime[],
): Promise<void> => {
  const tried = new Set<string>();
  for (;;) {
    const servable = await listServable(tx, { times: freed, now: context.now() });
    const next = servable.find(({ bookingId }) => !tried.has(bookingId));
    if (!next) return;
    tried.add(next.bookingId);
    if (await tryLockCells(tx, next.cellIds)) {
      await promote(tx, context, next.bookingId);
    } else {
      const { bookingId } = next;
      await enqueue(tx, { task: 'bookings.promote_waiting', payload: { bookingId } });
    }
  }
};

/** Everything a booking keeps or wants is given back, and goes to those who wait for it. */
export const releaseCells = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<void> => {
  const now = context.now();
  await releaseWaiting(tx, bookingId, now);
  const freed = await releaseClaims(tx, bookingId, now);
  await promoteNext(tx, context, freed);
};

/** The net under every release: whoever could be served, is. */
export const promoteWaiting = async (
  context: Context,
  only?: string,
): Promise<{ looked: number }> => {
  const servable = only
    ? [{ bookingId: only }]
    : await listServable(context.database.db, { now: context.now() });
  for (const { bookingId } of servable) {
    try {
      await context.transact(async (tx) => {
        await lockLine(tx, bookingId);
        await promoteNext(tx, context, await listWaitingTimes(tx, bookingId));
      });
    } catch (error) {
      context.log.error({ err: error, bookingId }, 'those in line could not be served');
    }
  }
  return { looked: servable.length };
};
