import { Logger, run, runOnce, type Runner, type TaskList } from 'graphile-worker';
import { bookingsJobs } from './bookings/jobs.ts';
import { contextFor, type Context, type House } from './context.ts';
import { enqueue } from './outbox/actions.ts';
import { outboxJobs } from './outbox/jobs.ts';

type Job = (context: Context, payload: unknown) => Promise<unknown>;

const jobs: Readonly<Record<string, Job>> = { ...outboxJobs, ...bookingsJobs };

/** Who listens to what: a feature tells its event and does not know the features to its right. */
const listeners: Readonly<Record<string, readonly string[]>> = {
  'bookings.requested': [],
  'bookings.approved': ['payments.charge_booking', 'documents.issue_papers'],
  'bookings.refused': ['documents.issue_refusal'],
  'bookings.cancelled': ['payments.reverse_charge'],
  'bookings.withdrawn': [],
};

/** An event becomes one job for each listener, all or none. */
const tellListeners =
  (tasks: readonly string[]): Job =>
  (context, payload) =>
    context.transact(async (tx) => {
      for (const task of tasks) await enqueue(tx, { task, payload });
    });

const events = Object.fromEntries(
  Object.entries(listeners).map(([event, tasks]) => [event, tellListeners(tasks)]),
);

/** Times are UTC to the queue: Japan is nine hours ahead. */
const crontab = '* * * * * bookings.expire_holds';

const taskList = (house: House): TaskList =>
  Object.fromEntries(
    Object.entries({ ...jobs, ...events }).map(([name, job]) => [
      name,
      async (payload: unknown) => {
        await job(contextFor(house, { actor: { kind: 'job', name } }), payload);
      },
    ]),
  );

const quietLogger = (house: House) =>
  new Logger(() => (level, message) => {
    if (level === 'error') house.log.error(message);
  });

/** Runs queued and scheduled work until stopped; a running job may finish first. */
export const startWorker = async (house: House): Promise<Runner> =>
  run({
    connectionString: house.database.url,
    concurrency: 4,
    noHandleSignals: true,
    taskList: taskList(house),
    crontab,
    logger: quietLogger(house),
  });

/** Runs what is due now, in order, and returns: for tests and for seeding. */
export const runDueJobs = (house: House): Promise<void> =>
  runOnce({
    connectionString: house.database.url,
    concurrency: 1,
    noHandleSignals: true,
    taskList: taskList(house),
    logger: quietLogger(house),
  });
