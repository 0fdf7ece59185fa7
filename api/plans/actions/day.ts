import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { beginWithin } from '../../bookings/actions/decide.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import { orThrow } from '../../shared/result.ts';
import type { VenueId } from '../../shared/ids.ts';
import { venueErrors } from '../../venues/errors.ts';
import { planErrors } from '../errors.ts';
import { decidePresence, type PresenceChange } from '../rules/presence.ts';
import { markChanges, type SheetEntry } from '../rules/sheet.ts';
import type { Parking, SheetQuery } from '../schema.ts';
import {
  findPresenceForUpdate,
  listParkingDays,
  lockParking,
  removeParking,
  saveParking,
  savePresence,
} from '../store/plans.ts';
import {
  findOptionalLastSheet,
  insertSheet,
  listEquipmentByUses,
  listSheetEntries,
  takeSheetNumber,
} from '../store/sheets.ts';
import { daysOf, lockPlanned, lockPlannedByStaff } from './plan.ts';

const checkLeft = async (
  tx: Transaction,
  booking: Booking,
  { usedOn, spaces }: Parking['days'][number],
): Promise<void> => {
  await lockParking(tx, booking.venueId, usedOn);
  const [day] = await listParkingDays(tx, { ...booking, bookingId: booking.id }, [usedOn]);
  const left = day?.leftSpaces ?? 0;
  if (spaces <= left) return;
  throw planErrors.parking_full({ params: { day: usedOn, left }, detail: { usedOn, left } });
};

/** Keeps parking spaces for days of use; what was kept before is given back first. */
export const changeParking = (
  context: Context,
  bookingId: string,
  { days }: Parking,
): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await lockPlanned(tx, context, bookingId);
    const own = daysOf(booking);
    await removeParking(tx, bookingId);
    for (const day of days) {
      const { usedOn, spaces } = day;
      if (!own.includes(usedOn)) throw planErrors.not_a_day_of_use({ params: { day: usedOn } });
      if (spaces === 0) continue;
      await checkLeft(tx, booking, day);
      await saveParking(tx, { bookingId, venueId: booking.venueId, usedOn, spaces });
    }
    await recordAudit(tx, context, { action: 'plans.park', subjectId: bookingId, after: { days } });
  });

/** Parking kept for a booking that ended is free again. */
export const releaseParking = (context: Context, bookingId: string): Promise<void> =>
  context.transact((tx) => removeParking(tx, bookingId));

/** The desk notes who came and went; the first arrival begins the use. */
export const recordPresence = (
  context: Context,
  place: { readonly bookingId: string; readonly useId: string },
  change: PresenceChange,
): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await lockPlannedByStaff(tx, context, place.bookingId);
    const use = booking.uses.find(({ id }) => id === place.useId);
    if (!use) throw planErrors.unknown_use();
    if (!['approved', 'in_use'].includes(booking.state)) throw planErrors.not_planned_in_state();
    const before = await findPresenceForUpdate(tx, use.id);
    const after = orThrow(decidePresence(use, before, change, context.now()));
    await savePresence(tx, {
      useId: use.id,
      bookingId: booking.id,
      ...after,
      recordedByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    });
    await recordAudit(tx, context, {
      action: 'plans.presence',
      subjectId: booking.id,
      before: { useId: use.id, ...before },
      after: { useId: use.id, ...after },
    });
    if (after.arrivedAt) await beginWithin(tx, context, booking);
  });

export { listPresencesByBooking as listPresences } from '../store/plans.ts';

const requireStaff = (context: Context, venueId: string): void => {
  const isStaff = hasRole(context.actor, venueId as VenueId, ['desk', 'manager', 'finance']);
  if (!isStaff) throw venueErrors.unknown({ params: { venue: venueId } });
};

const listCurrentEntries = async (
  db: Transaction | Context['reads'],
  { venue, date }: SheetQuery,
  now: Date,
): Promise<SheetEntry[]> => {
  const entries = await listSheetEntries(db, venue, date, now);
  const ordered = await listEquipmentByUses(
    db,
    entries.map(({ useId }) => useId),
  );
  return entries.map((entry) => ({
    ...entry,
    equipment: ordered
      .filter(({ useId }) => useId === entry.useId)
      .map(({ nameJa, nameEn, quantity, state }) => ({
        nameJa,
        nameEn,
        quantity,
        isShort: state === 'short',
      })),
  }));
};

/** The sheet of a day as things stand, with what changed since it was last printed. */
export const viewRunSheet = async (context: Context, asked: SheetQuery) => {
  requireStaff(context, asked.venue);
  const [entries, last] = await Promise.all([
    listCurrentEntries(context.reads, asked, context.now()),
    findOptionalLastSheet(context.reads, asked.venue, asked.date),
  ]);
  return {
    venueId: asked.venue,
    date: asked.date,
    printed: last
      ? { number: last.number, printedAt: last.printedAt, printedByName: last.printedByName }
      : null,
    entries: markChanges(last?.content, entries),
  };
};

/** Keeps the sheet as it goes to the printer: the next one is compared with it. */
export const printRunSheet = (context: Context, asked: SheetQuery): Promise<{ number: number }> => {
  requireStaff(context, asked.venue);
  return context.transact(async (tx) => {
    const number = await takeSheetNumber(tx, asked.venue, asked.date);
    const now = context.now();
    const row = {
      id: context.newId('run_sheet'),
      venueId: asked.venue,
      usedOn: asked.date,
      number,
      content: await listCurrentEntries(tx, asked, now),
      printedAt: now,
      printedByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    };
    await insertSheet(tx, row);
    await recordAudit(tx, context, {
      action: 'plans.print',
      subjectId: row.id,
      after: { venueId: asked.venue, usedOn: asked.date, number },
    });
    return { number };
  });
};
