import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBillingAccount, lockBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import {
  allocatePayment,
  findBalance,
  findOptionalAllocation,
  findPaymentForUpdate,
  reverseAllocation,
} from '../../payments/actions/ledger.ts';
import { takeBackRest } from '../../payments/actions/rebate.ts';
import { requestCancelOfLive } from '../../payments/actions/settle.ts';
import { paymentErrors } from '../../payments/errors.ts';
import { proposeRefund } from '../../refunds/actions/propose.ts';
import type { BillingAccountId, PaymentId } from '../../shared/ids.ts';
import { transferErrors } from '../errors.ts';
import type { Allocate, AskRefund } from '../schema.ts';
import { listBalances } from '../store/debts.ts';
import { findLine, lockLine, saveIgnored, type ShownLine } from '../store/lines.ts';
import { moveOutOfPot, takeBackByBank } from './cancelled.ts';
import { requireOwn } from './guard.ts';
import { stateOf } from './read.ts';
import { takeRestOff } from './rest.ts';

/** The entry with its money locked, so that what is read of it stays true to the end of the act. */
const findForUpdate = async (
  tx: Transaction,
  context: Context,
  lineId: string,
): Promise<ShownLine & { readonly paymentId: PaymentId }> => {
  const { venueId, line } = await findLine(tx, lineId);
  requireOwn(context, venueId);
  if (!line.paymentId) throw transferErrors.not_incoming();
  await lockLine(tx, lineId);
  const { id: paymentId } = await findPaymentForUpdate(tx, line.paymentId);
  return { ...(await findLine(tx, lineId)), paymentId };
};

/** Debts are locked first and in one order: who shares money out over the same ones waits in turn. */
const inOrder = ({ parts }: Allocate) =>
  [...parts].sort((one, other) => one.billingAccountId.localeCompare(other.billingAccountId));

const lockOwn = async (
  tx: Transaction,
  context: Context,
  venueId: string,
  billingAccountId: BillingAccountId,
): Promise<void> => {
  const [known] = await listBalances(tx, venueId, [billingAccountId]);
  if (!known) throw transferErrors.debt_not_found();
  await lockBillingAccount(tx, context, billingAccountId);
};

/**
 * More than is owed stays in the pot, where it can be refunded or pay for something else. What is
 * paid wholly is not paid a second time: a payment under way is taken back.
 */
const keepWithinOwed = async (
  tx: Transaction,
  context: Context,
  { billingAccountId, amountYen }: { billingAccountId: BillingAccountId; amountYen: number },
): Promise<void> => {
  const { owedYen } = await findBalance(tx, billingAccountId);
  if (owedYen === 0) await requestCancelOfLive(tx, context, billingAccountId);
  if (owedYen >= 0) return;
  const { number } = await findBillingAccount(tx, context, billingAccountId);
  const params = { number, owedYen: Math.max(0, owedYen + amountYen) };
  throw transferErrors.more_than_owed({ params, detail: params });
};

const refuseUnusable = (shown: ShownLine): void => {
  const state = stateOf(shown);
  if (state === 'ignored') throw transferErrors.ignored();
  if (state === 'conflict' || state === 'taken_back') throw transferErrors.taken_back();
};

/**
 * Says what the money of an entry pays for, in parts; all of them, or none.
 * @throws payments.already_used when somebody was faster
 * @throws transfers.more_than_owed, transfers.debt_not_found
 * @throws transfers.rebate_not_the_rest, transfers.rebate_too_large
 */
export const allocateLine = (context: Context, lineId: string, asked: Allocate): Promise<void> =>
  context.transact(async (tx) => {
    const { venueId } = await findLine(tx, lineId);
    requireOwn(context, venueId);
    const parts = inOrder(asked);
    for (const { billingAccountId } of parts) await lockOwn(tx, context, venueId, billingAccountId);
    const shown = await findForUpdate(tx, context, lineId);
    refuseUnusable(shown);
    for (const { rebateYen, ...part } of parts) {
      const { id } = await allocatePayment(tx, context, { paymentId: shown.paymentId, ...part });
      await keepWithinOwed(tx, context, part);
      if (!rebateYen) continue;
      const at = asked.parts.findIndex(
        ({ billingAccountId }) => billingAccountId === part.billingAccountId,
      );
      const path = `parts.${at}.rebateYen`;
      const { billingAccountId } = part;
      await takeRestOff(tx, context, { billingAccountId, allocationId: id, rebateYen, path });
    }
  });

