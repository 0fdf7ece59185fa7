import type { Transaction } from '#db/client.server.ts';
import { findBillingAccount } from '../../billing_accounts/actions.ts';
import { atField } from '../../shared/fields.ts';
import type { Context } from '../../context.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import { listAllocationRebates, rebateRest } from '../../payments/actions/rebate.ts';
import { findOptionalRebateLimit } from '../../refunds/actions/limits.ts';
import type { BillingAccountId } from '../../shared/ids.ts';
import { sumYen, type Yen } from '../../shared/money.ts';
import { transferErrors } from '../errors.ts';

interface Rest {
  readonly billingAccountId: BillingAccountId;
  readonly allocationId: string;
  readonly rebateYen: Yen;
  /** Where the sum stands in what was asked. */
  readonly path: string;
}

/**
 * Takes off what a payment leaves owed, such as the fee a bank has kept: all that is left or nothing,
 * and for one debt no more than one person may decide about.
 * @throws transfers.rebate_not_the_rest when something else is owed by now
 * @throws transfers.rebate_too_large
 */
export const takeRestOff = async (
  tx: Transaction,
  context: Context,
  { billingAccountId, allocationId, rebateYen, path }: Rest,
): Promise<void> => {
  const debt = await findBillingAccount(tx, context, billingAccountId);
  const [{ owedYen }, limit, earlier] = await Promise.all([
    findBalance(tx, billingAccountId),
    findOptionalRebateLimit(tx, context, debt.venueId),
    listAllocationRebates(tx, [billingAccountId]),
  ]);
  if (rebateYen !== owedYen) {
    const params = { number: debt.number, restYen: owedYen };
    throw atField(path, transferErrors.rebate_not_the_rest({ params, detail: params }));
  }
  const mostYen = limit?.yenMost ?? 0;
  if (rebateYen + sumYen(earlier.map(({ amountYen }) => amountYen)) > mostYen) {
    const params = { mostYen };
    throw atField(path, transferErrors.rebate_too_large({ params, detail: params }));
  }
  await rebateRest(tx, context, debt, { allocationId, amountYen: rebateYen });
};
