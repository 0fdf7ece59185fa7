import { createHmac } from 'node:crypto';
import type { Queryable, Transaction } from '#db/client.server.ts';
import type { ReceivedMail } from '../adapters/mailbox.ts';
import { hasAnyRole } from '../accounts/rules.ts';
import { accountErrors } from '../accounts/errors.ts';
import type { Context } from '../context.ts';
import type { Language } from '../shared/languages.ts';
import { listed, pageAsked } from '../shared/lists.ts';
import { asLine } from '../shared/text.ts';
import { mailboxList, type ListMailbox } from './schema.ts';
import {
  countMailboxMessages,
  findOptionalMail,
  insertJob,
  insertMail,
  insertMailboxMessage,
  listMailboxMessages,
  saveMailState,
  saveMailsSuppressed,
  type Job,
} from './store.ts';

export interface NewMail {
  readonly topic: string;
  /** What it is about. */
  readonly subjectId?: string | null;
  /** Null of somebody who gave no address: nothing is written then. */
  readonly to: string | null;
  readonly locale: Language;
  readonly subject: string;
  readonly body: string;
  /** What the secret of the letter is made from, where it has one: it stands at `secretPlace`. */
  readonly secretId?: string;
}

export const secretPlace = '{secret}';

/** A secret that need not be kept: whoever has the key of the house makes it again from an id. */
export const secretOf = ({ settings }: Pick<Context, 'settings'>, id: string): string =>
  createHmac('sha256', settings.sessionSecret).update(`secret ${id}`).digest('base64url');

/** Asks for a job in the transaction that makes it necessary. */
export const enqueue = (tx: Queryable, job: Job): Promise<void> => insertJob(tx, job);

/** Writes a mail and the job that sends it; the past of the demonstration year sends nothing. */
export const queueMail = async (
  tx: Transaction,
  context: Context,
  mail: NewMail,
): Promise<string> => {
  const id = context.newId('mail');
  if (mail.to === null) return id;
  const { lettersLeaveAt } = context;
  const isUnsaid = context.actor.kind === 'import' || lettersLeaveAt === 'never';
  const written = insertMail(tx, {
    id,
    topic: mail.topic,
    subjectId: mail.subjectId ?? null,
    toAddress: mail.to,
    locale: mail.locale,
    subject: asLine(mail.subject),
    body: mail.body,
    secretId: mail.secretId ?? null,
    state: isUnsaid ? 'suppressed' : 'queued',
    createdAt: context.now(),
  });
  if (isUnsaid) await written;
  else {
    const later = lettersLeaveAt === undefined ? {} : { runAt: lettersLeaveAt };
    const job = { task: 'outbox.send_mail', payload: { mailId: id }, ...later };
    await Promise.all([written, insertJob(tx, job)]);
  }
  return id;
};

/** Takes letters back that were written at a moment and have not left. */
export const takeMailsBack = (
  tx: Transaction,
  written: { readonly subjectIds: readonly string[]; readonly at: Date },
): Promise<void> => saveMailsSuppressed(tx, written);

/** Sends a queued mail; a failure is kept on the row and thrown, so that the queue tries again. */
export const sendMail = async (context: Context, mailId: string): Promise<void> => {
  const db = context.database.db;
  const mail = await findOptionalMail(db, mailId);
  if (!mail || mail.state === 'sent' || mail.state === 'suppressed') return;
  try {
    const envelope = mail.subjectId ? await context.envelopeOf(context, mail.subjectId) : {};
    await context.mailer.send({
      id: mail.id,
      to: mail.toAddress,
      subject: mail.subject,
      body: mail.secretId
        ? mail.body.replace(secretPlace, secretOf(context, mail.secretId))
        : mail.body,
      ...envelope,
    });
  } catch (error) {
    await saveMailState(db, mailId, { state: 'failed', failure: String(error) });
    throw error;
  }
  await saveMailState(db, mailId, { state: 'sent', failure: null, sentAt: context.now() });
};

export const keepMailboxMessage = async (
  house: Pick<Context, 'database' | 'newId' | 'now'>,
  mail: ReceivedMail,
): Promise<void> => {
  await insertMailboxMessage(house.database.db, {
    id: house.newId('mail'),
    receivedAt: house.now(),
    fromAddress: mail.from,
    toAddress: mail.to,
    subject: mail.subject,
    body: mail.body,
  });
};

/** What the local mail server received, newest first; staff only, demonstration only. */
export const listMailbox = async (context: Context, asked: ListMailbox) => {
  if (!hasAnyRole(context.actor)) throw accountErrors.forbidden();
  const [rows, total] = await Promise.all([
    listMailboxMessages(context.reads, asked, pageAsked(mailboxList, asked)),
    countMailboxMessages(context.reads, asked),
  ]);
  return listed(asked, rows, total);
};
