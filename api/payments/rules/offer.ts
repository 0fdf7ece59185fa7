import type { BillingAccount } from '../../billing_accounts/rules.ts';
import { atField } from '../../shared/fields.ts';
import { hasRole, type Actor } from '../../shared/actor.ts';
import { sentenceOf, type AppError } from '../../shared/error.ts';
import type { Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, addMinutes, dayOf, instantAt, type LocalDay } from '../../shared/time.ts';
import { yenNumber } from '../../shared/wording.ts';
import { paymentErrors } from '../errors.ts';
import { paymentMethods, type PaymentMethod } from './attempt.ts';
import { isChargeable, isPayable, type Charge } from './charge.ts';
import type { Due } from './ledger.ts';

/** What Stripe takes by card at the least. */
const cardYenMin = 50;
export const konbiniYenMin = 120;
export const konbiniYenMax = 300_000;
const voucherDaysMost = 14;
// Stripe tells about an hour after the expiry that nothing was paid; by the due day we know.
const bufferMinutes = 180;
// Stripe asks for more than 30 minutes when the request arrives.
const soonestMinutes = 35;
const cardMinutes = 60;
const descriptionMax = 22;

/** Everything the ways to pay are decided from. */
export interface Situation {
  readonly billingAccount: Pick<BillingAccount, 'stage' | 'venueId' | 'isProvisional'>;
  readonly charge: Charge | undefined;
  readonly owedYen: Yen;
  /** The part that is to be paid; everything where absent. */
  readonly part?: Pick<Due, 'openYen' | 'dueOn'> | undefined;
  readonly actor: Actor;
  readonly hasStripe: boolean;
  readonly chargesProvisionalFees: boolean;
  readonly now: Date;
}

export interface OfferedMethod {
  readonly method: PaymentMethod;
  readonly isAvailable: boolean;
  readonly reasonJa?: string;
  readonly reasonEn?: string;
}

/** Three hours before the end of the due day or of the fourteenth day; undefined when that is too soon. */
export const voucherExpiry = (dueOn: LocalDay, now: Date): Date | undefined => {
  const today = dayOf(now);
  const latest = addDays(today, voucherDaysMost);
  const due = dueOn < today ? today : dueOn;
  const lastDay = due < latest ? due : latest;
  const expiresAt = addMinutes(instantAt(lastDay, '24:00'), -bufferMinutes);
  return expiresAt > addMinutes(now, soonestMinutes) ? expiresAt : undefined;
};

export const cardExpiry = (now: Date): Date => addMinutes(now, cardMinutes);

/** What the store's screen shows: 22 characters of JIS X 0208 at most. */
export const productDescription = (number: string): string =>
  `利用料金 ${number}`.slice(0, descriptionMax);

const withSeparators = (amount: number) => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

/** How much is paid, and by when. */
const paidNow = ({ charge, owedYen, part }: Situation): { amountYen: Yen; dueOn: LocalDay } =>
  part
    ? { amountYen: part.openYen, dueOn: part.dueOn }
    : { amountYen: owedYen, dueOn: charge!.dueOn };

const cardObstacle = (situation: Situation): AppError | undefined => {
  const { amountYen } = paidNow(situation);
  return amountYen < cardYenMin
    ? paymentErrors.card_amount_too_small({
        params: { minYen: withSeparators(cardYenMin) },
        detail: { minYen: cardYenMin, amountYen },
      })
    : undefined;
};

const konbiniObstacle = (situation: Situation): AppError | undefined => {
  const { amountYen, dueOn } = paidNow(situation);
  if (amountYen < konbiniYenMin || amountYen > konbiniYenMax) {
    return paymentErrors.konbini_amount_out_of_range({
      params: { minYen: withSeparators(konbiniYenMin), maxYen: withSeparators(konbiniYenMax) },
      detail: { minYen: konbiniYenMin, maxYen: konbiniYenMax, amountYen },
    });
  }
  return voucherExpiry(dueOn, situation.now) ? undefined : paymentErrors.konbini_too_late();
};

const deskObstacle = (method: PaymentMethod, { actor, billingAccount }: Situation) => {
  if (method === 'cash') {
    const isAtDesk = hasRole(actor, billingAccount.venueId, ['desk', 'finance', 'manager']);
    return isAtDesk ? undefined : paymentErrors.at_desk_only();
  }
  const isInFinance = hasRole(actor, billingAccount.venueId, ['finance', 'manager']);
  if (isInFinance) return undefined;
  return method === 'slip'
    ? paymentErrors.slip_by_venue_only()
    : paymentErrors.transfer_by_venue_only();
};

/** What is kept of what was given up is paid like any charge. */
const takesMoney = ({ billingAccount, charge }: Situation): boolean =>
  isPayable(billingAccount) || (billingAccount.stage === 'ended' && charge !== undefined);

const chargeObstacle = (situation: Situation): AppError | undefined => {
  const { billingAccount, charge, owedYen, chargesProvisionalFees } = situation;
  if (!takesMoney(situation)) {
    return paymentErrors.not_payable({ detail: { stage: billingAccount.stage } });
  }
  if (!isChargeable(charge ?? billingAccount, chargesProvisionalFees)) {
    return paymentErrors.provisional_not_chargeable();
  }
  if (!charge) return paymentErrors.charge_not_ready({ retryAfterSeconds: 3 });
  return owedYen <= 0 ? paymentErrors.nothing_to_pay() : undefined;
};

/** Whether Stripe is asked: a card, a store, and the account of its own an organizer transfers to. */
export const isOnline = (
  method: PaymentMethod,
  { actor, hasStripe }: Pick<Situation, 'actor' | 'hasStripe'>,
): boolean => {
  if (method === 'bank_transfer') return actor.kind === 'organizer' && hasStripe;
  return method === 'card' || method === 'konbini';
};

const methodObstacle = (method: PaymentMethod, situation: Situation): AppError | undefined => {
  if (!isOnline(method, situation)) return deskObstacle(method, situation);
  if (!situation.hasStripe) return paymentErrors.online_unavailable();
  if (method === 'card') return cardObstacle(situation);
  return method === 'konbini' ? konbiniObstacle(situation) : undefined;
};

const obstacle = (method: PaymentMethod, situation: Situation): AppError | undefined =>
  chargeObstacle(situation) ?? methodObstacle(method, situation);

/** The charge, how much to pay and by when, if this way of paying is open now. */
export const decidePayment = (
  method: PaymentMethod,
  situation: Situation,
): Result<{ charge: Charge; amountYen: Yen; dueOn: LocalDay }> => {
  // The past of the demonstration year was paid in every way there is.
  const error =
    situation.actor.kind === 'import' ? chargeObstacle(situation) : obstacle(method, situation);
  return error ? refuse(error) : ok({ charge: situation.charge!, ...paidNow(situation) });
};

/** Every way to pay, with the reason where one is closed. */
export const offeredMethods = (situation: Situation): OfferedMethod[] =>
  paymentMethods.map((method) => {
    const error = obstacle(method, situation);
    return error
      ? {
          method,
          isAvailable: false,
          reasonJa: sentenceOf(error, 'ja'),
          reasonEn: sentenceOf(error, 'en'),
        }
      : { method, isAvailable: true };
  });

/** Cash covers what is due; what is more goes back as change. */
export const decideHanded = (amountYen: Yen, handedYen: Yen | undefined): Result<Yen | null> => {
  if (handedYen === undefined) return ok(null);
  if (handedYen >= amountYen) return ok(handedYen);
  const error = paymentErrors.handed_too_little({ params: { due: yenNumber(amountYen) } });
  return refuse(atField('handedYen', error));
};
