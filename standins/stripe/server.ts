import type { Hono } from 'hono';
import { createStripeApi } from './api.ts';
import { payCard, type CardEntry } from './card.ts';
import { createDelivery, type Delivery, type Send } from './delivery.ts';
import { announce, type Desk } from './desk.ts';
import { closeDispute, openDispute, type DisputeOptions } from './disputes.ts';
import { expireVoucher, holdAtTill, payVoucher, settleVouchers } from './konbini.ts';
import {
  openLedger,
  type Dispute,
  type Intent,
  type Refund,
  type Sender,
  type StoreChain,
} from './ledger.ts';
import { openLine, type Cut } from './line.ts';
import { createStandInPages } from './pages.ts';
import {
  bounceRefund,
  expireRefund,
  failRefund,
  giveRefundAccount,
  refundByHand,
  settleRefund,
  settleRefunds,
} from './refunds.ts';
import { transferTo } from './transfers.ts';

export interface StripeStandInOptions {
  readonly now: () => Date;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Asked for at every delivery: the server may learn its port after it starts. */
  readonly webhookUrl: () => string;
  /** Where people open the voucher and the bank's page. */
  readonly publicUrl: string;
  readonly stateFile?: string;
  readonly port?: number;
  /** How events reach the receiver; over the network unless told otherwise. */
  readonly send?: Send;
  /** Without it nothing happens by itself: time passes with `advance`. */
  readonly tickMilliseconds?: number;
}

export interface StripeStandIn extends Delivery {
  /** `/v1/…` and the pages, on loopback. */
  readonly port: number;
  /** The pages for people, under `/stand-in/stripe/`. */
  readonly pages: Hono;
  /** Pays, expires and delivers what is due by now. */
  advance(): Promise<void>;
  payVoucher(intentId: string, chain?: StoreChain): void;
  expireVoucher(intentId: string): void;
  holdAtTill(intentId: string): void;
  payCard(entry: CardEntry): Intent;
  /** A transfer reaches the account of the customer the payment belongs to. */
  transfer(intentId: string, amount: number, sender?: Sender): void;
  giveRefundAccount(refundId: string, accountNumber?: string): void;
  settleRefund(refundId: string): void;
  bounceRefund(refundId: string): void;
  failRefund(refundId: string, reason?: string): void;
  expireRefund(refundId: string): void;
  /** What people do on Stripe's own pages, or the bank of a payer: nothing of it is ours. */
  refundByHand(intentId: string, amount?: number): Refund;
  openDispute(intentId: string, options?: DisputeOptions): Dispute;
  closeDispute(disputeId: string, end: 'won' | 'lost'): void;
  /** Tells of anything else that Stripe knows and we do not. */
  announce(type: string, object: object): void;
  listDisputes(): readonly Readonly<Dispute>[];
  listRefunds(): readonly Readonly<Refund>[];
  /** From now on requests it points at lose their line; without one the line is whole again. */
  cutLine(cut?: Cut): void;
  /** Every event with the payment it belongs to, or the id of what it tells of. */
  listEvents(): readonly { id: string; type: string; intentId: string; isDelivered: boolean }[];
  listIntents(): readonly Readonly<Intent>[];
  close(): Promise<void>;
}

const intentOf = (payload: string): string => {
  const { object } = (JSON.parse(payload) as { data: { object: Record<string, unknown> } }).data;
  const owner = object['object'] === 'payment_intent' ? undefined : object['payment_intent'];
  return String(owner ?? object['id']);
};

/** One turn at a time: a turn asked for while one runs follows it, once. */
const inTurn = (work: () => Promise<void>) => {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const turn = async () => {
    do {
      isAskedAgain = false;
      await work();
    } while (isAskedAgain);
  };
  return () => {
    if (running) isAskedAgain = true;
    else running = turn().finally(() => (running = undefined));
    return running!;
  };
};

/** Stripe on loopback, for the demonstration and the tests: same requests, events and refusals. */
export const startStripeStandIn = async (options: StripeStandInOptions): Promise<StripeStandIn> => {
  const { ledger, keep } = openLedger(options.stateFile);
  const isAutomatic = options.tickMilliseconds !== undefined;
  const desk: Desk = {
    ledger,
    publicUrl: options.publicUrl,
    now: options.now,
    changed: () => {
      keep();
      if (isAutomatic) setImmediate(() => void advance());
    },
  };
  const delivery = createDelivery(desk, {
    url: options.webhookUrl,
    secret: options.webhookSecret,
    send: options.send ?? fetch,
  });
  let isClosed = false;
  const advance = inTurn(async () => {
    if (isClosed) return;
    settleVouchers(desk);
    settleRefunds(desk);
    await delivery.deliverDue();
  });
  const api = createStripeApi(desk, options.secretKey);
  const pages = createStandInPages(desk);
  const { port, close, cutLine } = await openLine(api, pages, options.port);
  const timer = isAutomatic
    ? setInterval(() => void advance(), options.tickMilliseconds)
    : undefined;
  return {
    ...delivery,
    port,
    pages,
    advance,
    payVoucher: (intentId, chain) => payVoucher(desk, intentId, chain),
    expireVoucher: (intentId) => expireVoucher(desk, intentId),
    holdAtTill: (intentId) => holdAtTill(desk, intentId),
    payCard: (entry) => payCard(desk, entry),
    transfer: (intentId, amount, sender) => transferTo(desk, intentId, amount, sender),
    giveRefundAccount: (refundId, account) => giveRefundAccount(desk, refundId, account),
    settleRefund: (refundId) => settleRefund(desk, refundId),
    bounceRefund: (refundId) => bounceRefund(desk, refundId),
    failRefund: (refundId, reason) => failRefund(desk, refundId, reason),
    expireRefund: (refundId) => void expireRefund(desk, refundId),
    refundByHand: (intentId, amount) => refundByHand(desk, intentId, amount),
    openDispute: (intentId, given) => openDispute(desk, intentId, given),
    closeDispute: (disputeId, end) => closeDispute(desk, disputeId, end),
    announce: (type, object) => void announce(desk, type, object),
    listDisputes: () => Object.values(ledger.disputes),
    listRefunds: () => Object.values(ledger.refunds),
    cutLine,
    listEvents: () =>
      ledger.events.map(({ id, type, payload, nextTryAt, tries }) => ({
        id,
        type,
        intentId: intentOf(payload),
        isDelivered: nextTryAt === null && tries > 0,
      })),
    listIntents: () => Object.values(ledger.intents),
    close: async () => {
      clearInterval(timer);
      isClosed = true;
      await advance();
      await close();
    },
  };
};
