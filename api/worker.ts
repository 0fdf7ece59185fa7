import { Logger, parseCronItems, runOnce, type TaskList } from 'graphile-worker';
import { openPool } from '#db/pool.server.ts';
import { accessLinksJobs } from './access_links/jobs.ts';
import { forgetTries } from './accounts/actions.ts';
import { keepWorking, type Worker } from './adapters/queue.ts';
import { bookingChargesJobs } from './booking_charges/jobs.ts';
import { bookingsJobs } from './bookings/jobs.ts';
import { closuresJobs } from './closures/jobs.ts';
import { contextFor, type Context, type House } from './context.ts';
import { documentsJobs } from './documents/jobs.ts';
import { equipmentJobs } from './equipment/jobs.ts';
import { enqueue } from './outbox/actions.ts';
import { removeOldKeys } from './http/store.ts';
import { openingsJobs } from './openings/jobs.ts';
import { organizationsJobs } from './organizations/jobs.ts';
import { outboxJobs } from './outbox/jobs.ts';
import {
  giveBackAbandonedJobs,
  giveBackAllJobs,
  giveBackJobs,
  saveWorkerHeard,
} from './outbox/store.ts';
import { paymentsJobs } from './payments/jobs.ts';
import { plansJobs } from './plans/jobs.ts';
import { receivablesJobs } from './receivables/jobs.ts';
import { refundsJobs } from './refunds/jobs.ts';
import { settlementsJobs } from './settlements/jobs.ts';
import { factsOfError } from './shared/error.ts';
import { slotsJobs } from './slots/jobs.ts';

type Job = (context: Context, payload: unknown) => Promise<unknown>;

const jobs: Readonly<Record<string, Job>> = {
  ...outboxJobs,
  ...accessLinksJobs,
  ...organizationsJobs,
  ...bookingsJobs,
  ...bookingChargesJobs,
  ...equipmentJobs,
  ...documentsJobs,
  ...slotsJobs,
  ...openingsJobs,
  ...closuresJobs,
  ...plansJobs,
  ...settlementsJobs,
  ...paymentsJobs,
  ...refundsJobs,
  ...receivablesJobs,
  'accounts.forget_tries': forgetTries,
  'http.remove_old_keys': (context) => removeOldKeys(context.database.db, context.now()),
};

/** Who listens to what: a feature tells its event and does not know the features to its right. */
const listeners: Readonly<Record<string, readonly string[]>> = {
  'bookings.requested': ['openings.keep'],
  'bookings.approved': ['booking_charges.charge'],
  'bookings.refused': ['documents.issue_refusal', 'plans.release_parking', 'equipment.release'],
  'bookings.cancelled': ['booking_charges.end', 'plans.release_parking', 'equipment.release'],
  'bookings.withdrawn': ['plans.release_parking', 'equipment.release', 'openings.keep'],
  'bookings.expired': ['equipment.release', 'openings.keep'],
  'bookings.amended': ['booking_charges.adjust', 'equipment.follow_amendment'],
  'settlements.settled': ['settlements.charge', 'documents.issue_settlement'],
  'booking_charges.charged': ['documents.issue_papers'],
  'booking_charges.charge_waits': ['documents.issue_papers'],
  'booking_charges.adjusted': [
    'documents.issue_changed_papers',
    'refunds.propose_reduced',
    'documents.issue_credit_note',
  ],
  'payments.came_late': ['booking_charges.follow_late'],
  'payments.rebated': ['documents.issue_credit_note'],
  'payments.received': ['documents.issue_receipt', 'refunds.propose_overpaid'],
  'payments.stripe_refund_told': ['refunds.refresh'],
  'payments.dispute_moved': ['refunds.follow_dispute'],
  'cancellations.settled': ['refunds.propose_cancelled', 'documents.issue_cancelled_papers'],
  'booking_charges.paid_after_release': ['refunds.propose_released'],
  'payments.allocated': ['documents.issue_allocation_receipt'],
  'receivables.dunned': ['documents.issue_dunning_letter'],
  'invoices.issued': ['documents.issue_combined_invoice'],
  'refunds.finished': ['documents.issue_refund_credit'],
};

