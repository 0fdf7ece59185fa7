import type { Queryable, Transaction } from '#db/client.server.ts';
import { lockBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import { rebateCharges } from '../../payments/actions/rebate.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import { beyondOverpaid, goingOf, isReturned, isStanding, type Refund } from '../rules/refund.ts';
import { existsBounced, listRefundsByBillingAccount } from '../store/refunds.ts';

/** What of a refund that has not gone yet is more than was paid too much; earlier ones go first. */
export const findBeyondYen = async (db: Queryable, refund: Refund): Promise<number> => {
  const { id, billingAccountId, amountYen } = refund;
  if (billingAccountId === null || !isStanding(refund) || isReturned(refund)) return 0;
  const [{ owedYen }, refunds] = await Promise.all([
    findBalance(db, billingAccountId),
    listRefundsByBillingAccount(db, billingAccountId),
  ]);
  const earlier = refunds.slice(
    0,
    refunds.findIndex((one) => one.id === id),
  );
  return beyondOverpaid(amountYen, { owedYen, goingYen: goingOf(earlier) });
};

/**
 * Takes off the charge what has just gone back beyond what was paid too much. What a bank sent back and
 * goes once more was taken off the first time.
 */
export const rebateReturned = async (
  tx: Transaction,
  context: Context,
  { id, billingAccountId, amountYen, note }: Refund,
): Promise<void> => {
  if (billingAccountId === null || (await existsBounced(tx, id))) return;
  const billingAccount = await lockBillingAccount(tx, context, billingAccountId);
  const { owedYen } = await findBalance(tx, billingAccountId);
  const goneYen = beyondOverpaid(amountYen, { owedYen: owedYen - amountYen, goingYen: 0 });
  if (goneYen === 0) return;
  const cause = `refund:${id}`;
  await rebateCharges(tx, context, billingAccount, {
    amountYen: goneYen,
    cause,
    refundId: id,
    reason: note,
  });
};
