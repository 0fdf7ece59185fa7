import { and, eq, getTableColumns, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { keyset } from '#db/keyset.server.ts';
import { jobWorkers, mailboxMessages, mails } from '#db/schema/outbox.ts';
import type { PageOf } from '../shared/lists.ts';
import { searchPattern } from '../shared/search.ts';
import type { ListMailbox } from './schema.ts';

type MailboxFilter = Pick<ListMailbox, 'query'>;
export type Mail = typeof mails.$inferSelect;

export interface Job {
  readonly task: string;
  readonly payload: unknown;
  /** A second job with the same key replaces the first while that has not run. */
  readonly jobKey?: string;
  readonly runAt?: Date;
}

/** The job runs after, and only if, the transaction commits. */
export const insertJob = async (tx: Queryable, job: Job) => {
  await tx.execute(sql`select graphile_worker.add_job(
    ${job.task}::text,
    payload => ${JSON.stringify(job.payload)}::json,
    run_at => ${job.runAt?.toISOString() ?? null}::timestamptz,
    job_key => ${job.jobKey ?? null}::text
  )`);
};

/** By the clock of the database, as the queue itself: the clocks of two machines differ. */
export const saveWorkerHeard = async (db: Queryable, workerId: string): Promise<void> => {
  const heardAt = sql`now()`;
  await db
    .insert(jobWorkers)
    .values({ id: workerId, heardAt })
    .onConflictDoUpdate({ target: jobWorkers.id, set: { heardAt } });
};

/** What a worker that is no more had begun is due again. */
export const giveBackJobs = async (db: Queryable, workerId: string): Promise<void> => {
  await db.execute(sql`select graphile_worker.force_unlock_workers(array[${workerId}::text])`);
  await db.delete(jobWorkers).where(eq(jobWorkers.id, workerId));
};

/** A worker is heard every ten seconds; what began a moment ago may be of one that was not heard yet. */
const isLongAgo = (at: SQLWrapper) => sql`${at} < now() - interval '40 seconds'`;

/** The jobs of workers that are heard no more are due again, whoever frees them first. */
export const giveBackAbandonedJobs = async (db: Queryable): Promise<void> => {
  await db.delete(jobWorkers).where(isLongAgo(jobWorkers.heardAt));
  await db.execute(sql`select graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker.jobs
    where ${isLongAgo(sql`locked_at`)} and locked_by not in (select id from ${jobWorkers})))`);
};

export const giveBackAllJobs = async (db: Queryable): Promise<void> => {
  await db.execute(sql`select graphile_worker.force_unlock_workers(
    array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`);
};

export const insertMail = async (tx: Queryable, mail: typeof mails.$inferInsert) => {
  await tx.insert(mails).values(mail);
};

export const findOptionalMail = async (db: Queryable, id: string): Promise<Mail | undefined> => {
  const [mail] = await db.select().from(mails).where(eq(mails.id, id));
  return mail;
};

export const saveMailState = async (
  tx: Queryable,
  id: string,
  change: Partial<Pick<Mail, 'state' | 'failure' | 'sentAt'>>,
) => {
  await tx.update(mails).set(change).where(eq(mails.id, id));
};

export const saveMailsSuppressed = async (
  tx: Queryable,
  { subjectIds, at }: { readonly subjectIds: readonly string[]; readonly at: Date },
): Promise<void> => {
  await tx
    .update(mails)
    .set({ state: 'suppressed' })
    .where(
      and(
        inArray(mails.subjectId, [...subjectIds]),
        eq(mails.createdAt, at),
        eq(mails.state, 'queued'),
      ),
    );
};

export const insertMailboxMessage = async (
  db: Queryable,
  message: typeof mailboxMessages.$inferInsert,
) => {
  await db.insert(mailboxMessages).values(message);
};

/** In every text of the letter, in the form of `searchText`. */
const holds = ({ query = '' }: MailboxFilter): SQL | undefined => {
  const pattern = searchPattern(query);
  const { toAddress, subject, body } = mailboxMessages;
  return pattern === undefined
    ? undefined
    : sql`search_text(${toAddress} || chr(10) || ${subject} || chr(10) || ${body}) like ${pattern}`;
};

export const countMailboxMessages = (db: Queryable, filter: MailboxFilter): Promise<number> =>
  db.$count(mailboxMessages, holds(filter));

export const listMailboxMessages = (
  db: Queryable,
  filter: MailboxFilter,
  page: PageOf<'receivedAt'>,
) => {
  const { receivedAt, id } = mailboxMessages;
  const { isAfter, order, at } = keyset({ receivedAt }, id, page);
  return db
    .select({ ...getTableColumns(mailboxMessages), at })
    .from(mailboxMessages)
    .where(and(holds(filter), isAfter))
    .orderBy(...order)
    .limit(page.limit);
};