/** An event becomes one job for each listener, all or none. */
const tellListeners =
  (tasks: readonly string[]): Job =>
  (context, payload) =>
    context.transact(async (tx) => {
      for (const task of tasks) await enqueue(tx, { task, payload });
    });

/** A queue that the version before has filled is worked off under the names it knew. */
const formerEvents: typeof listeners = {
  'payments.charge_booking': ['booking_charges.charge'],
  'payments.reverse_charge': ['booking_charges.end'],
  'payments.adjust_charge': ['booking_charges.adjust'],
  'payments.charge_settlement': ['settlements.charge'],
  'payments.follow_late': ['booking_charges.follow_late'],
  'payments.keep_cash_of_booking': ['payments.keep_cash_of_account'],
  'payments.charged': ['booking_charges.charged'],
  'payments.charge_waits': ['booking_charges.charge_waits'],
  'payments.adjusted': ['booking_charges.adjusted'],
  'payments.paid_after_release': ['booking_charges.paid_after_release'],
};

const events = Object.fromEntries(
  Object.entries({ ...listeners, ...formerEvents }).map(([event, tasks]) => [
    event,
    tellListeners(tasks),
  ]),
);

/** Times are UTC to the queue: Japan is nine hours ahead. */
const schedule = parseCronItems([
  { task: 'bookings.expire_holds', match: '* * * * *' },
  { task: 'bookings.promote_waiting', match: '* * * * *' },
  { task: 'bookings.remind_holds', match: '15 * * * *' },
  { task: 'openings.draw', match: '* * * * *' },
  { task: 'openings.keep', match: '* * * * *' },
  { task: 'closures.send_letters', match: '* * * * *' },
  { task: 'payments.sweep', match: '*/10 * * * *' },
  { task: 'payments.remind', match: '*/20 * * * *' },
  { task: 'payments.sweep_cash', match: '40 18 * * *' },
  { task: 'payments.sweep_disputes', match: '50 * * * *' },
  { task: 'refunds.sweep_stripe', match: '55 * * * *' },
  { task: 'booking_charges.charge_waiting', match: '5 * * * *' },
  { task: 'refunds.sweep', match: '*/10 * * * *' },
  // Eight in the morning in Japan.
  { task: 'receivables.dun', match: '0 23 * * *' },
  { task: 'refunds.watch_done', match: '40 19 * * *' },
  { task: 'http.remove_old_keys', match: '10 18 * * *' },
  { task: 'accounts.forget_tries', match: '15 18 * * *' },
  { task: 'slots.extend_annual_closures', match: '20 18 * * *' },
]);

/** The queue keeps and logs why a job failed: not with the values of the statement. */
const throwBare = (error: unknown) => {
  const { message, stack } = factsOfError(error);
  throw Object.assign(new Error(message), { stack });
};

const taskList = (house: House): TaskList =>
  Object.fromEntries(
    Object.entries({ ...jobs, ...events }).map(([name, job]) => [
      name,
      async (payload: unknown) => {
        const context = contextFor(house, { actor: { kind: 'job', name } });
        await job(context, payload).catch(throwBare);
      },
    ]),
  );

const quietLogger = (house: House) =>
  new Logger(() => (level, message) => {
    if (level === 'error') house.log.error(message);
  });

/**
 * Frees jobs a killed process took with it.
 * Only where this process is the only one: a worker elsewhere may still be at them.
 */
export const freeLockedJobs = ({ database }: House): Promise<void> => giveBackAllJobs(database.db);

/** Runs queued and scheduled work until stopped; a running job may finish first. */
export const startWorker = (house: House): Promise<Worker> =>
  keepWorking({
    options: { taskList: taskList(house), parsedCronItems: schedule, logger: quietLogger(house) },
    log: house.log,
    openPool: () => openPool({ url: house.database.url, size: 10 }),
    beat: async (workerId) => {
      await saveWorkerHeard(house.database.db, workerId);
      await giveBackAbandonedJobs(house.database.db);
    },
    giveBack: (workerId) => giveBackJobs(house.database.db, workerId),
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
