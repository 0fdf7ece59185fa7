import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { clearAttempt } from '../../payments/actions/cancel.ts';
import { findOptionalLiveAttempt } from '../../payments/actions/read.ts';
import { paymentErrors } from '../../payments/errors.ts';
import { listRefusalGrounds } from '../../policies/actions.ts';
import { type Actor, isConcerned } from '../../shared/actor.ts';
import { orThrow, refuse, type Result } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import { keepsCells, type Booking } from '../rules/booking.ts';
import { decideRequestInTime, isApprovedAtOnce } from '../rules/conditions.ts';
import { isInLine } from '../rules/line.ts';
import type { BookingNews } from '../rules/mails.ts';
import type { ReleasedMoney } from '../rules/release.ts';
import {
  decideApproval,
  decideBegin,
  decideRefusal,
  decideRequest,
  decideSettlement,
  decideWithdrawal,
} from '../rules/transitions.ts';
import { findBooking, findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import { saveClaimState } from '../store/occupancies.ts';
import { refuseBlocked } from './blocked.ts';
import { endChallengesBy, tellChallenger } from './challenge_end.ts';
import { findBookingConditions } from './conditions.ts';
import { lockLine, releaseCells } from './line.ts';
import { tellOrganizer } from './news.ts';
import { findVisibleBooking } from './read.ts';

type Deed = 'request' | 'approve' | 'refuse' | 'cancel' | 'withdraw' | 'begin' | 'settle';

const releasesCells: readonly Deed[] = ['refuse', 'cancel', 'withdraw'];

/** What people are told; of the day itself nobody needs a letter. */
const newsOf: Record<Exclude<Deed, 'begin' | 'settle'>, BookingNews> = {
  request: 'requested',
  approve: 'approved',
  refuse: 'refused',
  cancel: 'cancelled',
  withdraw: 'withdrawn',
};

const moveCells = async (tx: Transaction, context: Context, booking: Booking): Promise<void> => {
  if (booking.state === 'requested' || booking.state === 'approved') {
    await saveClaimState(tx, booking.id, booking.state);
  } else if (!keepsCells(booking.state)) {
    await releaseCells(tx, context, booking.id);
  }
};

interface Told {
  readonly rule?: object;
  readonly isSilent?: (booking: Booking) => boolean;
  /** What becomes of the money, noted in the transaction that ends the booking. */
  readonly noteMoney?: (tx: Transaction) => Promise<ReleasedMoney>;
}

/** While somebody may stand at a till, the booking stays. */
const refuseLivePayment = async (tx: Transaction, bookingId: string): Promise<void> => {
  if (await findOptionalLiveAttempt(tx, bookingId)) throw paymentErrors.cancel_not_definite();
};

/** The one door of every transition: lock, decide, save, cells, trace, news. */
export const moveWithin = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
  deed: Deed,
  decide: (booking: Booking) => Result<Booking>,
  told: Told = {},
): Promise<Booking> => {
  if (releasesCells.includes(deed)) await lockLine(tx, bookingId);
  const booking = await findBookingForUpdate(tx, bookingId);
  if (!isConcerned(context.actor, booking)) throw bookingErrors.unknown();
  const decided = orThrow(decide(booking));
  await saveBooking(tx, decided);
  if (deed === 'cancel' || deed === 'withdraw') await refuseLivePayment(tx, bookingId);
  const money = await told.noteMoney?.(tx);
  await moveCells(tx, context, decided);
  const { uses: _before, ...before } = booking;
  const { uses: _after, ...after } = decided;
  await recordAudit(tx, context, {
    action: `bookings.${deed}`,
    subjectId: booking.id,
    before,
    after: told.rule ? { ...after, rule: told.rule } : after,
  });
  if (deed === 'request') await tellChallenger(tx, context, booking);
  if (isInLine(booking.state)) await endChallengesBy(tx, context, booking.id);
  if (deed === 'begin' || deed === 'settle') return decided;
  if (!told.isSilent?.(decided)) await tellOrganizer(tx, context, newsOf[deed], decided, money);
  await enqueue(tx, { task: `bookings.${newsOf[deed]}`, payload: { bookingId } });
  return decided;
};

/**
 * Gives rooms back. Decided first, so that a request that leads nowhere ends no payment; then a payment
 * under way has ended by Stripe's definite word; then decided again on the locked row.
 */