/**
 * Puts what was allocated back into the pot; what the bank has taken back meanwhile leaves it at once.
 * @throws payments.refund_under_way
 */
export const takeAllocationBack = (
  context: Context,
  lineId: string,
  allocationId: string,
): Promise<void> =>
  context.transact(async (tx) => {
    const { paymentId } = await findForUpdate(tx, context, lineId);
    const allocation = await findOptionalAllocation(tx, allocationId);
    if (allocation?.paymentId !== paymentId) throw paymentErrors.unknown();
    await reverseAllocation(tx, context, allocationId);
    const debt = await findBillingAccount(tx, context, allocation.billingAccountId);
    await takeBackRest(tx, context, debt, allocationId);
    await takeBackByBank(tx, context, lineId);
  });

/** Records what the bank took back, once its money is free again. @throws transfers.in_use */
export const takeCancelledBack = (context: Context, lineId: string): Promise<void> =>
  context.transact(async (tx) => {
    const shown = await findForUpdate(tx, context, lineId);
    if (stateOf(shown) !== 'conflict') return;
    if (!(await takeBackByBank(tx, context, lineId))) throw transferErrors.in_use();
  });

const moneyOut = async (tx: Transaction, context: Context, lineId: string): Promise<void> => {
  const shown = await findForUpdate(tx, context, lineId);
  refuseUnusable(shown);
  const { amountYen } = shown.line;
  if (shown.leftYen < amountYen) throw transferErrors.in_use();
  const cause = `ignored:${lineId}:${context.now().toISOString()}`;
  await moveOutOfPot(tx, context, shown, { amountYen, cause });
};

/**
 * Sets an entry aside that is no organizer's money (interest, our own), which leaves the pot; or a
 * cancellation whose entry was not found.
 * @throws transfers.in_use
 */
export const ignoreLine = (context: Context, lineId: string, reason: string): Promise<void> =>
  context.transact(async (tx) => {
    const before = await findLine(tx, lineId);
    requireOwn(context, before.venueId);
    if (stateOf(before) !== 'unpaired') await moneyOut(tx, context, lineId);
    const accountId = 'accountId' in context.actor ? context.actor.accountId : null;
    await saveIgnored(tx, lineId, { reason, accountId });
    const { amountYen } = before.line;
    const after = { reason, amountYen };
    await recordAudit(tx, context, { action: 'transfers.ignore', subjectId: lineId, after });
  });

/** Takes an entry up again that was set aside; its money is back in the pot. */
export const takeUpLine = (context: Context, lineId: string): Promise<void> =>
  context.transact(async (tx) => {
    const shown = await findForUpdate(tx, context, lineId);
    if (stateOf(shown) !== 'ignored') return;
    const cause = `taken_up:${lineId}:${context.now().toISOString()}`;
    await moveOutOfPot(tx, context, shown, { amountYen: -shown.line.amountYen, cause });
    await saveIgnored(tx, lineId, null);
    const before = { reason: shown.line.ignoredReason };
    await recordAudit(tx, context, { action: 'transfers.take_up', subjectId: lineId, before });
  });

/** Asks for money of nobody to go back to its payer; another decides. */
export const askRefund = (
  context: Context,
  lineId: string,
  { amountYen, note }: AskRefund,
): Promise<void> =>
  context.transact(async (tx) => {
    const shown = await findForUpdate(tx, context, lineId);
    refuseUnusable(shown);
    const { paymentId } = shown;
    const asked = { paymentId, billingAccountId: null, amountYen, note, cause: null };
    await proposeRefund(tx, context, { ...asked, reason: 'unmatched' });
  });
