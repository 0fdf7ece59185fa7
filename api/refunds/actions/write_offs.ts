import type { Transaction } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { hasAnyRole } from '../../accounts/rules.ts';
import { recordAudit } from '../../audit/actions.ts';
import { lockBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import { findBalance, recordMoneyEvent } from '../../payments/actions/ledger.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { refundErrors } from '../errors.ts';
import { accountOf, mayDecide, proposers, type MoneyLimit } from '../rules/decide.ts';
import { checkOwed, decideWriteOff, type WriteOff } from '../rules/write_off.ts';
import type { ListWriteOffs, ProposeWriteOff } from '../schema.ts';
import { listMoneyLimits } from '../store/refunds.ts';
import {
  findWriteOffForUpdate,
  insertWriteOff,
  listWriteOffViews,
  listWriteOffViewsByBillingAccount,
  saveWriteOff,
  type WriteOffView,
} from '../store/write_offs.ts';

/** Asks for a debt to be given up; another decides. */
export const proposeWriteOff = (context: Context, asked: ProposeWriteOff): Promise<WriteOff> =>
  context.transact(async (tx) => {
    const billingAccount = await lockBillingAccount(tx, context, asked.billingAccountId);
    const by = accountOf(context.actor);
    if (!by || !hasRole(context.actor, billingAccount.venueId, proposers)) {
      throw context.subjects[billingAccount.subjectKind].unknown();
    }
    const { owedYen } = await findBalance(tx, billingAccount.id);
    orThrow(checkOwed(asked.amountYen, owedYen));
    const writeOff: WriteOff = {
      ...asked,
      id: context.newId('write_off'),
      venueId: billingAccount.venueId,
      state: 'proposed',
      requestedByAccountId: by,
      decidedByAccountId: null,
      decidedAt: null,
      decisionReason: null,
      createdAt: context.now(),
    };
    await insertWriteOff(tx, writeOff);
    await recordAudit(tx, context, {
      action: 'refunds.propose_write_off',
      subjectId: billingAccount.id,
      after: writeOff,
    });
    return writeOff;
  });

const recordWrittenOff = async (
  tx: Transaction,
  context: Context,
  { id, venueId, billingAccountId, amountYen }: WriteOff,
): Promise<void> => {
  const { owedYen } = await findBalance(tx, billingAccountId);
  orThrow(checkOwed(amountYen, owedYen));
  await recordMoneyEvent(tx, context, {
    venueId,
    billingAccountId,
    kind: 'written_off',
    amountYen: -amountYen,
    cause: `written_off:${id}`,
  });
};

interface Decision {
  readonly id: string;
  readonly state: 'approved' | 'rejected';
  readonly reason?: string | undefined;
}

/** Gives the debt up in the ledger, or leaves it standing. */
export const decideOnWriteOff = (
  context: Context,
  { id, state, reason }: Decision,
): Promise<WriteOff> =>
  context.transact(async (tx) => {
    const before = await findWriteOffForUpdate(tx, id);
    const { actor } = context;
    if (!hasRole(actor, before.venueId, proposers)) throw refundErrors.unknown_write_off();
    const limits = await listMoneyLimits(tx, [before.venueId]);
    const now = context.now();
    const deciding = { actor, limits, state, reason: reason || null, now };
    const after = orThrow(decideWriteOff(before, deciding));
    await lockBillingAccount(tx, context, before.billingAccountId);
    if (state === 'approved') await recordWrittenOff(tx, context, after);
    await saveWriteOff(tx, after);
    await recordAudit(tx, context, {
      action: state === 'approved' ? 'refunds.approve_write_off' : 'refunds.reject_write_off',
      subjectId: after.billingAccountId,
      before,
      after,
    });
    return after;
  });

const shown = (
  context: Context,
  { writeOff, ...about }: WriteOffView,
  limits: readonly MoneyLimit[],
) => {
  const { requestedByAccountId: _asked, decidedByAccountId: _by, ...facts } = writeOff;
  const isMine =
    writeOff.state === 'proposed' && mayDecide(writeOff, context.actor, limits, 'write_off').ok;
  const allowedActions: ('approve' | 'reject')[] = isMine ? ['approve', 'reject'] : [];
  return { ...facts, ...about, allowedActions };
};

const showAll = async (context: Context, views: readonly WriteOffView[]) => {
  const venueIds = new Set(views.map(({ writeOff }) => writeOff.venueId));
  const limits = await listMoneyLimits(context.reads, [...venueIds]);
  return views.map((view) => shown(context, view, limits));
};

/** At the venues of the staff member. */
export const listWriteOffs = async (context: Context, { venue, state }: ListWriteOffs) => {
  const { actor } = context;
  if (!hasAnyRole(actor) || actor.kind !== 'staff') throw accountErrors.forbidden();
  const own = Object.keys(actor.roles).filter((id) => hasRole(actor, id as VenueId, proposers));
  const venueIds = venue === undefined ? own : own.filter((id) => id === venue);
  const views = await listWriteOffViews(context.reads, { venueIds, state });
  return { writeOffs: await showAll(context, views) };
};

export const showWriteOffsOfBillingAccount = async (context: Context, billingAccountId: string) =>
  showAll(context, await listWriteOffViewsByBillingAccount(context.reads, billingAccountId));
