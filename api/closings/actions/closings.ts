import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { findLastCashDay, listCounts } from '../../drawers/actions.ts';
import { orThrow } from '../../shared/result.ts';
import { addDays, dayOf, type LocalDay } from '../../shared/time.ts';
import {
  decideDayClosing,
  decideMonthClosing,
  totalsByDay,
  totalsOf,
  type BookState,
  type BookTotals,
} from '../rules/closing.ts';
import type { CloseBooks } from '../schema.ts';
import {
  findBalancesBefore,
  findClosedUntil,
  findOpenDays,
  insertClosings,
  listClosings,
  lockBooks,
} from '../store/closings.ts';
import { listSums } from '../store/events.ts';
import { closers, findBooks, mayAs, readers } from './access.ts';

const daysShown = 31;
const monthsShown = 24;

const cashBefore = async (
  db: Parameters<typeof findLastCashDay>[0],
  venueId: string,
  day: LocalDay,
) => {
  const [lastMovedOn, [count]] = await Promise.all([
    findLastCashDay(db, venueId, day),
    listCounts(db, venueId, { limit: 1 }),
  ]);
  return { lastMovedOn, lastCountedOn: count?.countedOn ?? null };
};

/** What is shut, by whom, and what still waits. */
export const viewClosings = async (context: Context, venue: string) => {
  const { venueId, zone } = await findBooks(context, venue, readers);
  const db = context.database.db;
  const today = dayOf(context.now(), zone);
  const closedUntil = await findClosedUntil(db, venueId);
  const [{ firstOn, count }, { lastMovedOn, lastCountedOn }, days, months] = await Promise.all([
    findOpenDays(db, venueId, closedUntil),
    cashBefore(db, venueId, addDays(today, -1)),
    listClosings(db, venueId, { period: 'day', limit: daysShown }),
    listClosings(db, venueId, { period: 'month', limit: monthsShown }),
  ]);
  const isCounted =
    lastMovedOn === null || (lastCountedOn !== null && lastCountedOn >= lastMovedOn);
  return {
    venue: venueId,
    today,
    closedUntil,
    openFrom: firstOn,
    openDayCount: count,
    uncountedOn: isCounted ? null : lastMovedOn,
    days,
    months,
    canClose: mayAs(context, venueId, closers),
  };
};

interface Shut {
  readonly period: 'day' | 'month';
  readonly startsOn: LocalDay;
  readonly endsOn: LocalDay;
  readonly totals: BookTotals;
}

/** Every day with facts up to the last one gets a closing of its own. */
const shutDays = async (
  tx: Transaction,
  venueId: string,
  day: LocalDay,
  state: BookState,
): Promise<Shut[]> => {
  const last = orThrow(decideDayClosing(day, state, await cashBefore(tx, venueId, day)));
  const from = state.closedUntil === null ? null : addDays(state.closedUntil, 1);
  const sums = await listSums(tx, venueId, { from, to: last });
  const opening = from
    ? await findBalancesBefore(tx, venueId, from)
    : { receivablesYen: 0, potYen: 0 };
  return totalsByDay(opening, sums, last).map(({ on, totals }) => ({
    period: 'day',
    startsOn: on,
    endsOn: on,
    totals,
  }));
};

const shutMonth = async (
  tx: Transaction,
  venueId: string,
  first: LocalDay,
  state: BookState,
): Promise<Shut[]> => {
  const [known] = await listClosings(tx, venueId, { period: 'month', on: first, limit: 1 });
  const { startsOn, endsOn } = orThrow(decideMonthClosing(first, state, known !== undefined));
  const [opening, sums] = await Promise.all([
    findBalancesBefore(tx, venueId, startsOn),
    listSums(tx, venueId, { from: startsOn, to: endsOn }),
  ]);
  const byKind = new Map<string, (typeof sums)[number]>();
  for (const sum of sums) {
    const key = [sum.kind, sum.method, sum.isPot].join();
    const before = byKind.get(key) ?? { ...sum, count: 0, amountYen: 0 };
    const amountYen = before.amountYen + sum.amountYen;
    byKind.set(key, { ...before, count: before.count + sum.count, amountYen });
  }
  const whole = [...byKind.values()].map(({ bookedOn: _day, ...sum }) => sum);
  return [{ period: 'month', startsOn, endsOn, totals: totalsOf(opening, whole) }];
};

/**
 * Shuts the books of a day, with all before it, or of a month. Facts on their way are waited for, so
 * that the sums are those of everything that is ever booked there.
 */
export const closeBooks = (context: Context, { venue, period, on }: CloseBooks) =>
  context.transact(async (tx) => {
    const { venueId, zone } = await findBooks(context, venue, closers);
    await lockBooks(tx, venueId);
    const state = {
      today: dayOf(context.now(), zone),
      closedUntil: await findClosedUntil(tx, venueId),
    };
    const shut = await (period === 'day' ? shutDays : shutMonth)(tx, venueId, on, state);
    const closedByAccountId = 'accountId' in context.actor ? context.actor.accountId : null;
    const closedAt = context.now();
    const closings = shut.map((one) => ({ id: context.newId('closing'), venueId, ...one }));
    await insertClosings(
      tx,
      closings.map((one) => ({ ...one, closedByAccountId, closedAt })),
    );
    await recordAudit(tx, context, {
      action: 'closings.close',
      subjectId: venueId,
      after: { period, on, closingIds: closings.map(({ id }) => id) },
    });
    return closings.map((one) => ({ ...one, closedBy: null, closedAt }));
  });
