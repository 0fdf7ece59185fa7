import type { Queryable, Transaction } from '#db/client.server.ts';
import { recordAudit } from '../audit/actions.ts';
import { settleWithin } from '../bookings/actions/decide.ts';
import { findBookingForUpdate, findQuote, findVisibleBooking } from '../bookings/actions/read.ts';
import { bookingErrors } from '../bookings/errors.ts';
import { askOf } from '../bookings/rules/amendment.ts';
import type { Booking } from '../bookings/rules/booking.ts';
import { chargeExtra } from '../booking_charges/actions/adjust.ts';
import { lockWithMoney } from '../booking_charges/actions/lock.ts';
import type { Context } from '../context.ts';
import { findEquipmentBill } from '../equipment/actions/bill.ts';
import { findPricedVenue, priceAskedUses } from '../fees/actions.ts';
import type { QuoteLine } from '../fees/rules/line.ts';
import { findRecipient, writeLetter } from '../organizations/actions.ts';
import { enqueue } from '../outbox/actions.ts';
import { listChargesByBillingAccount } from '../payments/actions/read.ts';
import { isChargeable } from '../payments/rules/charge.ts';
import { standardTaxRateBp } from '../shared/money.ts';
import { listPresences } from '../plans/actions/day.ts';
import { minutesBeyond } from '../plans/rules/presence.ts';
import { hasRole, isConcerned } from '../shared/actor.ts';
import { AppError } from '../shared/error.ts';
import { orThrow } from '../shared/result.ts';
import { findUtilityBill } from '../utilities/actions/readings.ts';
import {
  decideSettling,
  equipmentLines,
  overtimeLines,
  settlementMail,
  settlementOf,
  utilityLines,
  type Settlement,
} from './rules.ts';
import { findOptionalSettlement, insertSettlement } from './store.ts';

const nobody = { arrivedAt: null, leftAt: null };

/** The booking asked for again with the hours people were really there. */
const askAsUsed = async (db: Queryable, booking: Booking) => {
  const presences = await listPresences(db, booking.id);
  const asked = askOf(booking);
  const beyond = booking.uses.map((use) =>
    minutesBeyond(use, presences.find(({ useId }) => useId === use.id) ?? nobody),
  );
  const isBeyond = beyond.some(({ earlyMinutes, lateMinutes }) => earlyMinutes + lateMinutes > 0);
  return {
    isBeyond,
    asked: {
      ...asked,
      uses: asked.uses.map((use, at) => ({
        ...use,
        attendance: undefined,
        earlyHours: use.earlyHours + beyond[at]!.earlyMinutes / 60,
        lateHours: use.lateHours + beyond[at]!.lateMinutes / 60,
      })),
    },
  };
};

const isUnpriced = (error: unknown) =>
  error instanceof AppError && error.code === 'fees.no_overtime_price';

const priceTime = async (
  db: Queryable,
  booking: Booking,
  asked: Awaited<ReturnType<typeof askAsUsed>>['asked'],
): Promise<QuoteLine[]> => {
  const venue = await findPricedVenue(db, booking.venueId);
  const { customerClass, reduction } = booking;
  const { quote } = await priceAskedUses(db, venue, { ...asked, customerClass, reduction });
  return quote.lines.filter(({ kind }) => kind === 'overtime');
};

/** Out-of-hours time taken; where a venue has no price for it there is nothing to charge. */
const findOvertime = async (db: Queryable, booking: Booking) => {
  const { isBeyond, asked } = await askAsUsed(db, booking);
  if (!isBeyond) return [];
  try {
    const [actual, promised] = await Promise.all([
      priceTime(db, booking, asked),
      findQuote(db, booking.id),
    ]);
    const booked = promised.lines.filter(({ kind }) => kind === 'overtime');
    return overtimeLines(booked, actual);
  } catch (error) {
    if (isUnpriced(error)) return [];
    throw error;
  }
};

