import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { moveWithin } from '../../bookings/actions/decide.ts';
import { planHold, type HoldPlan } from '../../bookings/actions/hold.ts';
import { keepWithin } from '../../bookings/actions/keep.ts';
import { decideWithdrawal } from '../../bookings/rules/transitions.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { findPolicies } from '../../policies/actions.ts';
import type { LotteryEntryId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { findVenue } from '../../venues/actions.ts';
import { openingErrors } from '../errors.ts';
import type { DrawClaim } from '../rules/draw.ts';
import {
  canSeeEntry,
  decideAnswer,
  decideCollecting,
  decideEntry,
  decideEntryWithdrawal,
  type Entry,
  type Lottery,
} from '../rules/lottery.ts';
import type { Enter } from '../schema.ts';
import {
  countStandingEntries,
  findOptionalEntry,
  insertEntry,
  nextEntryNumber,
  saveEntry,
} from '../store/entries.ts';
import { findLottery, findLotteryForUpdate } from '../store/periods.ts';
import { tellEntry } from './news.ts';

/** Cells and times of a plan as the lottery publishes them. */
export const publicClaims = ({ claims }: HoldPlan): DrawClaim[] =>
  claims.map(({ cellId, from, until }) => ({
    cellId,
    from: from.toISOString(),
    until: until.toISOString(),
  }));

const entryOf = (context: Context, lottery: Lottery, asked: Entry['asked'], plan: HoldPlan) => ({
  id: context.newId('lottery_entry') as LotteryEntryId,
  lotteryId: lottery.id,
  organizationId: asked.organizationId,
  accountId: 'accountId' in context.actor ? context.actor.accountId : null,
  asked,
  claims: publicClaims(plan),
  uses: plan.places.map(({ use }) => ({
    configurationId: use.configurationId,
    date: use.usedOn,
    band: use.bandCode,
    phase: use.phase,
  })),
  state: 'entered' as const,
  bookingId: null,
  createdAt: context.now(),
});

/** Enters a wish: checked and priced like a hold, but no cells are taken. */
export const enterLottery = async (
  context: Context,
  lotteryId: string,
  wish: Enter,
): Promise<Entry> => {
  const known = await findLottery(context.reads, lotteryId);
  orThrow(decideCollecting(known, context.now()));
  const asked = { ...wish, venue: known.venueId };
  const plan = await planHold(context, asked, 'lottery');
  const wished = entryOf(context, known, asked, plan);
  const uses = plan.places.map(({ use: { position, usedOn, configurationId } }) => ({
    position,
    usedOn,
    roomClass: plan.venue.parts.get(configurationId)!.roomClass,
  }));
  return context.transact(async (tx) => {
    const lottery = await findLotteryForUpdate(tx, lotteryId);
    const own = await countStandingEntries(tx, lotteryId, asked.organizationId);
    orThrow(decideEntry(lottery, { uses, own }, context.now()));
    const entry: Entry = { ...wished, number: await nextEntryNumber(tx, lotteryId) };
    await insertEntry(tx, entry);
    await recordAudit(tx, context, {
      action: 'openings.enter',
      subjectId: entry.id,
      after: entry,
    });
    await tellEntry(tx, context, 'entered', { entry, lottery });
    return entry;
  });
};

interface EntryStep {
  readonly lotteryId: string;
  readonly entryId: string;
}

/** The lottery locked and one of its entries; somebody else's reads as unknown. */
const findForStep = async (tx: Transaction, context: Context, step: EntryStep) => {
  const lottery = await findLotteryForUpdate(tx, step.lotteryId);
  const entry = await findOptionalEntry(tx, step.lotteryId, step.entryId);
  if (!entry || !canSeeEntry(entry, lottery, context.actor)) throw openingErrors.unknown_entry();
  return { lottery, entry };
};

const saveStep = async (
  tx: Transaction,
  context: Context,
  act: 'withdraw' | 'accept' | 'decline',
  step: { readonly before: Entry; readonly after: Entry },
): Promise<void> => {
  const { before, after } = step;
  await saveEntry(tx, after);
  await recordAudit(tx, context, {
    action: `openings.${act}`,
    subjectId: before.id,
    before: { state: before.state },
    after: { state: after.state },
  });
};

export const withdrawEntry = (context: Context, step: EntryStep): Promise<void> =>
  context.transact(async (tx) => {
    const { lottery, entry } = await findForStep(tx, context, step);
    const after = orThrow(decideEntryWithdrawal(entry, lottery, context.now()));
    await saveStep(tx, context, 'withdraw', { before: entry, after });
  });

/** The winner keeps the time: from now on it is a hold like any other. */
export const acceptEntry = (context: Context, step: EntryStep): Promise<void> =>
  context.transact(async (tx) => {
    const { lottery, entry } = await findForStep(tx, context, step);
    const after = orThrow(decideAnswer(entry, 'accepted'));
    const [policies, venue] = await Promise.all([
      findPolicies(tx, lottery.venueId),
      findVenue(tx, lottery.venueId),
    ]);
    const { holdDays } = policies.get(lottery.roomClass)!;
    const bookingId = entry.bookingId!;
    const booking = await keepWithin(tx, context, { bookingId, holdDays, zone: venue.zone });
    await saveStep(tx, context, 'accept', { before: entry, after });
    const facts = { acceptBy: booking.holdExpiresAt, bookingNumber: booking.number };
    await tellEntry(tx, context, 'accepted', { entry: after, lottery }, facts);
  });

/** The winner lets go: the booking is withdrawn and the next in line is asked. */
export const declineEntry = (context: Context, step: EntryStep): Promise<void> =>
  context.transact(async (tx) => {
    const { entry } = await findForStep(tx, context, step);
    const after = orThrow(decideAnswer(entry, 'declined'));
    const asked = { actor: context.actor, now: context.now() };
    await moveWithin(tx, context, entry.bookingId!, 'withdraw', (booking) =>
      decideWithdrawal(booking, asked),
    );
    await saveStep(tx, context, 'decline', { before: entry, after });
    const { lotteryId } = step;
    await enqueue(tx, { task: 'openings.promote', payload: { lotteryId } });
  });
