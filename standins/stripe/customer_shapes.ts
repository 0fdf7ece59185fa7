import type { CashMove, Customer, ZenginAccount } from './ledger.ts';

const address = {
  city: null,
  country: 'JP',
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** A bank that does not exist: nobody can send real money there. */
export const bank = {
  code: '9999',
  name: '試験銀行',
  branchName: '振込用支店',
  holder: 'カイカン（シケン',
} as const;

export const zenginShape = ({ branchCode, accountNumber }: ZenginAccount) => ({
  account_holder_address: address,
  account_holder_name: bank.holder,
  account_number: accountNumber,
  account_type: 'futsu',
  bank_address: address,
  bank_code: bank.code,
  bank_name: bank.name,
  branch_code: branchCode,
  branch_name: bank.branchName,
});

export const cashBalanceShape = (customer: Customer, availableYen: number) => ({
  object: 'cash_balance',
  available: availableYen === 0 ? null : { jpy: availableYen },
  customer: customer.id,
  customer_account: null,
  livemode: false,
  settings: { reconciliation_mode: 'automatic', using_merchant_default: true },
});

export const customerShape = (customer: Customer) => ({
  id: customer.id,
  object: 'customer',
  balance: 0,
  created: customer.created,
  default_source: null,
  description: customer.description,
  email: customer.email,
  invoice_settings: {
    custom_fields: null,
    default_payment_method: null,
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: customer.metadata,
  name: customer.name,
  shipping: null,
});

const moveDetails = ({ type, intentId, sender }: CashMove) => {
  if (type !== 'funded') return { [type]: { payment_intent: intentId } };
  const names = {
    sender_bank: sender?.bank ?? null,
    sender_branch: sender?.branch ?? null,
    sender_name: sender?.name ?? null,
  };
  return {
    funded: {
      bank_transfer: { jp_bank_transfer: names, reference: null, type: 'jp_bank_transfer' },
    },
  };
};

export const cashMoveShape = (move: CashMove) => ({
  id: move.id,
  object: 'customer_cash_balance_transaction',
  created: move.created,
  currency: 'jpy',
  customer: move.customerId,
  customer_account: null,
  ending_balance: move.endingBalance,
  livemode: false,
  net_amount: move.netAmount,
  type: move.type,
  ...moveDetails(move),
});
