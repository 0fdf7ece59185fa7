import { announceIntent, findIntent, newStripeId, secondsOf, succeed, type Desk } from './desk.ts';
import { checkCustomer, findCashYen, findCustomer, recordCashMove } from './customers.ts';
import type { CashMove, Intent, PaymentMethod, Sender } from './ledger.ts';
import type { ConfirmParameters } from './parameters.ts';
import { invalidRequest } from './refusal.ts';

const somebody: Sender = { name: 'フリコミ ニン', bank: '試験銀行', branch: '本店' };

/** Asks for nothing but a transfer to a Japanese account. */
export const checkTransferOptions = (
  desk: Desk,
  intent: Intent,
  { payment_method_options: options }: ConfirmParameters,
) => {
  checkCustomer(desk, intent.customerId ?? undefined);
  const given = options?.customer_balance;
  if (given?.funding_type === 'bank_transfer' && given.bank_transfer) return;
  const param = 'payment_method_options[customer_balance][funding_type]';
  throw invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
};

/** Puts what the customer has to a payment that waits for it; what is too much stays the customer's. */
const applyCash = (desk: Desk, intent: Intent) => {
  const customerId = intent.customerId!;
  const amount = Math.min(findCashYen(desk, customerId), intent.amount - intent.fundedYen);
  if (amount <= 0) return;
  intent.fundedYen += amount;
  const facts = { customerId, type: 'applied_to_payment', intentId: intent.id } as const;
  recordCashMove(desk, { ...facts, netAmount: -amount });
  if (intent.fundedYen === intent.amount) succeed(desk, intent, intent.method!, null);
  else announceIntent(desk, 'partially_funded', intent);
};

export const confirmTransfer = (desk: Desk, intent: Intent, parameters: ConfirmParameters) => {
  checkTransferOptions(desk, intent, parameters);
  const given = parameters.payment_method_data?.billing_details;
  const method: PaymentMethod = {
    id: newStripeId('pm'),
    type: 'customer_balance',
    created: secondsOf(desk.now()),
    billing: {
      name: given?.name ?? null,
      email: given?.email ?? null,
      phone: given?.phone ?? null,
    },
    card: null,
  };
  intent.method = method;
  intent.lastError = null;
  intent.status = 'requires_action';
  announceIntent(desk, 'requires_action', intent);
  applyCash(desk, intent);
};

const isWaiting = (intent: Intent) =>
  intent.status === 'requires_action' && intent.method?.type === 'customer_balance';

/** Japan looks at sums, not at references: one that fits exactly, then the oldest first. */
const reconcile = (desk: Desk, customerId: string) => {
  const waiting = Object.values(desk.ledger.intents).filter(
    (intent) => intent.customerId === customerId && isWaiting(intent),
  );
  const cashYen = findCashYen(desk, customerId);
  const fitting = waiting.filter(({ amount, fundedYen }) => amount - fundedYen === cashYen);
  for (const intent of [...fitting.slice(0, 1), ...waiting]) {
    if (isWaiting(intent)) applyCash(desk, intent);
  }
};

/** Money has reached the account of the customer. */
export const fundCashBalance = (
  desk: Desk,
  customerId: string,
  amount: number,
  sender: Sender = somebody,
): CashMove => {
  const { id } = findCustomer(desk, customerId);
  const facts = { customerId: id, type: 'funded', intentId: null, netAmount: amount } as const;
  const move = recordCashMove(desk, { ...facts, sender });
  reconcile(desk, id);
  return move;
};

/** Somebody sends money to the account they were told for a payment, whatever became of it. */
export const transferTo = (desk: Desk, intentId: string, amount: number, sender?: Sender) => {
  const customer = checkCustomer(desk, findIntent(desk, intentId).customerId ?? undefined);
  fundCashBalance(desk, customer.id, amount, sender);
};

/** A payment given up leaves what had reached it to the customer. */
export const returnCash = (desk: Desk, intent: Intent) => {
  if (intent.fundedYen === 0) return;
  const netAmount = intent.fundedYen;
  intent.fundedYen = 0;
  const facts = { type: 'unapplied_from_payment', intentId: intent.id, netAmount } as const;
  recordCashMove(desk, { ...facts, customerId: intent.customerId! });
};
