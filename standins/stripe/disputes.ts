import { announce, newStripeId, secondsOf, wasCreated, type Desk } from './desk.ts';
import { disputeShape } from './dispute_shapes.ts';
import type { Dispute } from './ledger.ts';
import type { ListRefundsParameters } from './parameters.ts';
import { invalidRequest, unknownObject } from './refusal.ts';
import { findPaidCharge } from './refunds.ts';

const secondsToAnswer = 14 * 86_400;

export const findDispute = (desk: Desk, id: string): Dispute => {
  const dispute = desk.ledger.disputes[id];
  if (!dispute) throw unknownObject('dispute', id);
  return dispute;
};

const tell = (desk: Desk, dispute: Dispute, what: string) =>
  announce(desk, `charge.dispute.${what}`, disputeShape(dispute));

const moveFunds = (desk: Desk, dispute: Dispute, amount: number) => {
  const created = secondsOf(desk.now());
  dispute.moves.push({ id: newStripeId('txn'), created, amount });
  tell(desk, dispute, amount < 0 ? 'funds_withdrawn' : 'funds_reinstated');
};

export interface DisputeOptions {
  readonly amount?: number | undefined;
  readonly reason?: string;
  /** The bank only asks: no money moves until it goes on. */
  readonly isInquiry?: boolean;
}

/** The holder of the card tells the bank that the payment was not theirs, or not right. */
export const openDispute = (desk: Desk, intentId: string, options: DisputeOptions = {}) => {
  const charge = findPaidCharge(desk, intentId);
  if (!charge.method.card) throw invalidRequest('Only payments by card are disputed.');
  const created = secondsOf(desk.now());
  const dispute: Dispute = {
    id: newStripeId('dp'),
    chargeId: charge.id,
    intentId,
    created,
    amount: options.amount ?? charge.amount,
    reason: options.reason ?? 'fraudulent',
    dueBy: created + secondsToAnswer,
    status: options.isInquiry ? 'warning_needs_response' : 'needs_response',
    moves: [],
  };
  desk.ledger.disputes[dispute.id] = dispute;
  tell(desk, dispute, 'created');
  if (!options.isInquiry) moveFunds(desk, dispute, -dispute.amount);
  return dispute;
};

const ends = ['won', 'lost', 'warning_closed'] as const;

/** The bank has decided; an inquiry that nobody followed up is closed. */
export const closeDispute = (desk: Desk, id: string, end: 'won' | 'lost') => {
  const dispute = findDispute(desk, id);
  if (ends.some((known) => known === dispute.status)) {
    throw invalidRequest(`This dispute is over: ${dispute.status}.`);
  }
  const isInquiry = dispute.status.startsWith('warning_');
  dispute.status = isInquiry ? 'warning_closed' : end;
  tell(desk, dispute, 'closed');
  if (!isInquiry && end === 'won') moveFunds(desk, dispute, dispute.amount);
};

/** Newest first. */
export const listDisputes = (
  desk: Desk,
  parameters: ListRefundsParameters,
): { page: Dispute[]; hasMore: boolean } => {
  const { payment_intent: intentId, created, limit, starting_after: after } = parameters;
  const fitting = Object.values(desk.ledger.disputes)
    .reverse()
    .filter(
      (dispute) => (!intentId || dispute.intentId === intentId) && wasCreated(dispute, created),
    );
  const start = after ? fitting.findIndex(({ id }) => id === after) + 1 : 0;
  const page = fitting.slice(start, start + limit);
  return { page, hasMore: fitting.length > start + page.length };
};
