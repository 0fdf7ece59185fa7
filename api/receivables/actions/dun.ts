import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { enqueue } from '../../outbox/actions.ts';
import { findDues } from '../../payments/actions/dues.ts';
import { listDisputedPayments } from '../../payments/actions/movements.ts';
import type { Due } from '../../payments/rules/ledger.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf } from '../../shared/time.ts';
import { findVenue, listVenueRows } from '../../venues/actions.ts';
import { receivableErrors } from '../errors.ts';
import {
  causeOf,
  decideByHand,
  dueLevel,
  levelsWorthIt,
  type DunningLevel,
} from '../rules/dunning.ts';
import { dunningMail } from '../rules/mails.ts';
import {
  insertDunning,
  listDunningLevels,
  listDunningsByBookings,
  listLivePauses,
  listUnevenBookings,
} from '../store.ts';
import { findBookingInCharge } from './debt.ts';

const sendMail = async (
  tx: Transaction,
  context: Context,
  { booking, due, level }: { booking: Booking; due: Due; level: DunningLevel },
): Promise<void> => {
  const [organization, venue] = await Promise.all([
    findRecipient(tx, booking.organizationId),
    findVenue(tx, booking.venueId),
  ]);
  const { id: bookingId, number, title } = booking;
  await writeLetter(tx, context, organization, {
    topic: 'receivables.dunned',
    bookingId,
    write: (reader) =>
      dunningMail(
        level,
        { bookingId, number, title, venue, dueOn: due.dueOn, openYen: due.openYen },
        reader,
      ),
  });
};

/** Once for each level of each missed day, whoever sends it. */
const send = async (
  tx: Transaction,
  context: Context,
  sent: { booking: Booking; due: Due; level: DunningLevel },
): Promise<boolean> => {
  const { booking, due, level } = sent;
  const { actor } = context;
  const dunning = {
    id: context.newId('dunning'),
    bookingId: booking.id,
    chargeId: due.chargeId,
    level: level.level,
    dueOn: due.dueOn,
    overdueYen: due.openYen,
    cause: causeOf(due, level.level),
    sentAt: context.now(),
    sentByAccountId: 'accountId' in actor ? actor.accountId : null,
  };
  if (!(await insertDunning(tx, dunning))) return false;
  await sendMail(tx, context, sent);
  await recordAudit(tx, context, {
    action: 'receivables.dun',
    subjectId: booking.id,
    after: dunning,
  });
  await enqueue(tx, { task: 'receivables.dunned', payload: { dunningId: dunning.id } });
  return true;
};

/** What a bank has taken back and not decided on may come again: nobody is asked for it meanwhile. */
const isDisputed = async (tx: Transaction, bookingId: string): Promise<boolean> =>
  (await listDisputedPayments(tx, { bookingId })).length > 0;

/** Read again under the lock of the booking: what was paid meanwhile is not asked for. */
const dunBooking = (context: Context, bookingId: string): Promise<number> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const [dues, levels, sent, pauses] = await Promise.all([
      findDues(tx, bookingId),
      listDunningLevels(tx, booking.venueId),
      listDunningsByBookings(tx, [bookingId]),
      listLivePauses(tx, [bookingId]),
    ]);
    if (pauses.length > 0 || (await isDisputed(tx, bookingId))) return 0;
    const today = dayOf(context.now());
    const worthIt = levelsWorthIt(levels, dues);
    let count = 0;
    for (const due of dues) {
      const level = dueLevel(due, worthIt, sent, today);
      if (level && (await send(tx, context, { booking, due, level }))) count += 1;
    }
    return count;
  });

/** Sends every reminder and dunning whose day has come. Nothing else follows from it by itself. */
export const dunOverdue = async (context: Context): Promise<{ sent: number }> => {
  const db = context.database.db;
  const venueIds = (await listVenueRows(db)).map(({ id }) => id);
  const uneven = await listUnevenBookings(db, { venueIds });
  let sent = 0;
  for (const { bookingId, balanceYen } of uneven) {
    if (balanceYen > 0) sent += await dunBooking(context, bookingId);
  }
  return { sent };
};

/** The next level for the oldest missed day, sent by a person. */
export const dunByHand = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingInCharge(tx, context, bookingId);
    const [dues, levels, sent, pauses] = await Promise.all([
      findDues(tx, bookingId),
      listDunningLevels(tx, booking.venueId),
      listDunningsByBookings(tx, [bookingId]),
      listLivePauses(tx, [bookingId]),
    ]);
    if (pauses.length > 0) throw receivableErrors.dunning_paused();
    if (await isDisputed(tx, bookingId)) throw receivableErrors.disputed();
    const next = orThrow(decideByHand(dues, levels, sent, dayOf(context.now())));
    await send(tx, context, { booking, ...next });
  });
