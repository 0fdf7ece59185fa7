import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import type { BillingAccountId, VenueId } from '../../shared/ids.ts';
import type { Yen } from '../../shared/money.ts';
import type { Charge } from '../rules/charge.ts';
import { shareReduction, type Instalment } from '../rules/ledger.ts';
import { findStandingYen, insertCharge, saveChargeReversed } from '../store/charges.ts';
import { insertInstalments, listStandingCharges } from '../store/instalments.ts';
import { recordMoneyEvent } from './ledger.ts';
import { cancelTooMuch, takeBackRebates } from './rebate.ts';

interface Charged {
  readonly id: BillingAccountId;
  readonly venueId: VenueId;
}

/** Says in the books what is owed from now on; a second charge for the same cause is refused by them. */
export const addCharge = async (
  tx: Transaction,
  context: Context,
  { id: billingAccountId, venueId }: Charged,
  { charge, parts = [] }: { readonly charge: Charge; readonly parts?: readonly Instalment[] },
): Promise<void> => {
  await insertCharge(tx, charge);
  await insertInstalments(tx, parts);
  await recordMoneyEvent(tx, context, {
    venueId,
    billingAccountId,
    chargeId: charge.id,
    kind: 'charged',
    amountYen: charge.amountYen,
    cause: charge.cause ?? `charged:${billingAccountId}`,
  });
  await recordAudit(tx, context, {
    action: 'payments.charge',
    subjectId: billingAccountId,
    after: charge,
  });
};

interface Reduction {
  readonly reductionYen: Yen;
  readonly cause: string;
  readonly chargeIds: readonly string[];
}

/**
 * What is no longer owed of some charges, newest first; rebates make room where less stands, and a payment
 * under way for more than is left is taken back.
 */
export const reduceCharges = async (
  tx: Transaction,
  context: Context,
  charged: Charged,
  { reductionYen, cause, chargeIds }: Reduction,
): Promise<void> => {
  const { id: billingAccountId, venueId } = charged;
  await takeBackRebates(tx, context, charged, { reductionYen, cause, chargeIds });
  const standing = (await listStandingCharges(tx, [billingAccountId])).filter(({ id }) =>
    chargeIds.includes(id),
  );
  for (const [at, part] of shareReduction(standing, reductionYen).entries()) {
    await recordMoneyEvent(tx, context, {
      venueId,
      billingAccountId,
      chargeId: part.id,
      kind: 'charge_reduced',
      amountYen: -part.amountYen,
      cause: at === 0 ? cause : `${cause}:${part.id}`,
    });
  }
  await cancelTooMuch(tx, context, billingAccountId);
};

/** Takes back what stands of a charge. */
export const reverseCharge = async (
  tx: Transaction,
  context: Context,
  { id: billingAccountId, venueId }: Charged,
  charge: Charge,
): Promise<void> => {
  const now = context.now();
  const standingYen = await findStandingYen(tx, charge.id);
  await saveChargeReversed(tx, charge.id, now);
  await recordMoneyEvent(tx, context, {
    venueId,
    billingAccountId,
    chargeId: charge.id,
    kind: 'charge_reversed',
    amountYen: -standingYen,
    cause: `charge_reversed:${charge.id}`,
  });
  await recordAudit(tx, context, {
    action: 'payments.reverse_charge',
    subjectId: billingAccountId,
    before: charge,
    after: { ...charge, reversedAt: now },
  });
};

export { findOptionalCharge } from '../store/charges.ts';