export const releaseBooking = async (
  context: Context,
  bookingId: string,
  deed: 'cancel' | 'withdraw',
  asked: Pick<Told, 'noteMoney'> & { readonly decide: (booking: Booking) => Result<Booking> },
): Promise<Booking> => {
  const seen = await findVisibleBooking(context, bookingId);
  orThrow(asked.decide(seen));
  const live = await findOptionalLiveAttempt(context.reads, bookingId);
  if (live) await clearAttempt(context, live);
  return context.transact((tx) => moveWithin(tx, context, bookingId, deed, asked.decide, asked));
};

const asked = (context: Context, version?: number) => ({
  actor: context.actor,
  now: context.now(),
  ...(version === undefined ? {} : { version }),
});

interface Step {
  readonly bookingId: string;
  readonly version?: number;
}

/** Who lets plain use through in place of a person; the trail and the page name it. */
const approver: Actor = { kind: 'job', name: 'bookings.approve_plain' };

/**
 * Applies for approval. Plain use of meeting rooms is approved in the same breath where the conditions
 * of use say so: the organizer hears of the approval alone.
 */
export const requestBooking = (context: Context, { bookingId, version }: Step) =>
  context.transact(async (tx) => {
    const found = await findBooking(tx, bookingId);
    await refuseBlocked(tx, context, found);
    const conditions = await findBookingConditions(tx, context, found);
    const isAtOnce = (booking: Booking) => isApprovedAtOnce(booking, conditions);
    const decide = (booking: Booking): Result<Booking> => {
      const requested = decideRequest(booking, asked(context, version));
      const inTime = decideRequestInTime(booking, conditions, context.now());
      return requested.ok && !inTime.ok ? inTime : requested;
    };
    const requested = await moveWithin(tx, context, bookingId, 'request', decide, {
      isSilent: isAtOnce,
    });
    if (!isAtOnce(requested)) return requested;
    const { approvesAutomatically, publication, source } = conditions.policy;
    const house: Context = { ...context, actor: approver };
    const approve = (booking: Booking) => decideApproval(booking, asked(house));
    return moveWithin(tx, house, bookingId, 'approve', approve, {
      rule: {
        approvesAutomatically,
        publication,
        source,
        roomClasses: [...conditions.roomClasses],
      },
    });
  });

/** What a decision is taken from: those whom the conditions of use name may take it. */
const deciding = async (tx: Transaction, context: Context, { bookingId, version }: Step) => {
  const found = await findBooking(tx, bookingId);
  const { policy } = await findBookingConditions(tx, context, found);
  const { approverRoles } = policy;
  return { found, said: { ...asked(context, version), approverRoles } };
};

export const approveBooking = (context: Context, step: Step) =>
  context.transact(async (tx) => {
    const { said } = await deciding(tx, context, step);
    return moveWithin(tx, context, step.bookingId, 'approve', (booking) =>
      decideApproval(booking, said),
    );
  });

type RefuseBooking = Step & {
  readonly reason: string;
  readonly groundCode?: string | undefined;
  readonly ground?: string | undefined;
};

/** One of the venue's grounds, by its code, or a ground in words. */
const findGround = async (tx: Transaction, venueId: string, input: RefuseBooking) => {
  if (input.groundCode === undefined) return input.ground ?? '';
  const grounds = await listRefusalGrounds(tx, venueId);
  return grounds.find(({ code }) => code === input.groundCode)?.groundJa;
};

export const refuseBooking = (context: Context, input: RefuseBooking) =>
  context.transact(async (tx) => {
    const { found, said } = await deciding(tx, context, input);
    const ground = await findGround(tx, found.venueId, input);
    return moveWithin(tx, context, input.bookingId, 'refuse', (booking) => {
      const words = { reason: input.reason, ground: ground ?? input.groundCode! };
      const refused = decideRefusal(booking, { ...said, ...words });
      return refused.ok && ground === undefined ? refuse(bookingErrors.unknown_ground()) : refused;
    });
  });

export const withdrawBooking = (context: Context, { bookingId, version }: Step) =>
  releaseBooking(context, bookingId, 'withdraw', {
    decide: (booking) => decideWithdrawal(booking, asked(context, version)),
  });

/** In the transaction of the arrival that begins it; a booking already begun stays as it is. */
export const beginWithin = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<void> => {
  if (booking.state !== 'approved') return;
  await moveWithin(tx, context, booking.id, 'begin', (found) => decideBegin(found, asked(context)));
};

export const settleWithin = (tx: Transaction, context: Context, bookingId: string) =>
  moveWithin(tx, context, bookingId, 'settle', (booking) =>
    decideSettlement(booking, asked(context)),
  );
