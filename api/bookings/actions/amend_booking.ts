import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import type { AmendmentId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import {
  decideShownPrice,
  needsApproval,
  needsConsent,
  sideOf,
  type AmendingSide,
} from '../rules/amendment.ts';
import type { Booking } from '../rules/booking.ts';
import type { AmendAsk, AmendBooking } from '../schema/amendments.ts';
import { insertAmendment, saveAmendmentsStale, type Amendment } from '../store/amendments.ts';
import { findBookingForUpdate } from '../store/bookings.ts';
import { amendPlanned, tellOfAmendment } from './amend.ts';
import {
  decidePlanned,
  differenceOf,
  nameChanges,
  planAmendment,
  type AmendPlan,
} from './amend_plan.ts';
import { keepConsent } from './consent.ts';
import { explain, findBlocked, isTaken } from './place.ts';
import { findVisibleBooking } from './read.ts';

interface Judged {
  readonly side: AmendingSide;
  readonly needsApproval: boolean;
  readonly needsConsent: boolean;
}

const judge = (context: Context, booking: Booking, plan: AmendPlan): Judged => {
  const side = sideOf(booking, context.actor)!;
  return {
    side,
    needsApproval: needsApproval(booking, side, plan.policy),
    needsConsent: needsConsent(plan.changes, side, differenceOf(plan)),
  };
};

/** What a change would do and cost, before it is asked for; nothing is taken. */
export const previewAmendment = async (
  context: Context,
  input: { bookingId: string; asked: AmendAsk },
) => {
  const booking = await findVisibleBooking(context, input.bookingId);
  const plan = await planAmendment(context.reads, context, booking, input);
  const { changes } = decidePlanned(context, plan, booking);
  const [named, blocked] = await Promise.all([
    nameChanges(context.reads, changes),
    findBlocked(context, plan),
  ]);
  const { needsApproval: approval, needsConsent: consent } = judge(context, booking, plan);
  return {
    version: booking.version,
    quote: plan.quote,
    oldTotalYen: plan.promised.totalYen,
    differenceYen: differenceOf(plan),
    changes: named,
    blocked: blocked ?? null,
    needsApproval: approval,
    needsConsent: consent,
  };
};

/** Keeps a change for the other side's answer; the booking stays as it is. */
const propose = async (
  context: Context,
  plan: AmendPlan,
  proposedBy: AmendingSide,
  input: AmendBooking & { bookingId: string },
): Promise<Amendment> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, input.bookingId);
    const { changes } = decidePlanned(context, plan, booking, input.version);
    const now = context.now();
    const amendment: Amendment = {
      id: context.newId('amendment') as AmendmentId,
      bookingId: booking.id,
      bookingVersion: booking.version,
      proposedBy,
      actor: context.actor,
      state: 'proposed',
      reason: input.reason,
      asked: input.asked,
      changes: await nameChanges(tx, changes),
      quote: plan.quote,
      differenceYen: differenceOf(plan),
      decidedAt: null,
      decidedByAccountId: null,
      createdAt: now,
    };
    await saveAmendmentsStale(tx, booking.id, { version: booking.version, now });
    await insertAmendment(tx, amendment);
    const { id: amendmentId, changes: named, differenceYen, reason } = amendment;
    await recordAudit(tx, context, {
      action: 'bookings.propose_amendment',
      subjectId: booking.id,
      after: { amendmentId, changes: named, differenceYen, reason },
    });
    if (proposedBy === 'staff') {
      const facts = { changes: named, differenceYen, reason };
      await tellOfAmendment(tx, context, 'amendment_proposed', booking, facts);
    }
    return amendment;
  });

const amendNow = async (
  context: Context,
  { seen, plan }: { seen: Booking; plan: AmendPlan },
  input: AmendBooking & { bookingId: string },
): Promise<void> => {
  const { consent, ...wish } = input;
  try {
    await context.transact(async (tx) => {
      const consentId = consent && (await keepConsent(tx, context, seen.id, consent));
      await amendPlanned(tx, context, { seen, plan, input: { ...wish, consentId } });
    });
  } catch (error) {
    if (isTaken(error)) throw await explain(context, plan);
    throw error;
  }
};

/**
 * Changes the booking at once where the actor may; where the other side must agree first, proposes it.
 * @throws bookings.slot_taken with what blocks and what is free, for a proposal too
 */
export const amendBooking = async (
  context: Context,
  input: AmendBooking & { bookingId: string },
): Promise<{ outcome: 'amended' | 'proposed'; differenceYen: number }> => {
  const booking = await findVisibleBooking(context, input.bookingId);
  const plan = await planAmendment(context.reads, context, booking, input);
  decidePlanned(context, plan, booking, input.version);
  orThrow(decideShownPrice(input.totalYen, plan.quote));
  const judged = judge(context, booking, plan);
  const differenceYen = differenceOf(plan);
  if (judged.needsApproval || (judged.needsConsent && !input.consent)) {
    if (await findBlocked(context, plan)) throw await explain(context, plan);
    await propose(context, plan, judged.side, input);
    return { outcome: 'proposed', differenceYen };
  }
  await amendNow(
    context,
    { seen: booking, plan },
    judged.needsConsent ? input : { ...input, consent: undefined },
  );
  return { outcome: 'amended', differenceYen };
};
