import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { queueMail } from '../../outbox/actions.ts';
import { addMinutes } from '../../shared/time.ts';
import type { Attempt } from '../rules/attempt.ts';
import { voucherReminderMail } from '../rules/mails.ts';
import { reminderAt, reminderMinutesMost } from '../rules/reminder.ts';
import { findAttemptForUpdate, listUnremindedVouchers, saveAttempt } from '../store/attempts.ts';
import { receiverOf } from './settle.ts';

const remindedMost = 200;

const remindOne = async (tx: Transaction, context: Context, id: string): Promise<void> => {
  const attempt: Attempt = await findAttemptForUpdate(tx, id);
  const { state, voucher, remindedAt, billingAccountId } = attempt;
  if (state !== 'pending' || !voucher || remindedAt) return;
  // `updatedAt` stays: it says when Stripe was heard of.
  await saveAttempt(tx, { ...attempt, remindedAt: context.now() });
  const { email, ...subject } = await receiverOf(tx, context, billingAccountId);
  await queueMail(tx, context, {
    topic: 'payments.voucher_reminder',
    subjectId: billingAccountId,
    to: email,
    locale: subject.language,
    ...voucherReminderMail(attempt, voucher, subject),
  });
};

/** Reminds, once, whoever holds a voucher that is about to lapse. */
export const remindOfVouchers = async (context: Context): Promise<{ reminded: number }> => {
  const now = context.now();
  const span = { from: now, until: addMinutes(now, reminderMinutesMost) };
  const found = await listUnremindedVouchers(context.database.db, span, remindedMost);
  const due = found.filter((attempt) => (reminderAt(attempt) ?? span.until) <= now);
  for (const { id } of due) await context.transact((tx) => remindOne(tx, context, id));
  return { reminded: due.length };
};
