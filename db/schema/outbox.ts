import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** A mail is written in the transaction that causes it; the worker sends it afterwards. */
export const mails = pgTable(
  'mails',
  {
    id: text('id').primaryKey(),
    topic: text('topic').notNull(),
    /** What it is about. */
    subjectId: text('subject_id'),
    toAddress: text('to_address').notNull(),
    locale: text('locale').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    /** What the token of the letter is made from as it leaves; the token itself is written nowhere. */
    secretId: text('secret_id'),
    /** `suppressed`: written by the demonstration year, whose past must not send mail today. */
    state: text('state', { enum: ['queued', 'sent', 'failed', 'suppressed'] }).notNull(),
    failure: text('failure'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (table) => [index().on(table.subjectId), index().on(table.createdAt)],
);

/** What the local mail server of the default start received; the staff's mailbox page shows it. */
export const mailboxMessages = pgTable('mailbox_messages', {
  id: text('id').primaryKey(),
  receivedAt: instant('received_at').notNull(),
  fromAddress: text('from_address').notNull(),
  toAddress: text('to_address').notNull(),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
});

/** Workers of the job queue that are alive; what one had begun that is heard no more is due again. */
export const jobWorkers = pgTable('job_workers', {
  id: text('id').primaryKey(),
  heardAt: instant('heard_at').notNull(),
});
