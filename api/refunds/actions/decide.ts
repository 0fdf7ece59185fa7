import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { hasRole } from '../../shared/actor.ts';
import type { Result } from '../../shared/result.ts';
import { orThrow } from '../../shared/result.ts';
import { refundErrors } from '../errors.ts';
import {
  decideApproval,
  decideCancel,
  decidePayee,
  decidePayout,
  decideRejection,
  deciders,
  payers,
  proposers,
} from '../rules/decide.ts';
import type { Payee, Refund } from '../rules/refund.ts';
import { findOptionalRefund, findRefundForUpdate, listMoneyLimits } from '../store/refunds.ts';
import { lookAtStripe } from './at_stripe.ts';
import { askedOf, settleRefund } from './execute.ts';
import { saveMoved } from './move.ts';
import { cancelAtStripe, clientOf } from './stripe.ts';

/** What the actor may not know of is unknown. */
const findConcerned = async (tx: Transaction, context: Context, id: string): Promise<Refund> => {
  const refund = await findRefundForUpdate(tx, id);
  if (!hasRole(context.actor, refund.venueId, proposers)) throw refundErrors.unknown();
  return refund;
};

const move = (
  context: Context,
  { id, deed }: { id: string; deed: string },
  decide: (tx: Transaction, before: Refund) => Promise<Result<Refund>> | Result<Refund>,
): Promise<Refund> =>
  context.transact(async (tx) => {
    const before = await findConcerned(tx, context, id);
    const after = orThrow(await decide(tx, before));
    return saveMoved(tx, context, { before, after, deed });
  });

interface Decision {
  readonly id: string;
  readonly reason?: string | undefined;
}

const decidingOf = async (tx: Transaction, context: Context, refund: Refund, reason?: string) => ({
  actor: context.actor,
  limits: await listMoneyLimits(tx, [refund.venueId]),
  reason: reason || null,
  now: context.now(),
});

/** Lets the money go back; Stripe is told by a job. */
export const approveRefund = (context: Context, { id, reason }: Decision): Promise<Refund> =>
  move(context, { id, deed: 'approve' }, async (tx, before) =>
    decideApproval(before, await decidingOf(tx, context, before, reason)),
  );

export const rejectRefund = (context: Context, { id, reason }: Decision): Promise<Refund> =>
  move(context, { id, deed: 'reject' }, async (tx, before) =>
    decideRejection(before, await decidingOf(tx, context, before, reason)),
  );

/** A refund that waits for its customer is cancelled at Stripe; who has answered Stripe is faster. */
const cancelWaiting = async (context: Context, refund: Refund): Promise<Refund> => {
  const client = clientOf(context);
  const id = refund.stripeRefundId;
  if (!client || !id) throw refundErrors.with_stripe();
  const after = await settleRefund(context, refund, () => cancelAtStripe(client, id));
  if (after.state !== 'cancelled') throw refundErrors.on_its_way();
  return after;
};

export const cancelRefund = async (context: Context, id: string): Promise<Refund> => {
  const refund = await findOptionalRefund(context.database.db, id);
  if (refund?.state === 'awaiting_customer') {
    if (!hasRole(context.actor, refund.venueId, proposers)) throw refundErrors.unknown();
    if (!hasRole(context.actor, refund.venueId, deciders)) throw accountErrors.forbidden();
    return cancelWaiting(context, refund);
  }
  return move(context, { id, deed: 'cancel' }, (_tx, before) =>
    decideCancel(before, context.actor, context.now()),
  );
};

export const enterPayee = (context: Context, id: string, payee: Payee): Promise<Refund> =>
  move(context, { id, deed: 'enter_payee' }, (_tx, before) =>
    decidePayee(before, payee, { actor: context.actor, now: context.now() }),
  );

/** What failed at Stripe may have been given back there by hand meanwhile. */
const lookAgainAtStripe = async (context: Context, id: string): Promise<void> => {
  const refund = await findOptionalRefund(context.database.db, id);
  if (refund?.route !== 'stripe' || !hasRole(context.actor, refund.venueId, payers)) return;
  const asked = await askedOf(context, refund);
  const house = { ...context, actor: { kind: 'webhook', source: 'stripe' } } as const;
  if (asked) await lookAtStripe(house, asked.intentId);
};

/** Cash was handed over, or the bank has transferred. */
export const payOutRefund = async (context: Context, id: string): Promise<Refund> => {
  await lookAgainAtStripe(context, id);
  return move(context, { id, deed: 'pay_out' }, (_tx, before) =>
    decidePayout(before, { actor: context.actor, now: context.now() }),
  );
};
