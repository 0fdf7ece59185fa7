import { EventEmitter } from 'node:events';
import { run, type Runner, type RunnerOptions, type WorkerEvents } from 'graphile-worker';
import type { Logger } from 'pino';
import type { Pool } from 'pg';

export interface Queue {
  readonly options: Pick<RunnerOptions, 'taskList' | 'parsedCronItems' | 'logger'>;
  readonly log: Logger;
  readonly openPool: () => Pool;
  /** Says that this worker is alive, and takes over from those that are not. */
  readonly beat: (workerId: string) => Promise<void>;
  /** Gives the jobs back that this worker had and never finished. */
  readonly giveBack: (workerId: string) => Promise<void>;
}

export interface Worker {
  /** Running jobs may finish first. */
  readonly stop: () => Promise<void>;
}

/** A worker from its beginning until the database ended a connection that it needed. */
interface Life {
  readonly id: string;
  readonly pool: Pool;
  readonly runner: Runner;
  readonly running: ReadonlySet<Promise<unknown>>;
  readonly over: Promise<unknown>;
  readonly beating: NodeJS.Timeout;
}

const beatMilliseconds = 10_000;
const noticeMilliseconds = 5_000;
const backoffMilliseconds = [200, 500, 1_000, 2_000, 5_000, 10_000] as const;
const longMilliseconds = 30_000;

const pause = (milliseconds: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

/** The same tasks, and which of them are being done. */
const watched = (taskList: NonNullable<RunnerOptions['taskList']>) => {
  const running = new Set<Promise<unknown>>();
  const tasks = Object.fromEntries(
    Object.entries(taskList).map(([name, task]) => [
      name,
      async (...given: Parameters<NonNullable<typeof task>>) => {
        const done = Promise.resolve(task!(...given));
        running.add(done);
        try {
          await done;
        } finally {
          running.delete(done);
        }
      },
    ]),
  );
  return { tasks, running };
};

/**
 * A note of a finished job that was lost is not written again, and a job that was claimed may never have
 * arrived: what the database then says of this worker is not true, and it ends.
 */
const whatEndsIt = (events: WorkerEvents) =>
  new Promise<unknown>((resolve) => {
    events.once('pool:fatalError', ({ error }) => resolve(error));
    events.once('worker:getJob:error', ({ error }) => resolve(error));
    events.once('pool:gracefulShutdown', ({ message }) => resolve(message));
  });

const startBeating = (queue: Queue, id: string) => {
  const beat = () =>
    queue
      .beat(id)
      .catch((error: unknown) => queue.log.warn({ err: error }, 'a worker is not heard'));
  void beat();
  return setInterval(() => void beat(), beatMilliseconds);
};

const begin = async (queue: Queue): Promise<Life> => {
  const { options, openPool } = queue;
  const events = new EventEmitter() as WorkerEvents;
  const over = whatEndsIt(events);
  let id = '';
  events.once('pool:create', ({ workerPool }) => (id = workerPool.id));
  const { tasks, running } = watched(options.taskList ?? {});
  const pool = openPool();
  try {
    const runner = await run({
      ...options,
      taskList: tasks,
      pgPool: pool,
      concurrency: 4,
      noHandleSignals: true,
      events,
      // Only a note that is written in a batch is waited for; else its failure is nobody's.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
    runner.promise.catch(() => undefined);
    return { id, pool, runner, running, over, beating: startBeating(queue, id) };
  } catch (error) {
    await pool.end();
    throw error;
  }
};

/** The library may wait for ever for notes that were lost: our own jobs are waited for, it is not. */
const end = async ({ runner, running, pool, beating }: Life) => {
  const stopped = runner.stop().catch(() => undefined);
  const ours = (async () => {
    while (running.size > 0) await Promise.allSettled(running);
    await pause(noticeMilliseconds);
  })();
  await Promise.race([stopped, ours]);
  clearInterval(beating);
  void pool.end().catch(() => undefined);
};

/** Works until stopped; when a connection was lost, a new worker takes the place of the one it had. */
export const keepWorking = async (queue: Queue): Promise<Worker> => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
  const follow = async (before: Life, attempt: number): Promise<Life | undefined> => {
    for (let at = attempt; !signal.aborted; at += 1) {
      await pause(backoffMilliseconds[at] ?? backoffMilliseconds.at(-1)!, signal);
      if (signal.aborted) return undefined;
      try {
        await queue.giveBack(before.id);
        return await begin(queue);
      } catch (error) {
        queue.log.warn({ err: error }, 'the worker waits for the database');
      }
    }
    return undefined;
  };
  const goOn = async (first: Life) => {
    let attempt = 0;
    for (let life: Life | undefined = first; life;) {
      const since = Date.now();
      const cause = await Promise.race([life.over, stopped]);
      if (!signal.aborted) queue.log.warn({ err: cause }, 'the worker begins again');
      await end(life);
      if (signal.aborted) await queue.giveBack(life.id).catch(() => undefined);
      attempt = Date.now() - since > longMilliseconds ? 0 : attempt + 1;
      life = await follow(life, attempt - 1);
    }
  };
  const going = goOn(await begin(queue));
  return {
    stop: async () => {
      stopping.abort();
      await going;
    },
  };
};
