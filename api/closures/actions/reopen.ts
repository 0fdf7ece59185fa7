import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { amendWithin } from '../../bookings/actions/amend.ts';
import { finishClosing, reopenWithin } from '../../bookings/actions/closing.ts';
import { promoteNext } from '../../bookings/actions/line.ts';
import { askOf } from '../../bookings/rules/amendment.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { takeMailsBack } from '../../outbox/actions.ts';
import { listCellIdsByVenue } from '../../rooms/actions.ts';
import { AppError } from '../../shared/error.ts';
import { localDay } from '../../shared/time.ts';
import { lockCells } from '../../slots/actions.ts';
import { closureErrors } from '../errors.ts';
import { closingLetter } from '../rules/letters.ts';
import {
  findClosureForUpdate,
  listEffects,
  listLettersDue,
  releaseClosure,
  saveClosure,
  saveEffectsUndone,
  type ClosureRow,
  type EffectRow,
} from '../store.ts';
import { requireCloser } from './affected.ts';

const lockClosure = async (
  tx: Transaction,
  context: Context,
  closureId: string,
): Promise<ClosureRow> => {
  const closure = await findClosureForUpdate(tx, closureId);
  requireCloser(context, closure.venueId, closure.kind);
  if (closure.state === 'undone') throw closureErrors.already_undone();
  await lockCells(tx, await listCellIdsByVenue(tx, closure.venueId));
  return closure;
};

const putBack = async (
  tx: Transaction,
  context: Context,
  closure: ClosureRow,
  effect: EffectRow,
): Promise<void> => {
  if (effect.decision === 'cancel') return reopenWithin(tx, context, effect.before);
  await amendWithin(tx, context, {
    bookingId: effect.bookingId,
    version: effect.after.version,
    asked: askOf(effect.before.before),
    reason: `閉鎖の取りやめ: ${closure.reasonJa}`,
  });
};

const isTaken = (error: unknown) =>
  error instanceof AppError &&
  ['bookings.slot_taken', 'bookings.stale_version', 'bookings.not_allowed_in_state'].includes(
    error.code,
  );

/**
 * Puts everything back as it was before the closure, while no letter has left.
 * @throws closures.letters_left, closures.undo_blocked
 */
export const undoClosure = async (context: Context, closureId: string): Promise<void> => {
  try {
    await context.transact(async (tx) => {
      const closure = await lockClosure(tx, context, closureId);
      if (closure.lettersSentAt) throw closureErrors.letters_left();
      const effects = await listEffects(tx, closureId);
      const now = context.now();
      await releaseClosure(tx, closureId, now);
      const bookingIds = effects.map(({ bookingId }) => bookingId);
      await takeMailsBack(tx, { subjectIds: bookingIds, at: closure.createdAt });
      const silent: Context = { ...context, lettersLeaveAt: 'never' };
      for (const effect of effects) await putBack(tx, silent, closure, effect);
      await saveEffectsUndone(tx, closureId, now);
      await saveClosure(tx, closureId, { state: 'undone', undoneAt: now });
      await recordAudit(tx, context, { action: 'closures.undo', subjectId: closureId });
    });
  } catch (error) {
    throw isTaken(error) ? closureErrors.undo_blocked({ cause: error }) : error;
  }
};

/** Opens the rooms again; what was done to bookings stays, the cells go to whoever waits. */
export const liftClosure = (context: Context, closureId: string): Promise<void> =>
  context.transact(async (tx) => {
    await lockClosure(tx, context, closureId);
    const now = context.now();
    const freed = await releaseClosure(tx, closureId, now);
    await saveClosure(tx, closureId, { state: 'undone', undoneAt: now });
    await recordAudit(tx, context, { action: 'closures.lift', subjectId: closureId });
    await promoteNext(tx, context, freed);
  });

const sendLetter = async (
  tx: Transaction,
  context: Context,
  closure: ClosureRow,
  bookingId: string,
): Promise<void> => {
  const booking = await finishClosing(tx, context, bookingId);
  const closed = {
    ...closure,
    startsOn: localDay(closure.startsOn),
    endsOn: localDay(closure.endsOn),
  };
  await writeLetter(tx, context, await findRecipient(tx, booking.organizationId), {
    topic: 'closures.cancelled',
    subjectId: bookingId,
    write: (reader) => closingLetter(closed, booking, reader),
  });
};

const sendLettersOf = (context: Context, closureId: string): Promise<void> =>
  context.transact(async (tx) => {
    const closure = await findClosureForUpdate(tx, closureId);
    if (closure.state === 'undone' || closure.lettersSentAt) return;
    await lockCells(tx, await listCellIdsByVenue(tx, closure.venueId));
    const effects = await listEffects(tx, closureId);
    for (const { bookingId, decision } of effects) {
      if (decision === 'cancel') await sendLetter(tx, context, closure, bookingId);
    }
    await saveClosure(tx, closureId, { lettersSentAt: context.now() });
  });

/** Letters whose time has come: from here on it cannot be undone. */
export const sendLetters = async (context: Context): Promise<{ closures: number }> => {
  const due = await listLettersDue(context.database.db, context.now());
  for (const closureId of due) {
    try {
      await sendLettersOf(context, closureId);
    } catch (error) {
      context.log.error({ err: error, closureId }, 'the letters of a closure could not leave');
    }
  }
  return { closures: due.length };
};
