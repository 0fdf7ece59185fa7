import { randomBytes, randomInt } from 'node:crypto';
import type { Charge, Intent, Ledger, PaymentMethod, StoreChain, StoredEvent } from './ledger.ts';
import type { CreatedParameters } from './parameters.ts';
import { unknownObject } from './refusal.ts';
import { chargeShape, eventPayload, intentShape } from './shapes.ts';

/** What every operation of the stand-in works with. */
export interface Desk {
  readonly ledger: Ledger;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** After every change: keeps the ledger and wakes the delivery. */
  readonly changed: () => void;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const newStripeId = (prefix: string, length = 24): string =>
  `${prefix}_${[...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('')}`;

export const randomDigits = (length: number): string =>
  Array.from({ length }, (_, at) => randomInt(at === 0 ? 1 : 0, 10)).join('');

export const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1_000);

/** Whether something was made in the span a list is asked for. */
export const wasCreated = ({ created }: { created: number }, span: CreatedParameters = {}) =>
  created > (span.gt ?? -Infinity) &&
  created >= (span.gte ?? -Infinity) &&
  created < (span.lt ?? Infinity) &&
  created <= (span.lte ?? Infinity);

export const findIntent = (desk: Desk, id: string): Intent => {
  const intent = desk.ledger.intents[id];
  if (!intent) throw unknownObject('payment_intent', id);
  return intent;
};

export const announce = (desk: Desk, type: string, object: object): StoredEvent => {
  const id = newStripeId('evt');
  const created = secondsOf(desk.now());
  const event: StoredEvent = {
    id,
    type,
    created,
    payload: eventPayload({ id, type, created, object }),
    tries: 0,
    nextTryAt: desk.now().getTime(),
  };
  desk.ledger.events.push(event);
  desk.changed();
  return event;
};

export const announceIntent = (desk: Desk, type: string, intent: Intent): StoredEvent =>
  announce(desk, `payment_intent.${type}`, intentShape(intent, desk.ledger, desk.publicUrl));

const insertCharge = (
  desk: Desk,
  intent: Intent,
  outcome: { method: PaymentMethod; isPaid: boolean; chain: StoreChain | null },
): Charge => {
  const charge: Charge = {
    id: newStripeId('ch'),
    intentId: intent.id,
    created: secondsOf(desk.now()),
    amount: intent.amount,
    ...outcome,
  };
  desk.ledger.charges[charge.id] = charge;
  intent.latestChargeId = charge.id;
  return charge;
};

export const succeed = (
  desk: Desk,
  intent: Intent,
  method: PaymentMethod,
  chain: StoreChain | null,
) => {
  const charge = insertCharge(desk, intent, { method, isPaid: true, chain });
  intent.status = 'succeeded';
  intent.method = method;
  intent.lastError = null;
  announceIntent(desk, 'succeeded', intent);
  announce(desk, 'charge.succeeded', chargeShape(charge, desk.ledger));
};

export const fail = (desk: Desk, intent: Intent, error: NonNullable<Intent['lastError']>) => {
  if (intent.method?.card) {
    const charge = insertCharge(desk, intent, {
      method: intent.method,
      isPaid: false,
      chain: null,
    });
    announce(desk, 'charge.failed', chargeShape(charge, desk.ledger));
  }
  intent.status = 'requires_payment_method';
  intent.lastError = error;
  announceIntent(desk, 'payment_failed', intent);
};
