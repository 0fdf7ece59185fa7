import { sql } from 'drizzle-orm';
import { choosePassword, hashPassword, openAccount } from '#api/accounts/actions.ts';
import { listEntriesBySubject, recordAudit } from '#api/audit/actions.ts';
import { contextFor, type Context, type House } from '#api/context.ts';
import { registerOrganization } from '#api/organizations/actions.ts';
import type { Actor } from '#api/shared/actor.ts';
import type { AccountId, OrganizationId } from '#api/shared/ids.ts';
import { enrolStaff } from '#api/staff/actions.ts';
import { transact, type Transaction } from '../client.server.ts';
import { demonstrationSubject as subject } from '../migrate.server.ts';
import { bookings } from '../schema/bookings.ts';
import { mails } from '../schema/outbox.ts';
import { doStep, type Cast, type ContextAt } from './world/deeds.ts';
import { emailOf, organizations, organizerPassword, staff } from './world/people.ts';
import { planWorld, type PlannedBooking } from './world/plan.ts';
import { stepsUntil } from './world/steps.ts';

const importer: Actor = { kind: 'import', name: 'demonstration' };
const venueIds = ['big-palette', 'corasse', 'hightech-plaza'];

/** A house that has its year, or in which somebody has booked, is left alone. */
const isInUse = async ({ database: { db } }: House): Promise<boolean> =>
  (await listEntriesBySubject(db, subject)).length > 0 || (await db.$count(bookings)) > 0;

/** Through the doors of everybody: invited, and their password chosen, as it is printed. */
const registerPeople = async (tx: Transaction, context: Context) => {
  const choose = async (accountId: string, password: string) =>
    choosePassword(tx, context, {
      accountId,
      passwordHash: await hashPassword(context, password),
    });
  const staffIds = new Map<string, string>();
  for (const { role, password, ...person } of staff) {
    const grants = venueIds.map((venueId) => ({ venueId, role }));
    const { id } = await enrolStaff(tx, context, { ...person, grants });
    await choose(id, password);
    staffIds.set(role, id);
  }
  const accountIds = new Map<string, string>();
  for (const { key, contactName } of organizations) {
    const { id } = await openAccount(tx, context, { name: contactName, email: emailOf(key) });
    // Nobody signs in for the others: they have no password.
    if (key === 'organizer') await choose(id, organizerPassword);
    accountIds.set(key, id);
  }
  return { staffIds, accountIds };
};

type People = Awaited<ReturnType<typeof registerPeople>>;

const staffActor = (people: People, role: (typeof staff)[number]['role']): Actor => ({
  kind: 'staff',
  accountId: people.staffIds.get(role)! as AccountId,
  roles: Object.fromEntries(venueIds.map((venueId) => [venueId, [role]])),
});

/** A context of the past: its clock stands, and whatever it does belongs to the one transaction. */
const contextsIn =
  (house: House, tx: Transaction): ContextAt =>
  (at, actor): Context => ({
    ...contextFor({ ...house, now: () => at }, { actor }),
    reads: tx,
    transact: (work) => work(tx),
  });

const gather = async (
  tx: Transaction,
  contextAt: ContextAt,
  people: People,
  at: Date,
): Promise<Cast> => {
  const organizers = new Map<string, { actor: Actor; organizationId: OrganizationId }>();
  for (const { key, ...organization } of organizations) {
    const accountId = people.accountIds.get(key)! as AccountId;
    const registered = await registerOrganization(
      contextAt(at, { kind: 'organizer', accountId, organizationIds: [] }),
      accountId,
      { ...organization, email: emailOf(key) },
    );
    const organizationId = registered.id as OrganizationId;
    const actor: Actor = { kind: 'organizer', accountId, organizationIds: [organizationId] };
    organizers.set(key, { actor, organizationId });
  }
  return {
    organizers,
    desk: staffActor(people, 'desk'),
    manager: staffActor(people, 'manager'),
    finance: staffActor(people, 'finance'),
    house: importer,
  };
};

/** The past has no mail to send and no work to do: what it queued is already done. */
const closeThePast = async (tx: Transaction) => {
  await tx
    .update(mails)
    .set({ state: 'suppressed' })
    .where(sql`${mails.state} = 'queued'`);
  await tx.execute(sql`select graphile_worker.complete_jobs(
    array(select id from graphile_worker.jobs where created_at = transaction_timestamp()))`);
};

const dayBefore = (plan: readonly PlannedBooking[], now: Date) =>
  new Date((plan[0]?.heldAt ?? now).getTime() - 86_400_000);

/**
 * Fills an empty house with one invented year, through the same doors as everybody, each deed at its
 * own moment. All of it is one transaction: a start that is cut short leaves nothing, and the next one
 * begins again.
 */
export const seedWorld = async (
  house: House,
  makePlan: (now: Date) => readonly PlannedBooking[] = planWorld,
): Promise<void> => {
  if (await isInUse(house)) return;
  const now = house.now();
  const plan = makePlan(now);
  await transact(house.database, async (tx) => {
    const contextAt = contextsIn(house, tx);
    const people = await registerPeople(tx, contextAt(dayBefore(plan, now), importer));
    const cast = await gather(tx, contextAt, people, dayBefore(plan, now));
    const bookingIds = new Map<string, string>();
    for (const step of stepsUntil(plan, now))
      await doStep(step, { tx, contextAt, cast, bookingIds });
    await recordAudit(tx, contextAt(now, importer), {
      action: 'demonstration.seed',
      subjectId: subject,
      after: { bookings: bookingIds.size },
    });
    await closeThePast(tx);
  });
};
