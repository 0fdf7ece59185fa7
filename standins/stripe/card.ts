import {
  announceIntent,
  fail,
  findIntent,
  newStripeId,
  secondsOf,
  succeed,
  type Desk,
} from './desk.ts';
import type { Intent, PaymentMethod } from './ledger.ts';
import { invalidRequest, StripeRefusal } from './refusal.ts';

export const cardYenMin = 50;

type Outcome = 'paid' | 'declined' | 'asked';

const outcomeOfNumber: Readonly<Record<string, Outcome>> = {
  '4242424242424242': 'paid',
  '5555555555554444': 'paid',
  // Paid as any other; their refunds arrive later, or come back.
  '4000000000007726': 'paid',
  '4000000000005126': 'paid',
  '4000000000000002': 'declined',
  '4000002760003184': 'asked',
};

export interface CardEntry {
  readonly clientSecret: string;
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly returnUrl: string;
}

const declined = {
  type: 'card_error' as const,
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'カードが承認されませんでした。別のカードをお試しください。',
};

const notAuthenticated = {
  type: 'card_error' as const,
  code: 'payment_intent_authentication_failure',
  message: '本人認証ができませんでした。もう一度お試しいただくか、別のカードをご利用ください。',
};

const cardRefusal = (code: string, message: string) =>
  new StripeRefusal(402, { type: 'card_error', code, message });

const passesLuhn = (number: string) => {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
};

/** `12/34` as the month it ends in; the card is good until that month is over. */
const hasExpired = (expiry: string, now: Date): boolean => {
  const parts = /^(0[1-9]|1[0-2])\/?(\d{2})$/.exec(expiry);
  if (!parts)
    throw cardRefusal('incomplete_expiry', '有効期限を月／年（例：12/34）で入力してください。');
  return Date.UTC(2000 + Number(parts[2]), Number(parts[1]), 1) <= now.getTime();
};

const readCard = (entry: CardEntry, now: Date) => {
  const number = entry.number.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{14,19}$/.test(number)) {
    throw cardRefusal('incomplete_number', 'カード番号が不完全です。ご確認ください。');
  }
  if (!passesLuhn(number)) {
    throw cardRefusal('invalid_number', 'カード番号に誤りがあります。ご確認ください。');
  }
  if (hasExpired(entry.expiry.normalize('NFKC').replace(/\s/g, ''), now)) {
    throw cardRefusal('invalid_expiry_year_past', 'カードの有効期限が切れています。');
  }
  if (!/^\d{3,4}$/.test(entry.cvc.normalize('NFKC').trim())) {
    throw cardRefusal('incomplete_cvc', 'セキュリティコードを3〜4桁で入力してください。');
  }
  const outcome = outcomeOfNumber[number];
  if (!outcome) {
    throw cardRefusal('card_declined', '試験環境では試験用のカード番号だけが使えます。');
  }
  return { number, outcome };
};

const findBySecret = (desk: Desk, clientSecret: string): Intent => {
  const intent = findIntent(desk, clientSecret.split('_secret_')[0]!);
  if (intent.clientSecret !== clientSecret) {
    throw invalidRequest('The client_secret provided does not match.', { param: 'client_secret' });
  }
  return intent;
};

const methodOf = (number: string, now: number): PaymentMethod => ({
  id: newStripeId('pm'),
  type: 'card',
  created: now,
  billing: { name: null, email: null, phone: null },
  card: { brand: number.startsWith('5') ? 'mastercard' : 'visa', last4: number.slice(-4) },
});

/** Confirms with a card as Stripe.js does; a decline throws, the bank's question is `requires_action`. */
export const payCard = (desk: Desk, entry: CardEntry): Intent => {
  const intent = findBySecret(desk, entry.clientSecret);
  if (!intent.types.includes('card') || intent.status !== 'requires_payment_method') {
    throw invalidRequest(`This PaymentIntent cannot be confirmed: ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  const { number, outcome } = readCard(entry, desk.now());
  intent.method = methodOf(number, secondsOf(desk.now()));
  intent.returnUrl = entry.returnUrl;
  if (outcome === 'declined') {
    fail(desk, intent, declined);
    throw new StripeRefusal(402, declined);
  }
  if (outcome === 'asked') {
    intent.status = 'requires_action';
    announceIntent(desk, 'requires_action', intent);
  } else succeed(desk, intent, intent.method, null);
  return intent;
};

/** The bank's page is answered: the customer is who they say, or is not. */
export const answerBank = (desk: Desk, id: string, isAuthentic: boolean): Intent => {
  const intent = findIntent(desk, id);
  if (intent.status !== 'requires_action' || !intent.method?.card) {
    throw invalidRequest(`Nothing is asked of this PaymentIntent: ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  if (isAuthentic) succeed(desk, intent, intent.method, null);
  else fail(desk, intent, notAuthenticated);
  return intent;
};
