import type { Queryable, Transaction } from '#db/client.server.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import {
  listBookablePartsByVenue,
  listCellIdsByVenue,
  type BookablePart,
} from '../rooms/actions.ts';
import { roomErrors } from '../rooms/errors.ts';
import { orThrow } from '../shared/result.ts';
import { dayOf, fiscalYearOf, weekdayOf, type FiscalYear, type LocalDay } from '../shared/time.ts';
import { listVenueRows } from '../venues/actions.ts';
import { venueErrors } from '../venues/errors.ts';
import { slotErrors } from './errors.ts';
import { computeAvailability, type AvailabilityRow } from './rules/availability.ts';
import { closureInstants, closuresOfYear, type AnnualClosure } from './rules/closures.ts';
import { holidayOn } from '../shared/holidays.ts';
import { decideRange, instantsAround } from './rules/range.ts';
import { bookableUntil } from './rules/window.ts';
import type { AvailabilityQuery } from './schema.ts';
import {
  existsAnnualClosure,
  findOptionalHours,
  insertClosure,
  listClosedDayRulesByVenue,
  listOccupiedTimes,
  listTakenTimes,
  lockCells,
  saveLapsedReleased,
} from './store.ts';

const describeDay = (date: LocalDay, isClosed: boolean, today: LocalDay) => {
  const holiday = holidayOn(date);
  return {
    date,
    weekday: weekdayOf(date),
    isHoliday: holiday !== undefined,
    ...(holiday ? { holidayNameJa: holiday.nameJa, holidayNameEn: holiday.nameEn } : {}),
    isClosed,
    isPast: date < today,
  };
};

const roomsOf = (parts: readonly BookablePart[]) => {
  const rooms = new Map<string, { id: string; code: string; nameJa: string; nameEn: string }>();
  for (const part of parts) {
    const { roomId: id, roomCode: code, roomNameJa: nameJa, roomNameEn: nameEn } = part;
    rooms.set(id, { id, code, nameJa, nameEn });
  }
  return [...rooms.values()];
};

/** What is free, held, taken, closed or not yet open: three queries at once, however much is asked for. */
export const findAvailability = async (context: Context, query: AvailabilityQuery) => {
  const db = context.reads;
  const now = context.now();
  const [hours, parts, occupancies] = await Promise.all([
    findOptionalHours(db, query.venue),
    listBookablePartsByVenue(db, query.venue, query.room),
    listOccupiedTimes(
      db,
      { venueId: query.venue, roomCode: query.room },
      instantsAround(orThrow(decideRange(query, dayOf(now)))),
    ),
  ]);
  if (!hours) throw venueErrors.unknown({ params: { venue: query.venue } });
  if (query.room && parts.length === 0) {
    throw roomErrors.unknown({ params: { room: query.room } });
  }
  const { venue, slots, closedDayRules, openingPeriods } = hours;
  const { bufferMinutes, requestDeadlineDays } = hours;
  const today = dayOf(now, venue.zone);
  const days = orThrow(decideRange(query, today));
  const states = computeAvailability({
    zone: venue.zone,
    opensAtTime: venue.opensAtTime,
    days,
    slots,
    configurations: parts,
    occupancies,
    closedDayRules,
    bufferMinutes,
    requestDeadlineDays,
    openingPeriods,
    now,
  });
  const isOpen = ({ state, reason }: AvailabilityRow) =>
    state !== 'closed' || reason === 'past' || reason === 'deadline';
  const openDays = new Set(states.filter(isOpen).map(({ date }) => date));
  return {
    venue: { id: venue.id, nameJa: venue.nameJa, nameEn: venue.nameEn },
    from: days[0]!,
    to: days.at(-1)!,
    bookableUntil: bookableUntil(
      {
        configurations: parts,
        periods: openingPeriods.filter((period) =>
          parts.some(({ roomClass }) => roomClass === period.roomClass),
        ),
        opensAtTime: venue.opensAtTime,
        zone: venue.zone,
      },
      now,
    ),
    slots,
    rooms: roomsOf(parts),
    configurations: parts.map(({ id, roomId, code, nameJa, nameEn, opensMonthsBefore }) => ({
      id,
      roomId,
      code,
      nameJa,
      nameEn,
      opensMonthsBefore,
    })),
    days: days.map((date) => describeDay(date, !openDays.has(date), today)),
    states,
  };
};

/** The slots, bands and closed days of a venue: what is needed to place a use in time. */
export const findVenueHours = async (db: Queryable, venueId: string) => {
  const hours = await findOptionalHours(db, venueId);
  if (!hours) throw venueErrors.unknown({ params: { venue: venueId } });
  return hours;
};

export type VenueHours = Awaited<ReturnType<typeof findVenueHours>>;

interface ClosingVenue {
  readonly id: string;
  readonly zone: string;
  readonly cellIds: readonly string[];
}

const closeOnce = async (
  tx: Transaction,
  context: Context,
  venue: ClosingVenue,
  closure: AnnualClosure,
): Promise<boolean> => {
  if (await existsAnnualClosure(tx, venue.id, closure.startsOn)) return false;
  const during = closureInstants(closure, venue.zone);
  await saveLapsedReleased(tx, venue.cellIds, during, context.now());
  const clashes = await listTakenTimes(tx, venue.cellIds, during);
  if (clashes.length > 0) {
    const { startsOn, endsOn } = closure;
    throw slotErrors.closure_clashes({
      params: { startsOn, endsOn },
      detail: { venueId: venue.id, startsOn, clashes },
    });
  }
  const row = {
    id: context.newId('closure'),
    venueId: venue.id,
    roomId: null,
    kind: 'annual' as const,
    createdAt: context.now(),
    ...closure,
  };
  await insertClosure(tx, row, venue.cellIds, during);
  await recordAudit(tx, context, { action: 'slots.close', subjectId: row.id, after: row });
  return true;
};

const closeVenueUntil = (
  context: Context,
  venue: { id: string; zone: string },
  untilFiscalYear: FiscalYear,
) =>
  context.transact(async (tx) => {
    const rules = await listClosedDayRulesByVenue(tx, venue.id);
    const cellIds = await listCellIdsByVenue(tx, venue.id);
    await lockCells(tx, cellIds);
    let closed = 0;
    const thisYear = fiscalYearOf(dayOf(context.now(), venue.zone));
    for (let year = thisYear; year <= untilFiscalYear; year += 1) {
      for (const closure of closuresOfYear(rules, year)) {
        if (await closeOnce(tx, context, { ...venue, cellIds }, closure)) closed += 1;
      }
    }
    return closed;
  });

/**
 * Takes the yearly closed days of every venue out of sale, from this fiscal year to the given one.
 * Days already closed stay as they are; where a booking stands in the way, nothing of the venue is closed.
 */
export const extendAnnualClosures = async (
  context: Context,
  untilFiscalYear: FiscalYear,
): Promise<{ closed: number }> => {
  let closed = 0;
  for (const venue of await listVenueRows(context.reads)) {
    closed += await closeVenueUntil(context, venue, untilFiscalYear);
  }
  return { closed };
};

/** The longest booking window is 24 months; three years ahead keeps every open day covered. */
const yearsAhead = 3;

export const closeYearsAhead = (context: Context) =>
  extendAnnualClosures(context, fiscalYearOf(dayOf(context.now())) + yearsAhead);

export { lockCells } from './store.ts';
