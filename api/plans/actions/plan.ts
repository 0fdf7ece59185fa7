import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate, findVisibleBooking } from '../../bookings/actions/read.ts';
import { bookingErrors } from '../../bookings/errors.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { dropFile, keepFile, listFilesBySubject, readFile } from '../../files/actions.ts';
import type { Upload } from '../../files/schema.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { listChecklistItems } from '../../policies/actions.ts';
import { hasRole, isConcerned } from '../../shared/actor.ts';
import { orThrow } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import {
  decideItem,
  decideMeeting,
  decidePlanning,
  planItemsOf,
  type ItemChange,
  type PlanItem,
} from '../rules/checklist.ts';
import { meetingMail } from '../rules/mails.ts';
import type { Meeting } from '../schema.ts';
import {
  clearFileOfItems,
  findPlan,
  listItemsByBooking,
  listParkingDays,
  listPresencesByBooking,
  listRoomClasses,
  saveItem,
  savePlan,
} from '../store/plans.ts';

const isStaffOf = (context: Context, booking: Booking) =>
  hasRole(context.actor, booking.venueId, ['desk', 'manager']);

export const daysOf = (booking: Booking): LocalDay[] =>
  [...new Set(booking.uses.map(({ usedOn }) => usedOn))].sort();

const listItems = async (
  db: Transaction | Context['reads'],
  booking: Booking,
  now: Date,
): Promise<PlanItem[]> => {
  const roomIds = [...new Set(booking.uses.map(({ roomId }) => roomId))];
  const [points, classes, saved] = await Promise.all([
    listChecklistItems(db, booking.venueId),
    listRoomClasses(db, roomIds),
    listItemsByBooking(db, booking.id),
  ]);
  const own = points.filter(({ roomClass }) => classes.includes(roomClass));
  return planItemsOf(own, booking, saved, now);
};

/** The plan of use: meeting, points to settle, parking, files, and who was there when. */
export const viewPlan = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.reads;
  const [plan, items, parking, files, presences] = await Promise.all([
    findPlan(db, bookingId),
    listItems(db, booking, context.now()),
    listParkingDays(db, { venueId: booking.venueId, bookingId }, daysOf(booking)),
    listFilesBySubject(db, bookingId),
    listPresencesByBooking(db, bookingId),
  ]);
  const isPlanned = decidePlanning(booking).ok;
  return {
    bookingId,
    ...plan,
    mayEdit: isPlanned,
    maySettle: isPlanned && isStaffOf(context, booking),
    items,
    parking,
    files,
    presences,
  };
};

/** The booking locked, known to the actor and still to be planned. */
export const lockPlanned = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  if (!isConcerned(context.actor, booking)) throw bookingErrors.unknown();
  orThrow(decidePlanning(booking));
  return booking;
};

export const lockPlannedByStaff = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking> => {
  const booking = await lockPlanned(tx, context, bookingId);
  if (!isStaffOf(context, booking)) throw bookingErrors.unknown();
  return booking;
};

const tellMeeting = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  meetsAt: Date,
): Promise<void> => {
  await writeLetter(tx, context, await findRecipient(tx, booking.organizationId), {
    topic: 'plans.meeting',
    subjectId: booking.id,
    write: (reader) => meetingMail(booking, meetsAt, reader),
  });
};

/** Sets the meeting, notes that it took place, or what was said there. */
export const saveMeeting = (context: Context, bookingId: string, asked: Meeting): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await lockPlannedByStaff(tx, context, bookingId);
    const before = await findPlan(tx, bookingId);
    const now = context.now();
    const moved = asked.meetsAt?.getTime() === before.meetsAt?.getTime() ? null : asked.meetsAt;
    if (moved) orThrow(decideMeeting(booking, moved, now));
    const after = {
      meetsAt: asked.meetsAt === undefined ? before.meetsAt : asked.meetsAt,
      metAt: asked.isMet === undefined ? before.metAt : asked.isMet ? (before.metAt ?? now) : null,
      note: asked.note ?? before.note,
    };
    await savePlan(tx, bookingId, after, now);
    await recordAudit(tx, context, { action: 'plans.meet', subjectId: bookingId, before, after });
    if (moved) await tellMeeting(tx, context, booking, moved);
  });

/** Organizers note and attach; that a point is settled only staff say. */
export const changeItem = (
  context: Context,
  bookingId: string,
  code: string,
  asked: ItemChange,
): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await lockPlanned(tx, context, bookingId);
    const now = context.now();
    const items = await listItems(tx, booking, now);
    const before = items.find((item) => item.code === code);
    const isStaff = isStaffOf(context, booking);
    const change = { ...asked, state: isStaff ? asked.state : (before?.state ?? 'open') };
    const after = orThrow(decideItem(before, change));
    if (after.fileId) await readFile({ ...context, reads: tx }, bookingId, after.fileId);
    const isSettled = after.state !== 'open';
    const accountId = 'accountId' in context.actor ? context.actor.accountId : null;
    const isKept = isSettled && before!.state === after.state;
    await saveItem(tx, {
      bookingId,
      code,
      ...after,
      ...(isKept
        ? {}
        : { settledAt: isSettled ? now : null, settledByAccountId: isSettled ? accountId : null }),
    });
    await recordAudit(tx, context, { action: 'plans.item', subjectId: bookingId, before, after });
  });

export const attachFile = (
  context: Context,
  bookingId: string,
  upload: Upload & { readonly bytes: Uint8Array },
) =>
  context.transact(async (tx) => {
    await lockPlanned(tx, context, bookingId);
    return keepFile(tx, context, { ...upload, subjectId: bookingId });
  });

export const detachFile = (context: Context, bookingId: string, fileId: string): Promise<void> =>
  context.transact(async (tx) => {
    await lockPlanned(tx, context, bookingId);
    await clearFileOfItems(tx, fileId);
    await dropFile(tx, context, bookingId, fileId);
  });

export const openFile = async (context: Context, bookingId: string, fileId: string) => {
  await findVisibleBooking(context, bookingId);
  return readFile(context, bookingId, fileId);
};
