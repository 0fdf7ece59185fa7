import type { Yen } from '../../shared/money.ts';

export const movementKinds = ['dispute', 'refund', 'payment', 'cash', 'payout', 'other'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** What an event tells of, as far as money is concerned; other shapes have less. */
export interface Told {
  readonly object: string;
  readonly id: string;
  readonly type?: string | undefined;
  readonly amount?: number | undefined;
  readonly net_amount?: number | undefined;
  readonly payment_intent?: string | null | undefined;
  readonly customer?: string | null | undefined;
  readonly status?: string | null | undefined;
}

export interface Movement {
  readonly kind: MovementKind;
  readonly stripeId: string;
  readonly amountYen: Yen | null;
  readonly status: string | null;
}

const kindOf = (eventType: string, { object }: Told): MovementKind | undefined => {
  switch (object) {
    case 'dispute':
      return 'dispute';
    case 'refund':
      return 'refund';
    case 'payment_intent':
    case 'charge':
      return eventType.endsWith('.succeeded') ? 'payment' : undefined;
    case 'customer_cash_balance_transaction':
      return 'cash';
    // A payout that arrives is seen on the account of the operator; one that does not is missing there.
    case 'payout':
      return /\.(failed|canceled)$/.test(eventType) ? 'payout' : undefined;
    case 'transfer':
    case 'topup':
    case 'application_fee':
      return /\.(created|succeeded|reversed|refunded)$/.test(eventType) ? 'other' : undefined;
    default:
      return undefined;
  }
};

/** What moved at Stripe by an event that is none of ours; undefined where no money has. */
export const movementOf = (eventType: string, told: Told): Movement | undefined => {
  const kind = kindOf(eventType, told);
  if (!kind) return undefined;
  const isPayment = kind === 'payment';
  return {
    kind,
    // A payment is told of by itself and by its charge: one entry.
    stripeId: (isPayment ? told.payment_intent : undefined) ?? told.id,
    amountYen: told.amount ?? told.net_amount ?? null,
    status: told.status ?? null,
  };
};

/** Movements of a customer of ours, which our books follow by themselves. */
const followed = [
  'funded',
  'applied_to_payment',
  'unapplied_from_payment',
  'refunded_from_payment',
];

/** Money of a known customer that Stripe or a bank moves for reasons of its own. */
export const isStrangeCashMove = ({ type }: Pick<Told, 'type'>): boolean =>
  type !== undefined && !followed.includes(type);

const decided = ['won', 'lost', 'warning_closed', 'prevented'];

/** Until the bank has decided; a state we do not know yet is none of its decisions. */
export const isDisputeOpen = (status: string): boolean => !decided.includes(status);

/** What a dispute took from our balance at Stripe and gave back, whenever it is asked. */
export const fundsOf = (
  moves: readonly { readonly amount: number }[],
): { readonly withdrawnYen: Yen; readonly reinstatedYen: Yen } => {
  let [withdrawnYen, reinstatedYen] = [0, 0];
  for (const { amount } of moves) {
    if (amount < 0) withdrawnYen -= amount;
    else reinstatedYen += amount;
  }
  return { withdrawnYen, reinstatedYen };
};
