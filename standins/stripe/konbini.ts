import {
  announceIntent,
  fail,
  findIntent,
  newStripeId,
  randomDigits,
  secondsOf,
  succeed,
  type Desk,
} from './desk.ts';
import type { Intent, KonbiniOptions, PaymentMethod, StoreChain, Voucher } from './ledger.ts';
import type { ConfirmParameters } from './parameters.ts';
import { invalidRequest } from './refusal.ts';

export const konbiniYenMin = 120;
export const konbiniYenMax = 300_000;

const daySeconds = 86_400;
const japanOffsetSeconds = 9 * 3_600;
const soonestSeconds = 30 * 60;
const latestSeconds = 60 * daySeconds;
const failureLagSeconds = 3_600;
const testWaitSeconds = 180;
const rejectedNumber = '01234567890';

type Behaviour = 'ordinary' | 'succeeds_later' | 'succeeds' | 'expires' | 'expires_later' | 'never';

const behaviourOfNumber: Readonly<Record<string, Behaviour>> = {
  '11111111110': 'succeeds_later',
  '22222222220': 'succeeds',
  '33333333330': 'expires',
  '44444444440': 'expires_later',
  '55555555550': 'never',
};

const behaviourOfEmail: readonly (readonly [RegExp, Behaviour])[] = [
  [/succeed_immediately@/, 'succeeds'],
  [/expire_immediately@/, 'expires'],
  [/expire_with_delay@/, 'expires_later'],
  [/fill_never@/, 'never'],
];

// Stripe's test mode pays every other voucher by itself after three minutes. Here it waits for
// somebody at the till of the voucher page, so that an unpaid voucher can be shown.
const behaviourOf = (email: string, confirmationNumber: string | null): Behaviour =>
  behaviourOfNumber[confirmationNumber ?? ''] ??
  behaviourOfEmail.find(([pattern]) => pattern.test(email))?.[1] ??
  'ordinary';

/** 23:59:59 in Japan, `days` after the day of `instant`. */
const endOfDayAfter = (instant: number, days: number): number => {
  const day = Math.floor((instant + japanOffsetSeconds) / daySeconds) + days;
  return (day + 1) * daySeconds - japanOffsetSeconds - 1;
};

const optionName = (name: string) => `payment_method_options[konbini][${name}]`;

const checkNumber = (confirmationNumber: string) => {
  const param = optionName('confirmation_number');
  if (!/^\d{10,11}$/.test(confirmationNumber) || /^0+$/.test(confirmationNumber)) {
    throw invalidRequest('The confirmation number must be 10 to 11 digits, not all zeros.', {
      param,
    });
  }
  if (confirmationNumber === rejectedNumber) {
    throw invalidRequest('The confirmation number was rejected because it is too common.', {
      code: 'payment_intent_konbini_rejected_confirmation_number',
      param,
    });
  }
};

const checkExpiry = (options: KonbiniOptions, now: number) => {
  const param = optionName('expires_at');
  if (options.expires_at === null) return;
  if (options.expires_after_days !== null) {
    throw invalidRequest('expires_at and expires_after_days are mutually exclusive.', { param });
  }
  if (options.expires_at <= now + soonestSeconds) {
    throw invalidRequest('expires_at must be more than 30 minutes in the future.', { param });
  }
  if (options.expires_at >= now + latestSeconds) {
    throw invalidRequest('expires_at must be less than 60 days in the future.', { param });
  }
};

const checkAmount = (amount: number) => {
  const param = 'amount';
  if (amount < konbiniYenMin) {
    throw invalidRequest(`Amount must be at least ¥${konbiniYenMin} for konbini.`, {
      code: 'amount_too_small',
      param,
    });
  }
  if (amount > konbiniYenMax) {
    throw invalidRequest(`Amount must be no more than ¥${konbiniYenMax} for konbini.`, {
      code: 'amount_too_large',
      param,
    });
  }
};

