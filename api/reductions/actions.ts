import { isConcerned } from '../shared/actor.ts';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../audit/actions.ts';
import { amendWithin } from '../bookings/actions/amend.ts';
import { differenceOf, planAmendment } from '../bookings/actions/amend_plan.ts';
import { findBooking, findBookingForUpdate, findVisibleBooking } from '../bookings/actions/read.ts';
import { bookingErrors } from '../bookings/errors.ts';
import type { Booking } from '../bookings/rules/booking.ts';
import type { Context } from '../context.ts';
import { findRecipient, writeLetter } from '../organizations/actions.ts';
import { listReductionGrounds } from '../policies/actions.ts';
import type { ReductionApplicationId } from '../shared/ids.ts';
import { listed, pageAsked } from '../shared/lists.ts';
import { orThrow } from '../shared/result.ts';
import { findVenue } from '../venues/actions.ts';
import { reductionErrors } from './errors.ts';
import {
  allowedActs,
  canApply,
  decideApplication,
  decideDecision,
  decideWithdrawal,
  reductionMail,
  reductionOf,
  type Application,
  type ReductionNews,
} from './rules.ts';
import { reductionList, type Apply, type ListReductions } from './schema.ts';
import {
  countApplications,
  findApplicationForUpdate,
  insertApplication,
  listApplications,
  listApplicationsByBooking,
  saveApplication,
  type ApplicationView,
} from './store.ts';

const findGround = async (tx: Transaction | Context['reads'], venueId: string, code: string) =>
  (await listReductionGrounds(tx, venueId)).find((ground) => ground.code === code);

const writeDown = async (
  tx: Transaction,
  context: Context,
  act: string,
  { booking, application }: { booking: Booking; application: Application },
): Promise<void> => {
  const { id: applicationId, state, groundCode, reducedBp, decisionReason: reason } = application;
  await recordAudit(tx, context, {
    action: `reductions.${act}`,
    subjectId: booking.id,
    after: { applicationId, state, groundCode, reducedBp, reason },
  });
};

const tell = async (
  tx: Transaction,
  context: Context,
  news: ReductionNews,
  about: { booking: Booking; application: Application },
): Promise<void> => {
  const [organization, ground] = await Promise.all([
    findRecipient(tx, about.booking.organizationId),
    findGround(tx, about.booking.venueId, about.application.groundCode),
  ]);
  await writeLetter(tx, context, organization, {
    topic: `reductions.${news}`,
    subjectId: about.booking.id,
    write: (reader) => reductionMail(news, { ...about, ground }, reader),
  });
};

/** Applies for a reduced fee; the price stays until somebody has decided. */
export const applyForReduction = (
  context: Context,
  input: Apply & { bookingId: string },
): Promise<Application> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, input.bookingId);
    if (!isConcerned(context.actor, booking)) throw bookingErrors.unknown();
    const ground = await findGround(tx, booking.venueId, input.groundCode);
    const application = orThrow(
      decideApplication(booking, {
        id: context.newId('reduction_application') as ReductionApplicationId,
        ground,
        explanation: input.explanation,
        now: context.now(),
      }),
    );
    await insertApplication(tx, application);
    await writeDown(tx, context, 'apply', { booking, application });
    await tell(tx, context, 'applied', { booking, application });
    return application;
  });

/** The application locked, and its booking; what the actor may not know of is unknown. */
const findConcerned = async (tx: Transaction, context: Context, id: string) => {
  const application = await findApplicationForUpdate(tx, id);
  const booking = await findBooking(tx, application.bookingId);
  if (!isConcerned(context.actor, booking)) throw reductionErrors.unknown();
  return { application, booking };
};

