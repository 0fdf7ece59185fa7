import { isConcerned } from '../../shared/actor.ts';
import type { Queryable, Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate, findVisibleBooking } from '../../bookings/actions/read.ts';
import { bookingErrors } from '../../bookings/errors.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { sumYen } from '../../shared/money.ts';
import { orThrow, type Result } from '../../shared/result.ts';
import { utilityErrors } from '../errors.ts';
import { quoteUtility, type UtilityLine } from '../rules/price.ts';
import {
  accountOf,
  decideCheck,
  decideCorrection,
  decideEnd,
  decideRecording,
  isReader,
  type Reading,
} from '../rules/reading.ts';
import { termOn, type UtilityTerm } from '../rules/terms.ts';
import type { CorrectReading, EndReading, StartReading } from '../schema.ts';
import {
  findOptionalReading,
  findReadingForUpdate,
  insertCharge,
  insertReading,
  listMetersByRooms,
  listReadingsByBooking,
  listTermsByRooms,
  saveReading,
  type MeterOfRoom,
  type NamedReading,
} from '../store.ts';

const roomsOf = (booking: Booking): string[] => [
  ...new Set(booking.uses.map(({ roomId }) => roomId)),
];

const lineOf = (
  reading: Pick<Reading, 'meterId' | 'startValue' | 'endValue' | 'usedOn'>,
  meters: readonly MeterOfRoom[],
  terms: readonly UtilityTerm[],
): UtilityLine | null => {
  const meter = meters.find(({ id }) => id === reading.meterId);
  const { startValue, endValue, usedOn } = reading;
  if (!meter || endValue === null) return null;
  return quoteUtility({ startValue, endValue, unit: meter.unit }, termOn(terms, meter, usedOn));
};

/** Readings of a booking with what they cost: for its pages, and for its settlement. */
export const findUtilityBill = async (db: Queryable, booking: Booking) => {
  const roomIds = roomsOf(booking);
  const [meters, terms, named] = await Promise.all([
    listMetersByRooms(db, roomIds),
    listTermsByRooms(db, roomIds),
    listReadingsByBooking(db, booking.id),
  ]);
  const readings = named.map((reading) => ({ ...reading, line: lineOf(reading, meters, terms) }));
  return {
    meters,
    terms,
    readings,
    totalYen: sumYen(readings.map(({ chargedYen }) => chargedYen ?? 0)),
    openCount: readings.filter(({ checkedAt }) => checkedAt === null).length,
  };
};

const shownTerm = (term: UtilityTerm | undefined) =>
  term ? { ...term, createdAt: term.createdAt.toISOString() } : null;

const shownReading = (
  reading: NamedReading & { line: UtilityLine | null },
  { actor }: Context,
  canRecord: boolean,
) => {
  const {
    bookingId: _booking,
    startReadByAccountId: _starter,
    readByAccountId: _reader,
    checkedByAccountId: _checker,
    ...shown
  } = reading;
  const isOpen = canRecord && reading.checkedAt === null;
  return {
    ...shown,
    readAt: reading.readAt.toISOString(),
    checkedAt: reading.checkedAt?.toISOString() ?? null,
    canCorrect: isOpen,
    canCheck: isOpen && reading.endValue !== null && !isReader(reading, actor),
  };
};

export const viewReadings = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const bill = await findUtilityBill(context.reads, booking);
  const canRecord = decideRecording(booking, context.actor).ok;
  const meters = bill.meters.map((meter) => {
    const uses = booking.uses.filter(({ roomId }) => roomId === meter.roomId);
    const days = [...new Set(uses.map(({ usedOn }) => usedOn))].sort();
    return { ...meter, days, term: shownTerm(termOn(bill.terms, meter, days[0]!)) };
  });
  return {
    meters,
    readings: bill.readings.map((reading) => shownReading(reading, context, canRecord)),
    totalYen: bill.totalYen,
    openCount: bill.openCount,
    canRecord,
  };
};

const openBooking = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  if (!isConcerned(context.actor, booking)) throw bookingErrors.unknown();
  orThrow(decideRecording(booking, context.actor));
  return booking;
};

export const startReading = async (
  context: Context,
  input: StartReading & { readonly bookingId: string },
): Promise<void> => {
  await context.transact(async (tx) => {
    const booking = await openBooking(tx, context, input.bookingId);
    const meters = await listMetersByRooms(tx, roomsOf(booking));
    const meter = meters.find(({ id }) => id === input.meterId);
    if (!meter) throw utilityErrors.unknown_meter();
    const isUsed = booking.uses.some(
      ({ roomId, usedOn }) => roomId === meter.roomId && usedOn === input.usedOn,
    );
    if (!isUsed) throw utilityErrors.not_used_that_day({ detail: { usedOn: input.usedOn } });
    const reader = accountOf(context.actor);
    const reading: Reading = {
      ...input,
      id: context.newId('reading'),
      endValue: null,
      startReadByAccountId: reader,
      readByAccountId: reader,
      readAt: context.now(),
      checkedByAccountId: null,
      checkedAt: null,
    };
    await insertReading(tx, reading);
    await recordAudit(tx, context, {
      action: 'utilities.start_reading',
      subjectId: booking.id,
      after: reading,
    });
  });
};

type Deed = 'end_reading' | 'correct_reading' | 'check_reading';

/** The booking's row first, then the reading's: everyone waits in one order. */
const changeReading = async (
  context: Context,
  readingId: string,
  deed: Deed,
  decide: (reading: Reading) => Result<Reading>,
): Promise<string> => {
  const seen = await findOptionalReading(context.reads, readingId);
  if (!seen) throw utilityErrors.unknown_reading();
  await context.transact(async (tx) => {
    const booking = await openBooking(tx, context, seen.bookingId);
    const before = await findReadingForUpdate(tx, readingId);
    const after = orThrow(decide(before));
    await saveReading(tx, after);
    if (after.checkedAt) await chargeReading(tx, context, booking, after);
    await recordAudit(tx, context, {
      action: `utilities.${deed}`,
      subjectId: booking.id,
      before,
      after,
    });
  });
  return seen.bookingId;
};

/** A checked reading becomes a charge, unless the fee includes it or no terms say what it costs. */
const chargeReading = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  reading: Reading,
): Promise<void> => {
  const { meters, terms } = await findUtilityBill(tx, booking);
  const meter = meters.find(({ id }) => id === reading.meterId);
  const term = meter && termOn(terms, meter, reading.usedOn);
  const line = lineOf(reading, meters, terms);
  if (!term || !line || line.isIncluded) return;
  await insertCharge(tx, {
    id: context.newId('utility_charge'),
    readingId: reading.id,
    termId: term.id,
    bookingId: booking.id,
    quantity: line.quantity,
    amountYen: line.amountYen,
    createdAt: context.now(),
  });
};

const by = (context: Context) => ({ actor: context.actor, now: context.now() });

export const endReading = (
  context: Context,
  { readingId, ...said }: EndReading & { readonly readingId: string },
) =>
  changeReading(context, readingId, 'end_reading', (reading) =>
    decideEnd(reading, said, by(context)),
  );

export const correctReading = (
  context: Context,
  { readingId, ...said }: CorrectReading & { readonly readingId: string },
) =>
  changeReading(context, readingId, 'correct_reading', (reading) =>
    decideCorrection(reading, said, by(context)),
  );

/** @throws utilities.reader_may_not_check for whoever read the start or the end */
export const checkReading = (context: Context, readingId: string) =>
  changeReading(context, readingId, 'check_reading', (reading) =>
    decideCheck(reading, by(context)),
  );
