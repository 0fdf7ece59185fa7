import { isConcerned } from '../../shared/actor.ts';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { findPolicies } from '../../policies/actions.ts';
import { policyOver } from '../../policies/rules.ts';
import { orThrow } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import { sideOf, type AmendPolicy } from '../rules/amendment.ts';
import type { Booking } from '../rules/booking.ts';
import { allowedAnswers, decideAnswer, type ProposalAnswer } from '../rules/proposal.ts';
import type { Consent } from '../schema/amendments.ts';
import {
  findAmendmentForUpdate,
  listAmendments,
  saveAmendmentEnd,
  type Amendment,
  type AmendmentEnd,
} from '../store/amendments.ts';
import { findBooking } from '../store/bookings.ts';
import { listRoomClasses } from '../store/line.ts';
import { amendWithin, tellOfAmendment } from './amend.ts';
import { planAmendment } from './amend_plan.ts';
import { accountOf, keepConsent, keepPageConsent } from './consent.ts';
import { explain, isTaken } from './place.ts';
import { findVisibleBooking } from './read.ts';

const findApprovers = async (
  tx: Transaction | Context['reads'],
  booking: Booking,
): Promise<Pick<AmendPolicy, 'approverRoles'>> => {
  const [policies, classes] = await Promise.all([
    findPolicies(tx, booking.venueId),
    listRoomClasses(tx, booking.id),
  ]);
  return policyOver(policies, classes);
};

/** Newest first; with the answers the actor may give to the one that is open. */
export const viewAmendments = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const [rows, policy] = await Promise.all([
    listAmendments(context.reads, bookingId),
    findApprovers(context.reads, booking),
  ]);
  return rows.map((row) => ({
    id: row.id,
    bookingVersion: row.bookingVersion,
    proposedBy: row.proposedBy,
    proposerName: row.proposerName,
    state: row.state,
    reason: row.reason,
    changes: row.changes,
    totalYen: row.quote.totalYen,
    isProvisional: row.quote.isProvisional,
    differenceYen: row.differenceYen,
    createdAt: row.createdAt,
    decidedAt: row.decidedAt,
    allowedActions: allowedAnswers(row, { booking, actor: context.actor, policy }),
  }));
};

export interface AnswerAmendment {
  readonly bookingId: string;
  readonly amendmentId: string;
}

const endOf = (context: Context, state: AmendmentEnd['state']): AmendmentEnd => ({
  state,
  decidedAt: context.now(),
  decidedByAccountId: accountOf(context),
});

const traced = (
  tx: Transaction,
  context: Context,
  { id, bookingId }: Amendment,
  action: string,
  after: Record<string, unknown> = {},
) =>
  recordAudit(tx, context, { action, subjectId: bookingId, after: { amendmentId: id, ...after } });

/** The organizer's own yes is the consent; what staff heard must be told by whom and how. */
const consentOf = async (
  tx: Transaction,
  context: Context,
  amendment: Amendment,
  { consent, isOwner }: { consent: Consent | undefined; isOwner: boolean },
): Promise<string | undefined> => {
  if (amendment.proposedBy !== 'staff') return undefined;
  const { bookingId, reason } = amendment;
  if (isOwner) return keepPageConsent(tx, context, bookingId, reason);
  if (!consent) throw bookingErrors.consent_required();
  return keepConsent(tx, context, bookingId, consent);
};

const openAnswer = async (
  tx: Transaction,
  context: Context,
  { bookingId, amendmentId }: AnswerAmendment,
  answer: ProposalAnswer,
): Promise<{ booking: Booking; amendment: Amendment }> => {
  const booking = await findBooking(tx, bookingId);
  if (!isConcerned(context.actor, booking)) throw bookingErrors.unknown();
  const amendment = await findAmendmentForUpdate(tx, bookingId, amendmentId);
  const policy = await findApprovers(tx, booking);
  orThrow(decideAnswer(answer, amendment, { booking, actor: context.actor, policy }));
  return { booking, amendment };
};

const isStale = async (
  tx: Transaction,
  context: Context,
  amendment: Amendment,
  booking: Booking,
) => {
  if (amendment.bookingVersion !== booking.version) return true;
  const { asked } = amendment;
  const { quote } = await planAmendment(tx, context, booking, { asked });
  return quote.totalYen !== amendment.quote.totalYen;
};

const acceptWithin = async (
  tx: Transaction,
  context: Context,
  input: AnswerAmendment & { consent?: Consent | undefined },
): Promise<'accepted' | 'stale'> => {
  const { booking, amendment } = await openAnswer(tx, context, input, 'accept');
  if (await isStale(tx, context, amendment, booking)) {
    await saveAmendmentEnd(tx, amendment.id, endOf(context, 'stale'));
    await traced(tx, context, amendment, 'bookings.amendment_stale');
    return 'stale';
  }
  const isOwner = sideOf(booking, context.actor) === 'organizer';
  const consentId = await consentOf(tx, context, amendment, { consent: input.consent, isOwner });
  await saveAmendmentEnd(tx, amendment.id, endOf(context, 'accepted'));
  await amendWithin(tx, context, {
    bookingId: booking.id,
    version: amendment.bookingVersion,
    asked: amendment.asked,
    reason: amendment.reason,
    consentId,
  });
  return 'accepted';
};

const explainProposed = async (context: Context, { bookingId, amendmentId }: AnswerAmendment) => {
  const booking = await findBooking(context.reads, bookingId);
  const rows = await listAmendments(context.reads, bookingId);
  const asked = rows.find(({ id }) => id === amendmentId)!.asked;
  return explain(context, await planAmendment(context.reads, context, booking, { asked }));
};

/**
 * The other side agrees: the change is made as it was proposed, at the price that was shown.
 * @throws bookings.amendment_stale when booking or price moved on; the proposal ends, the booking stays
 */
export const acceptAmendment = async (
  context: Context,
  input: AnswerAmendment & { consent?: Consent | undefined },
): Promise<void> => {
  let ended: 'accepted' | 'stale';
  try {
    ended = await context.transact((tx) => acceptWithin(tx, context, input));
  } catch (error) {
    if (isTaken(error)) throw await explainProposed(context, input);
    throw error;
  }
  if (ended === 'stale') throw bookingErrors.amendment_stale();
};

/** A manager declines with a reason; an organizer need not say why. */
export const declineAmendment = (
  context: Context,
  input: AnswerAmendment & { reason: string },
): Promise<void> =>
  context.transact(async (tx) => {
    const { booking, amendment } = await openAnswer(tx, context, input, 'decline');
    const { reason } = input;
    const isToOrganizer = amendment.proposedBy === 'organizer';
    if (isToOrganizer && reason === '') throw bookingErrors.reason_required();
    await saveAmendmentEnd(tx, amendment.id, endOf(context, 'declined'));
    await traced(tx, context, amendment, 'bookings.decline_amendment', { reason });
    if (isToOrganizer)
      await tellOfAmendment(tx, context, 'amendment_declined', booking, { reason });
  });

export const withdrawAmendment = (context: Context, input: AnswerAmendment): Promise<void> =>
  context.transact(async (tx) => {
    const { amendment } = await openAnswer(tx, context, input, 'withdraw');
    await saveAmendmentEnd(tx, amendment.id, endOf(context, 'withdrawn'));
    await traced(tx, context, amendment, 'bookings.withdraw_amendment');
  });
