import type { Transaction } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import { serveLineFirst } from '../../bookings/actions/expiry.ts';
import { holdWithin, planHold, type HoldPlan } from '../../bookings/actions/hold.ts';
import { clearTheWay, isTaken } from '../../bookings/actions/place.ts';
import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import { AppError } from '../../shared/error.ts';
import { orThrow } from '../../shared/result.ts';
import { lockCells } from '../../slots/actions.ts';
import { areSame, draw, orderText, type DrawResult } from '../rules/draw.ts';
import { decideDrawing, type Entry, type Lottery } from '../rules/lottery.ts';
import { insertDraw, listEntries, saveEntry } from '../store/entries.ts';
import { findLottery, findLotteryForUpdate, findSeed, listDueLotteries } from '../store/periods.ts';
import { publicClaims } from './entries.ts';
import { tellEntry } from './news.ts';
import { sha256 } from './periods.ts';

/** Whoever starts it, the house draws and makes the bookings. */
export const asHouse = (context: Context): Context => ({
  ...context,
  actor: { kind: 'job', name: 'openings.draw' },
});

/** The booking an entry would become; nothing where it may no longer be asked for as it was published. */
export const planEntry = async (context: Context, entry: Entry): Promise<HoldPlan | undefined> => {
  try {
    const plan = await planHold(context, entry.asked, 'lottery');
    return areSame(publicClaims(plan), entry.claims) ? plan : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
};

type Plans = ReadonlyMap<number, HoldPlan>;

const planEntries = async (context: Context, entries: readonly Entry[]): Promise<Plans> => {
  const plans = new Map<number, HoldPlan>();
  for (const entry of entries) {
    const plan = await planEntry(context, entry);
    if (plan) plans.set(entry.number, plan);
  }
  return plans;
};

/** Entries something else stands in the way of, looked at under the lock of all cells concerned. */
const listBlocked = async (
  tx: Transaction,
  context: Context,
  entries: readonly Entry[],
  plans: Plans,
): Promise<number[]> => {
  const cellIds = entries.flatMap(({ claims }) => claims.map(({ cellId }) => cellId));
  if (cellIds.length > 0) await lockCells(tx, cellIds);
  const blocked: number[] = [];
  for (const { number } of entries) {
    const plan = plans.get(number);
    try {
      if (plan) await tx.transaction((inner) => clearTheWay(inner, context, plan));
      else blocked.push(number);
    } catch (error) {
      if (!isTaken(error)) throw error;
      blocked.push(number);
    }
  }
  return blocked;
};

/** Holds what an entry wished for, until its word is given; told in the words of the lottery. */
export const offer = async (
  tx: Transaction,
  context: Context,
  offered: { lottery: Lottery; entry: Entry; plan: HoldPlan; acceptBy: Date },
  news: 'won' | 'promoted',
): Promise<void> => {
  const { lottery, plan, acceptBy } = offered;
  const createdByAccountId = offered.entry.accountId;
  const booking = await holdWithin(tx, context, {
    ...plan,
    booking: { ...plan.booking, holdExpiresAt: acceptBy, createdByAccountId },
  });
  const entry: Entry = { ...offered.entry, state: 'won', bookingId: booking.id };
  await saveEntry(tx, entry);
  const facts = { acceptBy, bookingNumber: booking.number };
  await tellEntry(tx, context, news, { entry, lottery }, facts);
};

const carryOut = async (
  tx: Transaction,
  context: Context,
  { lottery, entries, plans }: { lottery: Lottery; entries: readonly Entry[]; plans: Plans },
  { won, lost }: DrawResult,
): Promise<void> => {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const { acceptBy } = lottery;
  for (const number of won) {
    const [entry, plan] = [byNumber.get(number)!, plans.get(number)!];
    await offer(tx, context, { lottery, entry, plan, acceptBy }, 'won');
  }
  for (const { number, position } of lost) {
    const entry: Entry = { ...byNumber.get(number)!, state: 'next_in_line' };
    await saveEntry(tx, entry);
    await tellEntry(tx, context, 'lost', { entry, lottery }, { position });
  }
};

/**
 * Draws once: reveals the seed, orders the entries by it, and makes the winners' bookings, all in one
 * transaction. Entries no longer change when this is called, so they are planned before it.
 */
export const drawLottery = async (context: Context, lotteryId: string): Promise<void> => {
  const known = await findLottery(context.reads, lotteryId);
  if (!hasRole(context.actor, known.venueId, ['manager'])) throw accountErrors.forbidden();
  orThrow(decideDrawing(known, context.now()));
  const house = asHouse(context);
  const entries = await listEntries(context.reads, lotteryId, ['entered']);
  const plans = await planEntries(house, entries);
  await serveLineFirst(
    house,
    [...plans.values()].flatMap(({ claims }) => claims),
  );
  await context.transact(async (tx) => {
    const lottery = await findLotteryForUpdate(tx, lotteryId);
    const now = context.now();
    orThrow(decideDrawing(lottery, now));
    const blocked = await listBlocked(tx, house, entries, plans);
    const seed = await findSeed(tx, lotteryId);
    const hashes = new Map(
      entries.map(({ number }) => [number, sha256(orderText(seed, number))] as const),
    );
    const result = draw({ entries, hashes, blocked });
    await insertDraw(tx, lotteryId, { ...result, blocked, seed, drawnAt: now });
    await recordAudit(tx, context, {
      action: 'openings.draw',
      subjectId: lotteryId,
      after: { ...result, blocked, seed },
    });
    const drawn = { ...lottery, drawnAt: now };
    await carryOut(tx, house, { lottery: drawn, entries, plans }, result);
  });
};

/** Every draw whose hour has come; one that fails does not stop the others and is tried again. */
export const drawDueLotteries = async (context: Context): Promise<{ drawn: number }> => {
  let drawn = 0;
  for (const id of await listDueLotteries(context.database.db, context.now())) {
    try {
      await drawLottery(context, id);
      drawn += 1;
    } catch (error) {
      context.log.error({ err: error, lotteryId: id }, 'a lottery could not be drawn');
    }
  }
  return { drawn };
};
