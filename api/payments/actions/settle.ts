import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBillingAccount, subjectPage } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import { findRecipient } from '../../organizations/actions.ts';
import { enqueue, queueMail } from '../../outbox/actions.ts';
import { applyNews, isLive, type Attempt, type IntentNews } from '../rules/attempt.ts';
import { receivedMail, voucherMail, type MailSubject } from '../rules/mails.ts';
import { fundedMail, transferMail } from '../rules/transfer_mails.ts';
import { findAttemptForUpdate, findOptionalLiveAttempt, saveAttempt } from '../store/attempts.ts';
import { findBalance } from '../store/ledger.ts';
import { receiveMoney } from './ledger.ts';

interface Receiver extends MailSubject {
  readonly email: string | null;
}

export const receiverOf = async (
  tx: Transaction,
  context: Context,
  billingAccountId: string,
): Promise<Receiver> => {
  const account = await findBillingAccount(tx, context, billingAccountId);
  const { number, title, organizationId } = account;
  const { letterEmail, contactName, letterLanguage } = await findRecipient(tx, organizationId);
  const { publicUrl } = context.settings;
  const reader = { name: contactName, language: letterLanguage, publicUrl };
  const page = subjectPage(context, account);
  return { number, title, page, email: letterEmail, ...reader };
};

/** To the organizer, and to the address given for the payment where that is another. */
const sendVoucher = async (
  tx: Transaction,
  context: Context,
  attempt: Attempt,
  payerEmail: string | undefined,
) => {
  if (!attempt.voucher) return;
  const receiver = await receiverOf(tx, context, attempt.billingAccountId);
  const addresses = new Set([receiver.email, payerEmail ?? receiver.email]);
  for (const to of addresses) {
    await queueMail(tx, context, {
      topic: 'payments.voucher_issued',
      subjectId: attempt.billingAccountId,
      to,
      locale: receiver.language,
      ...voucherMail(attempt, attempt.voucher, receiver),
    });
  }
};

/** The account to transfer to; then, each time a part has arrived, what is still missing. */
const sendTransfer = async (
  tx: Transaction,
  context: Context,
  attempt: Attempt,
  topic: 'payments.transfer_opened' | 'payments.transfer_funded',
) => {
  if (!attempt.transfer) return;
  const { email, ...subject } = await receiverOf(tx, context, attempt.billingAccountId);
  const textOf = topic === 'payments.transfer_opened' ? transferMail : fundedMail;
  await queueMail(tx, context, {
    topic,
    subjectId: attempt.billingAccountId,
    to: email,
    locale: subject.language,
    ...textOf(attempt, attempt.transfer, subject),
  });
};

/** What a transfer has brought and the payment did not take is looked after when it is over. */
const followTransfer = async (tx: Transaction, before: Attempt, after: Attempt): Promise<void> => {
  if (after.method !== 'bank_transfer' || !isLive(before) || isLive(after)) return;
  const payload = { billingAccountId: after.billingAccountId };
  await enqueue(tx, { task: 'payments.keep_cash_of_account', payload });
};

/** Asks for the end of whatever attempt is still open; the job hears Stripe's answer. */
export const requestCancelOfLive = async (
  tx: Transaction,
  context: Context,
  billingAccountId: string,
): Promise<void> => {
  const live = await findOptionalLiveAttempt(tx, billingAccountId);
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
  const { venueId } = await findBillingAccount(tx, context, attempt.billingAccountId);
  const received = await receiveMoney(tx, context, {
    venueId,
    billingAccountId: attempt.billingAccountId,
    chargeId: attempt.chargeId,
    attemptId: attempt.id,
    method: attempt.method,
    amountYen: attempt.amountYen,
    paidVia: attempt.paidVia,
    receivedAt: attempt.confirmedAt ?? context.now(),
    cause: `received:${attempt.id}`,
  });
  if (!received) return;
  await enqueue(tx, { task: 'payments.received', payload: { attemptId: attempt.id } });
  const { email, ...subject } = await receiverOf(tx, context, attempt.billingAccountId);
  await queueMail(tx, context, {
    topic: 'payments.received',
    subjectId: attempt.billingAccountId,
    to: email,
    locale: subject.language,
    ...receivedMail(attempt, subject),
  });
  const { owedYen } = await findBalance(tx, attempt.billingAccountId);
  if (owedYen <= 0) await requestCancelOfLive(tx, context, attempt.billingAccountId);
};

const deedOf: Readonly<Record<Attempt['state'], string>> = {
  created: 'payments.start',
  pending: 'payments.start',
  confirmed: 'payments.receive',
  failed: 'payments.fail',
  cancel_requested: 'payments.request_cancel',
  cancelled: 'payments.cancel',
};

/** Saves a changed attempt and leaves its trace in the history of what is paid for. */
export const saveMoved = async (
  tx: Transaction,
  context: Context,
  before: Attempt,
  after: Attempt,
): Promise<void> => {
  await saveAttempt(tx, after);
  if (before.state === after.state) return;
  await followTransfer(tx, before, after);
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
    subjectId: after.billingAccountId,
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
    await sendTransfer(tx, context, after, 'payments.transfer_opened');
  } else if (after.state === 'pending' && after.fundedYen > before.fundedYen) {
    await sendTransfer(tx, context, after, 'payments.transfer_funded');
  }
  return after;
};
