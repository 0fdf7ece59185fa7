import Stripe from 'stripe';
import { secondsOf, type Desk } from './desk.ts';
import type { StoredEvent } from './ledger.ts';

export type Send = (request: Request) => Response | Promise<Response>;

const retrySeconds = [5, 30, 120, 600, 3_600, 6 * 3_600, 24 * 3_600, 24 * 3_600];
const secondsToAnswer = 10;
const deliveredKept = 500;

const sign = (payload: string, secret: string, timestamp: number): string =>
  new Stripe('sk_test_signs_only').webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp,
  });

export interface Delivery {
  /** Delivers every event whose time has come, oldest first; answers how many arrived. */
  deliverDue(): Promise<number>;
  /** Delivers one event now, before or after its turn; answers the receiver's status. */
  deliver(eventId: string): Promise<number>;
  /** An event that never arrives. */
  lose(eventId: string): void;
  /** Sends an event again, whether or not it arrived before; answers the receiver's status. */
  redeliver(eventId: string): Promise<number>;
}

const findEvent = (desk: Desk, eventId: string): StoredEvent => {
  const event = desk.ledger.events.find(({ id }) => id === eventId);
  if (!event) throw new RangeError(`no such event: ${eventId}`);
  return event;
};

const hasArrived = (status: number) => status >= 200 && status < 300;

const nextTry = (desk: Desk, tries: number): number | null => {
  const wait = retrySeconds[tries - 1];
  return wait === undefined ? null : desk.now().getTime() + wait * 1_000;
};

const forgetOld = ({ ledger }: Desk) => {
  const open = ledger.events.filter(({ nextTryAt }) => nextTryAt !== null);
  const closed = ledger.events.filter(({ nextTryAt }) => nextTryAt === null);
  if (closed.length <= deliveredKept) return;
  const kept = new Set([...open, ...closed.slice(-deliveredKept)]);
  ledger.events = ledger.events.filter((event) => kept.has(event));
};

export const createDelivery = (
  desk: Desk,
  receiver: { url: () => string; secret: string; send: Send },
): Delivery => {
  const post = async (event: StoredEvent): Promise<number> => {
    const signature = sign(event.payload, receiver.secret, secondsOf(desk.now()));
    const request = new Request(receiver.url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body: event.payload,
      signal: AbortSignal.timeout(secondsToAnswer * 1_000),
    });
    try {
      const response = await receiver.send(request);
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  };

  const deliver = async (event: StoredEvent): Promise<number> => {
    const status = await post(event);
    event.tries += 1;
    event.nextTryAt = hasArrived(status) ? null : nextTry(desk, event.tries);
    return status;
  };

  const deliverDue = async () => {
    const now = desk.now().getTime();
    const due = desk.ledger.events.filter(
      ({ nextTryAt }) => nextTryAt !== null && nextTryAt <= now,
    );
    let arrived = 0;
    for (const event of due) if (hasArrived(await deliver(event))) arrived += 1;
    forgetOld(desk);
    if (due.length > 0) desk.changed();
    return arrived;
  };

  return {
    deliverDue,
    deliver: async (eventId) => {
      const status = await deliver(findEvent(desk, eventId));
      desk.changed();
      return status;
    },
    lose: (eventId) => {
      findEvent(desk, eventId).nextTryAt = null;
      desk.changed();
    },
    redeliver: (eventId) => post(findEvent(desk, eventId)),
  };
};
