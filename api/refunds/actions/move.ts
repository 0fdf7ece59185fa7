import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBillingAccount, subjectPage } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { enqueue } from '../../outbox/actions.ts';
import { findOptionalPayment, recordMoneyEvent } from '../../payments/actions/ledger.ts';
import { refundMail, type RefundMail } from '../rules/mails.ts';
import { isReturned, type Refund } from '../rules/refund.ts';
import { saveRefund } from '../store/refunds.ts';
import { rebateReturned, findBeyondYen } from './charge.ts';

/** Money that never was anybody's has nobody we could write to. */
const tell = async (
  tx: Transaction,
  context: Context,
  mail: RefundMail,
  refund: Refund,
): Promise<void> => {
  if (!refund.billingAccountId) return;
  const billingAccount = await findBillingAccount(tx, context, refund.billingAccountId);
  const payment = await findOptionalPayment(tx, refund.paymentId);
  const { number, title } = billingAccount;
  const subject = { number, title, page: subjectPage(context, billingAccount) };
  const isCard = payment?.method === 'card';
  const beyondYen = mail === 'approved' ? await findBeyondYen(tx, refund) : 0;
  await writeLetter(tx, context, await findRecipient(tx, billingAccount.organizationId), {
    topic: `refunds.${mail}`,
    subjectId: billingAccount.id,
    write: (reader) => refundMail(mail, refund, { ...reader, ...subject, isCard, beyondYen }),
  });
};

const mailAfter = (before: Refund, after: Refund): RefundMail | undefined => {
  if (before.state === after.state) return undefined;
  if (isReturned(after)) return 'finished';
  switch (after.state) {
    case 'approved':
      return 'approved';
    case 'failed':
      return 'failed';
    case 'awaiting_customer':
      return before.state === 'approved' ? undefined : 'bounced';
    default:
      return undefined;
  }
};

const record = (
  tx: Transaction,
  context: Context,
  { id, venueId, billingAccountId, paymentId, amountYen, version, state }: Refund,
  kind: 'returned' | 'return_bounced',
) =>
  recordMoneyEvent(tx, context, {
    venueId,
    billingAccountId,
    paymentId,
    refundId: id,
    kind,
    amountYen: kind === 'returned' ? amountYen : -amountYen,
    // Told apart for good: what we pay out of our own account never went through Stripe.
    cause: `${state === 'paid_out' ? state : kind}:${id}:${version}`,
  });

/** Payee accounts stay out of the record of acts: only finance may read them. */
export const traceOf = ({ payee, ...refund }: Refund) => ({ ...refund, hasPayee: payee !== null });

/** Saves a changed refund with all that follows from it: the ledger, the mail, the next job. */
export const saveMoved = async (
  tx: Transaction,
  context: Context,
  { before, after, deed }: { before: Refund; after: Refund; deed: string },
): Promise<Refund> => {
  await saveRefund(tx, after);
  await recordAudit(tx, context, {
    action: `refunds.${deed}`,
    subjectId: after.id,
    before: traceOf(before),
    after: traceOf(after),
  });
  if (isReturned(before) && !isReturned(after)) await record(tx, context, after, 'return_bounced');
  if (!isReturned(before) && isReturned(after)) {
    await record(tx, context, after, 'returned');
    if (after.reducesCharge) await rebateReturned(tx, context, after);
    await enqueue(tx, { task: 'refunds.finished', payload: { refundId: after.id } });
  }
  const mail = mailAfter(before, after);
  if (mail) await tell(tx, context, mail, after);
  if (after.state === 'approved' && before.state === 'proposed' && after.route === 'stripe') {
    await enqueue(tx, { task: 'refunds.execute', payload: { refundId: after.id } });
  }
  return after;
};
