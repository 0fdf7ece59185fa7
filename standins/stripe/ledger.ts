import * as fs from 'node:fs';
import * as path from 'node:path';

export const storeChains = ['familymart', 'lawson', 'ministop', 'seicomart'] as const;
export type StoreChain = (typeof storeChains)[number];

export interface BillingDetails {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface PaymentMethod {
  readonly id: string;
  readonly type: 'card' | 'konbini' | 'customer_balance';
  readonly created: number;
  readonly billing: BillingDetails;
  readonly card: { readonly brand: string; readonly last4: string } | null;
}

export interface KonbiniOptions {
  readonly confirmation_number: string | null;
  readonly expires_after_days: number | null;
  readonly expires_at: number | null;
  readonly product_description: string | null;
}

/** Instants are unix seconds, as on the wire. */
export interface Voucher {
  readonly expiresAt: number;
  readonly confirmationNumber: string;
  readonly paymentCodes: Readonly<Record<StoreChain, string>>;
  /** When a test address or number pays by itself. */
  readonly succeedsAt: number | null;
  /** When the failure is known: about an hour after the expiry. */
  readonly failsAt: number;
  readonly isPayable: boolean;
  /** The slip is printed and the customer stands at the till. */
  isAtTill: boolean;
}

/** The virtual account of a customer, as a Japanese bank writes it. */
export interface ZenginAccount {
  readonly branchCode: string;
  readonly accountNumber: string;
}

export interface Customer {
  readonly id: string;
  readonly created: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly account: ZenginAccount;
}

export interface Sender {
  readonly name: string;
  readonly bank: string;
  readonly branch: string;
}

/** One movement of the money a customer has with Stripe; the balance is their sum. */
export interface CashMove {
  readonly id: string;
  readonly customerId: string;
  readonly created: number;
  readonly type: 'funded' | 'applied_to_payment' | 'unapplied_from_payment';
  readonly netAmount: number;
  readonly endingBalance: number;
  readonly intentId: string | null;
  readonly sender: Sender | null;
}

export type RefundStatus = 'requires_action' | 'pending' | 'succeeded' | 'failed' | 'canceled';

export interface Refund {
  readonly id: string;
  readonly chargeId: string;
  readonly intentId: string;
  readonly created: number;
  readonly amount: number;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Whom Stripe asks for a bank account; null for a card, which needs none. */
  readonly instructionsEmail: string | null;
  /** When nobody has named an account by then, the refund has failed. */
  readonly expiresAt: number | null;
  status: RefundStatus;
  failureReason: string | null;
  /** How a refund under way ends by itself, and when. */
  end: { readonly at: number; readonly as: 'succeeds' | 'fails' | 'bounces' } | null;
}

export interface Dispute {
  readonly id: string;
  readonly chargeId: string;
  readonly intentId: string;
  readonly created: number;
  readonly amount: number;
  readonly reason: string;
  /** Until when evidence is taken. */
  readonly dueBy: number;
  status:
    | 'warning_needs_response'
    | 'warning_closed'
    | 'needs_response'
    | 'under_review'
    | 'won'
    | 'lost';
  /** What it took from our balance, and what came back. */
  readonly moves: { readonly id: string; readonly created: number; readonly amount: number }[];
}

export interface PaymentError {
  readonly type: 'card_error' | 'invalid_request_error';
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
}

export interface Intent {
  readonly id: string;
  readonly clientSecret: string;
  readonly created: number;
  readonly amount: number;
  readonly allowedTypes: readonly string[] | null;
  readonly types: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly description: string | null;
  readonly receiptEmail: string | null;
  readonly customerId: string | null;
  /** What of the customer's money has been put to it so far (bank transfer). */
  fundedYen: number;
  status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled';
  method: PaymentMethod | null;
  konbini: KonbiniOptions | null;
  voucher: Voucher | null;
  /** Where the customer returns after the bank's question. */
  returnUrl: string | null;
  lastError: PaymentError | null;
  latestChargeId: string | null;
  canceledAt: number | null;
  cancellationReason: string | null;
}

export interface Charge {
  readonly id: string;
  readonly intentId: string;
  readonly created: number;
  readonly amount: number;
  readonly isPaid: boolean;
  readonly method: PaymentMethod;
  readonly chain: StoreChain | null;
}

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly payload: string;
  tries: number;
  /** Unix milliseconds; null once delivered or given up. */
  nextTryAt: number | null;
}

export interface StoredReply {
  readonly parameters: string;
  readonly status: number;
  readonly body: object;
  readonly createdAt: number;
}

export interface Ledger {
  readonly intents: Record<string, Intent>;
  readonly charges: Record<string, Charge>;
  readonly refunds: Record<string, Refund>;
  readonly disputes: Record<string, Dispute>;
  readonly customers: Record<string, Customer>;
  readonly cashMoves: CashMove[];
  events: StoredEvent[];
  replies: Record<string, StoredReply>;
}

export interface KeptLedger {
  readonly ledger: Ledger;
  keep(): void;
}

const empty = (): Ledger => ({
  intents: {},
  charges: {},
  refunds: {},
  disputes: {},
  customers: {},
  cashMoves: [],
  events: [],
  replies: {},
});

/** What an older stand-in kept knows nothing of transfers, refunds and disputes. */
const read = (file: string): Ledger => {
  const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Ledger>;
  const intents = Object.values(kept.intents ?? {}).map((intent) => [
    intent.id,
    { ...intent, customerId: intent.customerId ?? null, fundedYen: intent.fundedYen ?? 0 },
  ]);
  return { ...empty(), ...kept, intents: Object.fromEntries(intents) as Ledger['intents'] };
};

const writeWhole = (file: string, ledger: Ledger) => {
  const draft = `${file}.new`;
  fs.writeFileSync(draft, JSON.stringify(ledger), { mode: 0o600 });
  fs.renameSync(draft, file);
};

/** The stand-in's memory; with a file it outlives the process, written whole or not at all. */
export const openLedger = (file?: string): KeptLedger => {
  if (!file) return { ledger: empty(), keep: () => undefined };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const ledger = fs.existsSync(file) ? read(file) : empty();
  return { ledger, keep: () => writeWhole(file, ledger) };
};
