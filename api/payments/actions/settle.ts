import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBooking } from '../../bookings/actions/read.ts';
import type { Context } from '../../context.ts';
import { findOrganization } from '../../organizations/actions.ts';
import { enqueue, queueMail } from '../../outbox/actions.ts';
import { applyNews, type Attempt, type IntentNews } from '../rules/attempt.ts';
import { receivedMail, voucherMail, type MailSubject } from '../rules/mails.ts';
import {
  findAttemptForUpdate,
  findBalance,
  findOptionalLiveAttempt,
  insertMoneyEvent,
  saveAttempt,
} from '../store.ts';

interface Receiver extends MailSubject {
  readonly email: string;
}

const receiverOf = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Receiver> => {
  const { number, title, organizationId } = await findBooking(tx, bookingId);
  const { email, contactName } = await findOrganization(tx, organizationId);
  return { number, title, contactName, email, publicUrl: context.settings.publicUrl };
};

/** To the organizer, and to the address given for the payment where that is another. */
const sendVoucher = async (
  tx: Transaction,
  context: Context,
  attempt: Attempt,
  payerEmail: string | undefined,
) => {
  if (!attempt.voucher) return;
  const receiver = await receiverOf(tx, context, attempt.bookingId);
  const addresses = new Set([receiver.email, payerEmail ?? receiver.email]);
  for (const to of addresses) {
    await queueMail(tx, context, {
      topic: 'payments.voucher_issued',
      bookingId: attempt.bookingId,
      to,
      locale: 'ja',
      ...voucherMail(attempt, attempt.voucher, receiver),
    });
  }
};

/** Asks for the end of whatever attempt of the booking is still open; the job hears Stripe's answer. */
export const requestCancelOfLive = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<void> => {
  const live = await findOptionalLiveAttempt(tx, bookingId);
  if (!live) return;
  await saveAttempt(tx, { ...live, state: 'cancel_requested', updatedAt: context.now() });
  await enqueue(tx, { task: 'payments.cancel_attempt', payload: { attemptId: live.id } });
};

/** The ledger, the receipt, the mail: once for each attempt, whoever brings the news. */
export const recordReceived = async (
  tx: Transaction,
  context: Context,
  attempt: Attempt,
): Promise<void> => {
  const now = context.now();
  const isNew = await insertMoneyEvent(tx, {
    id: context.newId('money_event'),
    bookingId: attempt.bookingId,
    chargeId: attempt.chargeId,
    attemptId: attempt.id,
    kind: 'received',
    amountYen: -attempt.amountYen,
    cause: `received:${attempt.id}`,
    actor: context.actor,
    happenedAt: attempt.confirmedAt ?? now,
    recordedAt: now,
  });
  if (!isNew) return;
  await enqueue(tx, { task: 'payments.received', payload: { attemptId: attempt.id } });
  const { email, ...subject } = await receiverOf(tx, context, attempt.bookingId);
  await queueMail(tx, context, {
    topic: 'payments.received',
    bookingId: attempt.bookingId,
    to: email,
    locale: 'ja',
    ...receivedMail(attempt, subject),
  });
  const { owedYen } = await findBalance(tx, attempt.bookingId);
  if (owedYen <= 0) await requestCancelOfLive(tx, context, attempt.bookingId);
};

const deedOf: Readonly<Record<Attempt['state'], string>> = {
  created: 'payments.start',
  pending: 'payments.start',
  confirmed: 'payments.receive',
  failed: 'payments.fail',
  cancel_requested: 'payments.request_cancel',
  cancelled: 'payments.cancel',
};

/** Saves a changed attempt and leaves its trace in the history of the booking. */
export const saveMoved = async (
  tx: Transaction,
  context: Context,
  before: Attempt,
  after: Attempt,
): Promise<void> => {
  await saveAttempt(tx, after);
  if (before.state === after.state) return;
  const traceOf = ({ id, method, state, amountYen, failureCode, paidVia }: Attempt) => ({
    id,
    method,
    state,
    amountYen,
    failureCode,
    paidVia,
  });
  await recordAudit(tx, context, {
    action: deedOf[after.state],
    subjectId: after.bookingId,
    before: traceOf(before),
    after: traceOf(after),
  });
};

/** Brings an attempt to what Stripe says, in one transaction with everything that follows from it. */
export const settleAttempt = async (
  tx: Transaction,
  context: Context,
  attemptId: string,
  news: IntentNews,
  payerEmail?: string,
): Promise<Attempt> => {
  const before = await findAttemptForUpdate(tx, attemptId);
  const after = applyNews(before, news, context.now());
  if (after === before) return before;
  await saveMoved(tx, context, before, after);
  if (after.state === 'confirmed') await recordReceived(tx, context, after);
  if (before.state === 'created' && after.state === 'pending') {
    await sendVoucher(tx, context, after, payerEmail);
  }
  return after;
};
