import { recordAudit } from '../../audit/actions.ts';
import { isTaken } from '../../bookings/actions/place.ts';
import { findBooking } from '../../bookings/actions/read.ts';
import type { Context } from '../../context.ts';
import { findPolicies } from '../../policies/actions.ts';
import { nextInLine } from '../rules/draw.ts';
import { followedState, offerEnd, type Entry, type Lottery } from '../rules/lottery.ts';
import {
  findOptionalDraw,
  findOptionalEntry,
  listEntries,
  listFittingEntries,
  listLotteriesWithLine,
  listUnfollowed,
  saveEntry,
} from '../store/entries.ts';
import { findLottery, findLotteryForUpdate } from '../store/periods.ts';
import { asHouse, offer, planEntry } from './draw.ts';
import { tellEntry } from './news.ts';

interface Followed {
  readonly lotteryId: string;
  readonly entryId: string;
}

/** A winner may also answer by what they do with the booking: apply for approval, or let it go. */
const followEntry = (context: Context, { lotteryId, entryId }: Followed): Promise<void> =>
  context.transact(async (tx) => {
    await findLotteryForUpdate(tx, lotteryId);
    const entry = await findOptionalEntry(tx, lotteryId, entryId);
    if (!entry?.bookingId) return;
    const { state: bookingState } = await findBooking(tx, entry.bookingId);
    const state = followedState(entry.state, bookingState);
    if (state === entry.state) return;
    await saveEntry(tx, { ...entry, state });
    await recordAudit(tx, context, {
      action: 'openings.follow',
      subjectId: entry.id,
      before: { state: entry.state },
      after: { state, bookingState },
    });
  });

const promoteEntry = async (
  context: Context,
  { lottery, entry, acceptBy }: { lottery: Lottery; entry: Entry; acceptBy: Date },
): Promise<void> => {
  const plan = await planEntry(context, entry);
  if (!plan) return;
  await context.transact(async (tx) => {
    await findLotteryForUpdate(tx, lottery.id);
    const now = await findOptionalEntry(tx, lottery.id, entry.id);
    if (now?.state !== 'next_in_line') return;
    await offer(tx, context, { lottery, entry: now, plan, acceptBy }, 'promoted');
    await recordAudit(tx, context, {
      action: 'openings.promote',
      subjectId: entry.id,
      before: { state: now.state },
      after: { state: 'won', acceptBy },
    });
  });
};

/** Offers what has come free to the next in line, each with time to answer but not past the opening. */
export const promoteLine = async (context: Context, lotteryId: string): Promise<void> => {
  const house = asHouse(context);
  const now = context.now();
  const lottery = await findLottery(context.reads, lotteryId);
  const drawn = await findOptionalDraw(context.reads, lotteryId);
  if (!drawn || now >= lottery.opensAt) return;
  const fitting = await listFittingEntries(context.reads, lotteryId, now);
  const chosen = new Set(nextInLine(drawn.order, fitting, () => true));
  if (chosen.size === 0) return;
  const policies = await findPolicies(context.reads, lottery.venueId);
  const { offerHours } = policies.get(lottery.roomClass)!;
  const acceptBy = offerEnd(now, offerHours, lottery.opensAt);
  for (const entry of fitting.filter(({ number }) => chosen.has(number))) {
    try {
      await promoteEntry(house, { lottery, entry, acceptBy });
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
};

/** From the opening on everybody is served as they come: who is still in line is told so. */
const endLine = (context: Context, lotteryId: string): Promise<void> =>
  context.transact(async (tx) => {
    const lottery = await findLotteryForUpdate(tx, lotteryId);
    for (const entry of await listEntries(tx, lotteryId, ['next_in_line'])) {
      const lost: Entry = { ...entry, state: 'lost' };
      await saveEntry(tx, lost);
      await recordAudit(tx, context, {
        action: 'openings.end_line',
        subjectId: entry.id,
        before: { state: entry.state },
        after: { state: lost.state },
      });
      await tellEntry(tx, context, 'line_over', { entry: lost, lottery });
    }
  });

const guarded = async (context: Context, lotteryId: string, work: () => Promise<void>) => {
  try {
    await work();
  } catch (error) {
    context.log.error({ err: error, lotteryId }, 'the line of a lottery could not be kept');
  }
};

/** The net under every answer: entries follow their bookings, the line moves up, and ends. */
export const keepLines = async (context: Context): Promise<void> => {
  const db = context.database.db;
  for (const followed of await listUnfollowed(db)) {
    await guarded(context, followed.lotteryId, () => followEntry(context, followed));
  }
  for (const { lotteryId, isOpen } of await listLotteriesWithLine(db, context.now())) {
    await guarded(context, lotteryId, () =>
      isOpen ? endLine(context, lotteryId) : promoteLine(context, lotteryId),
    );
  }
};
