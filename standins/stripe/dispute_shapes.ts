import type { Dispute } from './ledger.ts';

const moveShape = ({ id, created, amount }: Dispute['moves'][number], source: string) => ({
  id,
  object: 'balance_transaction',
  amount,
  created,
  currency: 'jpy',
  fee: 0,
  net: amount,
  source,
  type: 'adjustment',
});

export const disputeShape = (dispute: Dispute) => ({
  id: dispute.id,
  object: 'dispute',
  amount: dispute.amount,
  balance_transactions: dispute.moves.map((move) => moveShape(move, dispute.id)),
  charge: dispute.chargeId,
  created: dispute.created,
  currency: 'jpy',
  evidence_details: {
    due_by: dispute.dueBy,
    has_evidence: false,
    past_due: false,
    submission_count: 0,
  },
  is_charge_refundable: dispute.status.startsWith('warning_'),
  livemode: false,
  metadata: {},
  payment_intent: dispute.intentId,
  reason: dispute.reason,
  status: dispute.status,
});