/** Approves the application, and with it the new price of the booking. */
export const approveReduction = (context: Context, input: { id: string; reason: string }) =>
  context.transact(async (tx) => {
    const { application, booking } = await findConcerned(tx, context, input.id);
    const acting = { booking, actor: context.actor, now: context.now() };
    const { reason } = input;
    const approved = orThrow(decideDecision(application, acting, { act: 'approve', reason }));
    const ground = await findGround(tx, booking.venueId, application.groundCode);
    const reduction = orThrow(reductionOf({ booking, application }, ground));
    await saveApplication(tx, approved);
    await amendWithin(tx, context, { bookingId: booking.id, reduction, reason });
    await writeDown(tx, context, 'approve', { booking, application: approved });
    await tell(tx, context, 'approved', { booking, application: approved });
    return approved;
  });

export const refuseReduction = (context: Context, input: { id: string; reason: string }) =>
  context.transact(async (tx) => {
    const { application, booking } = await findConcerned(tx, context, input.id);
    const acting = { booking, actor: context.actor, now: context.now() };
    const said = { act: 'refuse' as const, reason: input.reason };
    const refused = orThrow(decideDecision(application, acting, said));
    await saveApplication(tx, refused);
    await writeDown(tx, context, 'refuse', { booking, application: refused });
    await tell(tx, context, 'refused', { booking, application: refused });
    return refused;
  });

export const withdrawReduction = (context: Context, id: string) =>
  context.transact(async (tx) => {
    const { application, booking } = await findConcerned(tx, context, id);
    const acting = { booking, actor: context.actor, now: context.now() };
    const withdrawn = orThrow(decideWithdrawal(application, acting));
    await saveApplication(tx, withdrawn);
    await writeDown(tx, context, 'withdraw', { booking, application: withdrawn });
    return withdrawn;
  });

const shown = (context: Context, view: ApplicationView) => {
  const { application, organizationId, ...about } = view;
  const { decidedByAccountId: _by, ...known } = application;
  const concerned = { organizationId, venueId: about.venueId } as Booking;
  return {
    ...known,
    ...about,
    allowedActions: allowedActs(application, concerned, context.actor),
  };
};

/** The price with the reduction applied for; nothing where the booking can no longer change. */
const previewOf = async (context: Context, booking: Booking, views: readonly ApplicationView[]) => {
  const live = views.find(({ application }) => application.state === 'applied');
  if (!live || !['held', 'requested', 'approved'].includes(booking.state)) return null;
  const application = live.application as Application;
  const ground = await findGround(context.reads, booking.venueId, application.groundCode);
  const reduction = reductionOf({ booking, application }, ground);
  if (!reduction.ok) return null;
  const plan = await planAmendment(context.reads, context, booking, { reduction: reduction.value });
  const oldTotalYen = plan.promised.totalYen;
  return { oldTotalYen, newTotalYen: oldTotalYen + differenceOf(plan) };
};

/** What has been applied for, on what grounds one may apply, and what it would do to the price. */
export const viewReductions = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const [views, grounds] = await Promise.all([
    listApplicationsByBooking(context.reads, booking.id),
    listReductionGrounds(context.reads, booking.venueId),
  ]);
  const isLive = views.some(({ application }) => application.state === 'applied');
  return {
    applications: views.map((view) => shown(context, view)),
    grounds,
    canApply: !isLive && canApply(booking, context.actor, context.now()),
    preview: await previewOf(context, booking, views),
  };
};

/** What waits for a decision at the venues of the staff member, or was decided there. */
export const listReductions = async (context: Context, asked: ListReductions) => {
  const { actor, reads } = context;
  const own = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  const venueIds = asked.venue ? own.filter((id) => id === asked.venue) : own;
  const filter = { venueIds, state: asked.state ?? 'applied' };
  const [views, total] = await Promise.all([
    listApplications(reads, filter, pageAsked(reductionList, asked)),
    countApplications(reads, filter),
  ]);
  return listed(
    asked,
    views.map(({ at, ...view }) => ({ ...shown(context, view), at })),
    total,
  );
};

/** The grounds of a venue, for anybody who wants to know before booking. */
export const viewGrounds = async (context: Context, venueId: string) => {
  const venue = await findVenue(context.reads, venueId);
  return { grounds: await listReductionGrounds(context.reads, venue.id) };
};
