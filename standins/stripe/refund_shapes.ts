import type { Charge, Refund } from './ledger.ts';

const destinationShape = ({ status }: Refund, { method }: Charge) => {
  if (method.card) {
    const reference = {
      reference_status: 'available',
      reference_type: 'acquirer_reference_number',
    };
    return { type: 'card', card: { ...reference, type: 'refund' } };
  }
  const hasArrived = status === 'succeeded';
  return {
    type: 'jp_bank_transfer',
    jp_bank_transfer: {
      reference: null,
      reference_status: hasArrived ? 'unavailable' : 'pending',
    },
  };
};

const nextActionShape = ({ status, created, instructionsEmail, expiresAt }: Refund) =>
  status === 'requires_action'
    ? {
        type: 'display_details',
        display_details: {
          email_sent: { email_sent_at: created, email_sent_to: instructionsEmail },
          expires_at: expiresAt,
        },
      }
    : undefined;

export const refundShape = (refund: Refund, charge: Charge, customerId: string | null) => ({
  id: refund.id,
  object: 'refund',
  amount: refund.amount,
  balance_transaction: null,
  charge: refund.chargeId,
  created: refund.created,
  currency: 'jpy',
  customer: customerId,
  customer_account: null,
  destination_details: destinationShape(refund, charge),
  ...(refund.failureReason ? { failure_reason: refund.failureReason } : {}),
  ...(refund.instructionsEmail ? { instructions_email: refund.instructionsEmail } : {}),
  metadata: refund.metadata,
  next_action: nextActionShape(refund),
  payment_intent: refund.intentId,
  payment_method: charge.method.id,
  ...(refund.status === 'pending' ? { pending_reason: 'processing' } : {}),
  reason: refund.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: refund.status,
  transfer_reversal: null,
});
