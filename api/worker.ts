import { Logger, run, runOnce, type Runner, type TaskList } from 'graphile-worker';
import { contextFor, type Context, type House } from './context.ts';
import { outboxJobs } from './outbox/jobs.ts';

type Job = (context: Context, payload: unknown) => Promise<unknown>;

const jobs: Readonly<Record<string, Job>> = { ...outboxJobs };

/** Times are UTC to the queue: Japan is nine hours ahead. */
const crontab = '';

const taskList = (house: House): TaskList =>
  Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
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
