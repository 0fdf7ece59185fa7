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
  readonly type: 'card' | 'konbini';
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
  events: StoredEvent[];
  replies: Record<string, StoredReply>;
}

export interface KeptLedger {
  readonly ledger: Ledger;
  keep(): void;
}

const empty = (): Ledger => ({ intents: {}, charges: {}, events: [], replies: {} });

const writeWhole = (file: string, ledger: Ledger) => {
  const draft = `${file}.new`;
  fs.writeFileSync(draft, JSON.stringify(ledger), { mode: 0o600 });
  fs.renameSync(draft, file);
};

/** The stand-in's memory; with a file it outlives the process, written whole or not at all. */
export const openLedger = (file?: string): KeptLedger => {
  if (!file) return { ledger: empty(), keep: () => undefined };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const ledger = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Ledger)
    : empty();
  return { ledger, keep: () => writeWhole(file, ledger) };
};
