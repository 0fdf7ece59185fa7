import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { orThrow, type Result } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import type { Booking } from '../rules/booking.ts';
import type { BookingNews } from '../rules/mails.ts';
import {
  canSee,
  decideApproval,
  decideCancellation,
  decideRefusal,
  decideRequest,
  decideWithdrawal,
} from '../rules/transitions.ts';
import { findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import { releaseClaims, saveClaimState } from '../store/occupancies.ts';
import { tellOrganizer } from './news.ts';

type Deed = 'request' | 'approve' | 'refuse' | 'cancel' | 'withdraw';

const newsOf: Record<Deed, BookingNews> = {
  request: 'requested',
  approve: 'approved',
  refuse: 'refused',
  cancel: 'cancelled',
  withdraw: 'withdrawn',
};

const moveCells = async (tx: Transaction, context: Context, booking: Booking): Promise<void> => {
  if (booking.state === 'requested' || booking.state === 'approved') {
    await saveClaimState(tx, booking.id, booking.state);
  } else {
    await releaseClaims(tx, booking.id, context.now());
  }
};

/** The one door of every transition: lock, decide, save, cells, trace, news, in one transaction. */
const move = (
  context: Context,
  bookingId: string,
  deed: Deed,
  decide: (booking: Booking) => Result<Booking>,
): Promise<Booking> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (!canSee(booking, context.actor)) throw bookingErrors.unknown();
    const decided = orThrow(decide(booking));
    await saveBooking(tx, decided);
    await moveCells(tx, context, decided);
    const { uses: _before, ...before } = booking;
    const { uses: _after, ...after } = decided;
    await recordAudit(tx, context, {
      action: `bookings.${deed}`,
      subjectId: booking.id,
      before,
      after,
    });
    await tellOrganizer(tx, context, newsOf[deed], decided);
    await enqueue(tx, { task: `bookings.${newsOf[deed]}`, payload: { bookingId } });
    return decided;
  });

const asked = (context: Context, version?: number) => ({
  actor: context.actor,
  now: context.now(),
  ...(version === undefined ? {} : { version }),
});

interface Step {
  readonly bookingId: string;
  readonly version?: number;
}

export const requestBooking = (context: Context, { bookingId, version }: Step) =>
  move(context, bookingId, 'request', (booking) => decideRequest(booking, asked(context, version)));

export const approveBooking = (context: Context, { bookingId, version }: Step) =>
  move(context, bookingId, 'approve', (booking) =>
    decideApproval(booking, asked(context, version)),
  );

export const refuseBooking = (context: Context, input: Step & { reason: string; ground: string }) =>
  move(context, input.bookingId, 'refuse', (booking) =>
    decideRefusal(booking, {
      ...asked(context, input.version),
      reason: input.reason,
      ground: input.ground,
    }),
  );

export const cancelBooking = (context: Context, input: Step & { reason: string }) =>
  move(context, input.bookingId, 'cancel', (booking) =>
    decideCancellation(booking, { ...asked(context, input.version), reason: input.reason }),
  );

export const withdrawBooking = (context: Context, { bookingId, version }: Step) =>
  move(context, bookingId, 'withdraw', (booking) =>
    decideWithdrawal(booking, asked(context, version)),
  );
