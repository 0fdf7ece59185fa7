import type { Queryable } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { hasAnyRole } from '../../accounts/rules.ts';
import { findBooking, findQuote, findVisibleBooking } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import { canSee } from '../../bookings/rules/transitions.ts';
import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { addDays, instantAt } from '../../shared/time.ts';
import { paymentErrors } from '../errors.ts';
import type { Attempt } from '../rules/attempt.ts';
import { offeredMethods, type Situation } from '../rules/offer.ts';
import { paymentsPageSize, type ListPayments } from '../schema.ts';
import {
  countPaymentsByMethod,
  findBalance,
  findOptionalAttempt,
  findOptionalCharge,
  listAttemptsByBooking,
  listPayments as listPaymentRows,
} from '../store.ts';

/** Everything the ways to pay are decided from, as the database says now. */
export const findSituation = async (
  db: Queryable,
  context: Context,
  booking: Booking,
): Promise<Situation> => {
  const charge = await findOptionalCharge(db, booking.id);
  const { isProvisional: isPriceProvisional } = await findQuote(db, booking.id);
  const { owedYen } = await findBalance(db, booking.id);
  return {
    booking,
    charge: charge?.reversedAt ? undefined : charge,
    owedYen,
    isPriceProvisional,
    actor: context.actor,
    hasStripe: context.stripe !== undefined,
    chargesProvisionalFees: context.settings.chargesProvisionalFees,
    now: context.now(),
  };
};

/** An attempt as people see it; who took the cash is the house's business. */
export const attemptView = (context: Context, attempt: Attempt) => {
  const { id, bookingId, method, state, amountYen } = attempt;
  const { createdAt, expiresAt, confirmedAt, failureCode, voucher } = attempt;
  const isPrivate = method === 'cash' && context.actor.kind === 'organizer';
  return {
    id,
    bookingId,
    method,
    state,
    amountYen,
    createdAt,
    expiresAt,
    confirmedAt,
    paidVia: isPrivate ? null : attempt.paidVia,
    failureCode,
    voucher,
  };
};

export const findVisibleAttempt = async (
  context: Context,
  attemptId: string,
): Promise<{ attempt: Attempt; booking: Booking }> => {
  const attempt = await findOptionalAttempt(context.reads, attemptId);
  if (!attempt) throw paymentErrors.unknown();
  const booking = await findBooking(context.reads, attempt.bookingId);
  if (!canSee(booking, context.actor)) throw paymentErrors.unknown();
  return { attempt, booking };
};

export const viewAttempt = async (context: Context, attemptId: string) =>
  attemptView(context, (await findVisibleAttempt(context, attemptId)).attempt);

/** What is owed for a booking, what was tried, and how it can be paid. */
export const viewBookingPayments = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.database.db;
  const [charge, balance, attempts, situation] = await Promise.all([
    findOptionalCharge(db, bookingId),
    findBalance(db, bookingId),
    listAttemptsByBooking(db, bookingId),
    findSituation(db, context, booking),
  ]);
  return {
    charge: charge
      ? {
          id: charge.id,
          amountYen: charge.amountYen,
          taxYen: charge.taxYen,
          isProvisional: charge.isProvisional,
          isReversed: charge.reversedAt !== null,
          dueOn: charge.dueOn,
          paidYen: balance.paidYen,
          balanceYen: balance.owedYen,
        }
      : null,
    attempts: attempts.map((attempt) => attemptView(context, attempt)),
    methods: offeredMethods(situation),
  };
};

const venuesOf = ({ actor }: Context, venue: string | undefined): string[] => {
  const held = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  const wanted = venue === undefined ? held : held.filter((id) => id === venue);
  return wanted.filter((id) => hasRole(actor, id as VenueId, ['desk', 'finance', 'manager']));
};

/** Payments of the actor's venues; a payment counts on the day it arrived, before that on its first. */
export const listPayments = async (
  context: Context,
  { venue, state, from, to, page }: ListPayments,
) => {
  if (!hasAnyRole(context.actor)) throw accountErrors.forbidden();
  const filter = {
    venueIds: venuesOf(context, venue),
    state,
    from: from && instantAt(from, '00:00'),
    until: to && instantAt(addDays(to, 1), '00:00'),
  };
  const [rows, byMethod] = await Promise.all([
    listPaymentRows(context.reads, filter, {
      limit: paymentsPageSize,
      offset: (page - 1) * paymentsPageSize,
    }),
    countPaymentsByMethod(context.reads, filter),
  ]);
  const total = byMethod.reduce((sum, { count }) => sum + count, 0);
  const confirmedYen = byMethod.reduce((sum, part) => sum + part.confirmedYen, 0);
  return {
    payments: rows.map(({ attempt, ...rest }) => ({ ...attemptView(context, attempt), ...rest })),
    totals: { count: total, confirmedYen, byMethod },
    page,
    pageCount: Math.max(1, Math.ceil(total / paymentsPageSize)),
    total,
  };
};