/** What is owed after the event by what is on record now: hours, equipment, meters. */
const drawUp = async (db: Queryable, booking: Booking): Promise<Settlement> => {
  const [overtime, equipment, utilities] = await Promise.all([
    findOvertime(db, booking),
    findEquipmentBill(db, booking),
    findUtilityBill(db, booking),
  ]);
  const meters = new Map(utilities.meters.map((meter) => [meter.id, meter]));
  const readings = utilities.readings.map((reading) => ({
    ...reading,
    roomId: meters.get(reading.meterId)?.roomId ?? '',
    nameJa: meters.get(reading.meterId)?.nameJa ?? '',
    nameEn: meters.get(reading.meterId)?.nameEn ?? '',
  }));
  return settlementOf([...overtime, ...equipmentLines(equipment), ...utilityLines(readings)], {
    openEquipment: equipment.isOpen,
    openReadings: utilities.openCount,
  });
};

/** The settlement as it stands, or as it was settled. */
export const viewSettlement = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const settled = await findOptionalSettlement(context.reads, bookingId);
  if (settled) {
    const { state, settledAt, settledByName } = settled;
    const content = settled.content as Settlement;
    return { bookingId, ...content, state, settledAt, settledByName, maySettle: false };
  }
  const isStaff = hasRole(context.actor, booking.venueId, ['desk', 'manager', 'finance']);
  return {
    bookingId,
    state: 'draft' as const,
    ...(await drawUp(context.reads, booking)),
    settledAt: null,
    settledByName: null,
    maySettle: isStaff && ['approved', 'in_use'].includes(booking.state),
  };
};

const tellSettled = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  settlement: Settlement,
): Promise<void> => {
  await writeLetter(tx, context, await findRecipient(tx, booking.organizationId), {
    topic: 'settlements.settled',
    subjectId: booking.id,
    write: (reader) => settlementMail(booking, settlement, reader),
  });
};

/**
 * Closes the books of an event: lines are frozen, the booking is settled, what is owed is charged.
 * @throws settlements.readings_open, settlements.equipment_open, settlements.changed, bookings.not_over_yet
 */
export const settleBooking = (
  context: Context,
  bookingId: string,
  totalYen: number,
): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (!isConcerned(context.actor, booking)) throw bookingErrors.unknown();
    const { actor } = context;
    const now = context.now();
    const drawn = await drawUp(tx, booking);
    const settlement = orThrow(decideSettling(booking, drawn, { actor, now, totalYen }));
    const accountId = 'accountId' in actor ? actor.accountId : null;
    const row = {
      id: context.newId('settlement'),
      bookingId,
      state: 'settled' as const,
      content: settlement,
      totalYen: settlement.totalYen,
      taxYen: settlement.taxYen,
      isProvisional: settlement.isProvisional,
      madeByAccountId: accountId,
      settledByAccountId: accountId,
      settledAt: now,
      createdAt: now,
      updatedAt: now,
    };
    await insertSettlement(tx, row);
    await settleWithin(tx, context, bookingId);
    await recordAudit(tx, context, {
      action: 'settlements.settle',
      subjectId: row.id,
      after: row,
    });
    await tellSettled(tx, context, booking, settlement);
    await enqueue(tx, { task: 'settlements.settled', payload: { bookingId } });
  });

/** Charges what a settlement says is owed, once. */
export const chargeSettlement = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await lockWithMoney(tx, context, bookingId);
    const settlement = await findOptionalSettlement(tx, bookingId);
    if (!settlement || settlement.totalYen === 0) return;
    if (!isChargeable(settlement, context.settings.chargesProvisionalFees)) return;
    const cause = `settlement:${settlement.id}`;
    const charges = await listChargesByBillingAccount(tx, bookingId);
    if (charges.some((charge) => charge.cause === cause)) return;
    const { totalYen, taxYen, isProvisional } = settlement;
    const price = { totalYen, taxYen, isProvisional, taxRateBp: standardTaxRateBp };
    await chargeExtra(tx, context, { booking, price, chargedYen: 0, cause, kind: 'settlement' });
  });

export { findOptionalSettlement } from './store.ts';