const requiredBilling = (parameters: ConfirmParameters) => {
  const given = parameters.payment_method_data?.billing_details;
  for (const field of ['name', 'email'] as const) {
    if (given?.[field] !== undefined) continue;
    const param = `payment_method_data[billing_details][${field}]`;
    throw invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  return { name: given!.name!, email: given!.email!, phone: given!.phone ?? null };
};

/** The options as sent; whatever konbini would refuse is refused. */
export const readKonbiniOptions = (
  amount: number,
  parameters: ConfirmParameters,
  now: number,
): KonbiniOptions => {
  const given = parameters.payment_method_options?.konbini ?? {};
  const options: KonbiniOptions = {
    confirmation_number: given.confirmation_number ?? null,
    expires_after_days: given.expires_after_days ?? null,
    expires_at: given.expires_at ?? null,
    product_description: given.product_description ?? null,
  };
  checkAmount(amount);
  checkExpiry(options, now);
  if (options.confirmation_number !== null) checkNumber(options.confirmation_number);
  requiredBilling(parameters);
  return options;
};

const expiryOf = (intent: Intent, options: KonbiniOptions, behaviour: Behaviour, now: number) => {
  if (behaviour === 'expires') return now;
  if (behaviour === 'expires_later') return now + testWaitSeconds;
  return options.expires_at ?? endOfDayAfter(intent.created, options.expires_after_days ?? 3);
};

const voucherFor = (
  intent: Intent,
  options: KonbiniOptions,
  behaviour: Behaviour,
  now: number,
): Voucher => {
  const expiresAt = expiryOf(intent, options, behaviour, now);
  const failsAtOnce = behaviour === 'expires' || behaviour === 'expires_later';
  return {
    expiresAt,
    confirmationNumber: options.confirmation_number ?? randomDigits(11),
    paymentCodes: {
      familymart: randomDigits(6),
      lawson: randomDigits(6),
      ministop: randomDigits(6),
      seicomart: randomDigits(6),
    },
    succeedsAt: behaviour === 'succeeds_later' ? now + testWaitSeconds : null,
    failsAt: failsAtOnce ? expiresAt : expiresAt + failureLagSeconds,
    isPayable: behaviour === 'ordinary' || behaviour === 'succeeds_later',
    isAtTill: false,
  };
};

const expiredError = {
  type: 'invalid_request_error' as const,
  code: 'payment_intent_payment_attempt_expired',
  message: 'The customer did not pay before the voucher expired.',
};

export const confirmKonbini = (desk: Desk, intent: Intent, parameters: ConfirmParameters) => {
  const now = secondsOf(desk.now());
  const options = readKonbiniOptions(intent.amount, parameters, now);
  const billing = requiredBilling(parameters);
  const behaviour = behaviourOf(billing.email, options.confirmation_number);
  const method: PaymentMethod = {
    id: newStripeId('pm'),
    type: 'konbini',
    created: now,
    billing,
    card: null,
  };
  intent.method = method;
  intent.konbini = options;
  intent.lastError = null;
  intent.voucher = voucherFor(intent, options, behaviour, now);
  intent.status = 'requires_action';
  announceIntent(desk, 'requires_action', intent);
  if (behaviour === 'succeeds') succeed(desk, intent, method, 'familymart');
  if (behaviour === 'expires') fail(desk, intent, expiredError);
};

const findPending = (desk: Desk, id: string) => {
  const intent = findIntent(desk, id);
  if (intent.status !== 'requires_action' || !intent.voucher) {
    throw invalidRequest(`This voucher is no longer open: ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  return { intent, voucher: intent.voucher };
};

/** The customer pays; a slip printed before the expiry may be paid a little later. */
export const payVoucher = (desk: Desk, id: string, chain: StoreChain = 'familymart') => {
  const { intent, voucher } = findPending(desk, id);
  const hasExpired = voucher.expiresAt <= secondsOf(desk.now());
  if (!voucher.isPayable || (hasExpired && !voucher.isAtTill)) {
    throw invalidRequest('This voucher cannot be paid any more.', {
      code: 'payment_intent_payment_attempt_expired',
    });
  }
  succeed(desk, intent, intent.method!, chain);
};

/** The slip is printed and the customer stands in the queue: from now on a cancel fails. */
export const holdAtTill = (desk: Desk, id: string) => {
  findPending(desk, id).voucher.isAtTill = true;
  desk.changed();
};

export const expireVoucher = (desk: Desk, id: string) => {
  fail(desk, findPending(desk, id).intent, expiredError);
};

/** Vouchers whose moment has come: paid by themselves, or known to be unpaid. */
export const settleVouchers = (desk: Desk) => {
  const now = secondsOf(desk.now());
  for (const intent of Object.values(desk.ledger.intents)) {
    const { voucher, status } = intent;
    if (status !== 'requires_action' || !voucher) continue;
    if (voucher.succeedsAt !== null && voucher.succeedsAt <= now) {
      succeed(desk, intent, intent.method!, 'familymart');
    } else if (voucher.failsAt <= now) fail(desk, intent, expiredError);
  }
};
