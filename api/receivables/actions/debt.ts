import type { Transaction } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate, findVisibleBooking } from '../../bookings/actions/read.ts';
import { bookingErrors } from '../../bookings/errors.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import { canSee } from '../../bookings/rules/transitions.ts';
import type { Context } from '../../context.ts';
import { findDues } from '../../payments/actions/dues.ts';
import { hasRole } from '../../shared/actor.ts';
import { sumYen } from '../../shared/money.ts';
import { dayOf } from '../../shared/time.ts';
import { receivableErrors } from '../errors.ts';
import {
  insertPause,
  listDunningLevels,
  listDunningsByBookings,
  listLivePauses,
  savePauseEnded,
} from '../store.ts';

const isInCharge = ({ actor }: Context, { venueId }: Booking) =>
  hasRole(actor, venueId, ['finance', 'manager']);

/** Locked, for who may decide about its debt. */
export const findBookingInCharge = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  if (!canSee(booking, context.actor)) throw bookingErrors.unknown();
  if (!isInCharge(context, booking)) throw accountErrors.forbidden();
  return booking;
};

/** What is due for a booking, what was sent about it, and whether dunning is held back. */
export const viewDebt = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.database.db;
  const [open, levels, sent, pauses] = await Promise.all([
    findDues(db, bookingId),
    listDunningLevels(db, booking.venueId),
    listDunningsByBookings(db, [bookingId]),
    listLivePauses(db, [bookingId]),
  ]);
  const today = dayOf(context.now());
  const dues = open.map(({ dueOn, openYen }) => ({ dueOn, openYen, isOverdue: dueOn < today }));
  const isStaff = context.actor.kind === 'staff';
  const [pause] = pauses;
  return {
    bookingId,
    overdueYen: sumYen(dues.filter(({ isOverdue }) => isOverdue).map(({ openYen }) => openYen)),
    dues,
    dunnings: sent.map(({ id, level, dueOn, overdueYen, sentAt, sentByName }) => ({
      id,
      level,
      nameJa: levels.find((one) => one.level === level)?.nameJa ?? '',
      nameEn: levels.find((one) => one.level === level)?.nameEn ?? '',
      dueOn,
      overdueYen,
      sentAt,
      sentByName: isStaff ? sentByName : null,
    })),
    levels: levels.map(
      ({ level, daysAfterDue, yenLeast, nameJa, nameEn, publication, source }) => ({
        level,
        daysAfterDue,
        yenLeast,
        nameJa,
        nameEn,
        publication,
        source,
      }),
    ),
    pause:
      isStaff && pause
        ? { reason: pause.reason, pausedAt: pause.pausedAt, pausedByName: pause.pausedByName }
        : null,
    mayDun: isInCharge(context, booking),
  };
};

/** No dunning of a booking until a person resumes it; a pause that stands gets no second one. */
export const pauseDunning = (context: Context, bookingId: string, reason: string): Promise<void> =>
  context.transact(async (tx) => {
    await findBookingInCharge(tx, context, bookingId);
    const { actor } = context;
    if (!('accountId' in actor)) throw accountErrors.forbidden();
    const [live] = await listLivePauses(tx, [bookingId]);
    if (live) throw receivableErrors.dunning_paused();
    const pause = {
      id: context.newId('dunning_pause'),
      bookingId,
      reason,
      pausedByAccountId: actor.accountId,
      pausedAt: context.now(),
    };
    await insertPause(tx, pause);
    await recordAudit(tx, context, {
      action: 'receivables.pause_dunning',
      subjectId: bookingId,
      after: pause,
    });
  });

export const resumeDunning = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    await findBookingInCharge(tx, context, bookingId);
    const [live] = await listLivePauses(tx, [bookingId]);
    if (!live) throw receivableErrors.not_paused();
    const { actor } = context;
    const ended = {
      resumedByAccountId: 'accountId' in actor ? actor.accountId : null,
      resumedAt: context.now(),
    };
    await savePauseEnded(tx, live.id, ended);
    await recordAudit(tx, context, {
      action: 'receivables.resume_dunning',
      subjectId: bookingId,
      before: live,
      after: { ...live, ...ended },
    });
  });
