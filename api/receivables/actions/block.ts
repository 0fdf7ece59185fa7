import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import {
  blockOrganizer,
  findOptionalBlockForUpdate,
  findOptionalLiveBlock,
  findOrganizationForUpdate,
  liftBlock as lift,
} from '../../organizations/actions.ts';
import { findDues } from '../../payments/actions/dues.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { sumYen } from '../../shared/money.ts';
import { dayOf } from '../../shared/time.ts';
import { receivableErrors } from '../errors.ts';
import type { DecideBlock } from '../schema.ts';
import { insertBlockDecisions, listLiveBlocksByVenues, listUndecidedProposals } from '../store.ts';
import { venuesInCharge } from './age.ts';

type Proposal = Awaited<ReturnType<typeof listUndecidedProposals>>[number];

const sumOverdue = async (context: Context, billingAccountIds: readonly string[]) => {
  const today = dayOf(context.now());
  const dues = await Promise.all(billingAccountIds.map((id) => findDues(context.reads, id)));
  const late = dues.flat().filter(({ dueOn }) => dueOn < today);
  return sumYen(late.map(({ openYen }) => openYen));
};

const showProposal = async (context: Context, proposals: readonly Proposal[]) => {
  const { organizationId, organizationName, venueId } = proposals[0]!;
  const bookings = new Map(
    proposals.map(({ billingAccountId: id, number: number, title }) => [id, { id, number, title }]),
  );
  return {
    organizationId,
    organizationName,
    venueId,
    overdueYen: await sumOverdue(context, [...bookings.keys()]),
    bookings: [...bookings.values()],
  };
};

/** Whom a dunning proposes to give no new bookings, and who gets none now. */
export const listBlocks = async (context: Context, venue?: string) => {
  const venueIds = venuesInCharge(context, venue);
  const [waiting, blocks] = await Promise.all([
    listUndecidedProposals(context.reads, venueIds),
    listLiveBlocksByVenues(context.reads, venueIds),
  ]);
  const keyOf = (one: { organizationId: string; venueId: string }) =>
    `${one.organizationId} ${one.venueId}`;
  const blocked = new Set(blocks.map(keyOf));
  const keys = [...new Set(waiting.map(keyOf))].filter((key) => !blocked.has(key));
  const proposals = await Promise.all(
    keys.map((key) =>
      showProposal(
        context,
        waiting.filter((one) => keyOf(one) === key),
      ),
    ),
  );
  return {
    proposals,
    blocks: blocks.map(
      ({ id, organizationId, organizationName, venueId, reason, blockedAt, blockedByName }) => ({
        id,
        organizationId,
        organizationName,
        venueId,
        reason,
        blockedAt,
        blockedByName,
      }),
    ),
  };
};

/** Blocks an organizer at a venue or leaves it for now; decides every proposal that waits for it. */
export const decideBlock = (context: Context, asked: DecideBlock): Promise<void> =>
  context.transact(async (tx) => {
    const { actor } = context;
    const { organizationId, reason } = asked;
    const [venueId] = venuesInCharge(context, asked.venue);
    if (!venueId || !('accountId' in actor)) throw accountErrors.forbidden();
    await findOrganizationForUpdate(tx, organizationId);
    const waiting = (await listUndecidedProposals(tx, [venueId])).filter(
      (one) => one.organizationId === organizationId,
    );
    const live = await findOptionalLiveBlock(tx, { organizationId, venueId });
    if (waiting.length === 0 || live) throw receivableErrors.nothing_proposed();
    const block =
      asked.decision === 'block'
        ? await blockOrganizer(tx, context, { organizationId, venueId, reason })
        : undefined;
    const decisions = waiting.map(({ dunningId }) => ({
      dunningId,
      blockId: block?.id ?? null,
      reason,
      decidedByAccountId: actor.accountId,
      decidedAt: context.now(),
    }));
    await insertBlockDecisions(tx, decisions);
    await recordAudit(tx, context, {
      action: 'receivables.decide_block',
      subjectId: organizationId,
      after: { venueId, decision: asked.decision, reason, decisions },
    });
  });

export const liftBlock = (context: Context, blockId: string): Promise<void> =>
  context.transact(async (tx) => {
    const block = await findOptionalBlockForUpdate(tx, blockId);
    const isInCharge =
      block && hasRole(context.actor, block.venueId as VenueId, ['finance', 'manager']);
    if (!isInCharge || block.liftedAt !== null) throw receivableErrors.unknown();
    await lift(tx, context, block);
  });
