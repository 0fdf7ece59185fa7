import { expireBooking } from '#api/bookings/actions/expiry.ts';
import {
  approveBooking,
  refuseBooking,
  requestBooking,
  withdrawBooking,
} from '#api/bookings/actions/decide.ts';
import { findBooking } from '#api/bookings/actions/read.ts';
import { holdBooking } from '#api/bookings/actions/hold.ts';
import { holdBookingSchema } from '#api/bookings/schema/bookings.ts';
import type { Context } from '#api/context.ts';
import { issuePapers, issueRefusal } from '#api/documents/actions/approval.ts';
import { issueReceipt } from '#api/documents/actions/receipts.ts';
import { moveCash } from '#api/drawers/actions.ts';
import { cancelBooking } from '#api/booking_charges/actions/cancel.ts';
import { settleCancellation } from '#api/booking_charges/actions/cancellation.ts';
import { chargeBooking } from '#api/booking_charges/actions/charge.ts';
import { recordPayment } from '#api/payments/actions/start.ts';
import type { Actor } from '#api/shared/actor.ts';
import type { OrganizationId } from '#api/shared/ids.ts';
import type { Transaction } from '../../client.server.ts';
import { spread, type PlannedBooking } from './plan.ts';
import type { Deed, Step } from './steps.ts';

export type ContextAt = (at: Date, actor: Actor) => Context;

/** Who appears in the invented year. */
export interface Cast {
  readonly organizers: ReadonlyMap<string, { actor: Actor; organizationId: OrganizationId }>;
  readonly desk: Actor;
  readonly manager: Actor;
  readonly finance: Actor;
  readonly house: Actor;
}

export interface Stage {
  readonly tx: Transaction;
  readonly contextAt: ContextAt;
  readonly cast: Cast;
  /** The bookings made so far, by their key in the plan. */
  readonly bookingIds: Map<string, string>;
}

/** One booking in four is taken by telephone. */
const isByTelephone = ({ key }: PlannedBooking) =>
  !key.startsWith('special') && spread(`telephone ${key}`, 3) === 0;

/** What waits for a decision, or was decided against, came on paper: plain use online needs none. */
const isAtTheDesk = (planned: PlannedBooking) =>
  isByTelephone(planned) || ['requested', 'refused'].includes(planned.end);

const hold = async ({ at, planned }: Step, { cast, contextAt, bookingIds }: Stage) => {
  const { actor, organizationId } = cast.organizers.get(planned.organization)!;
  const { key, organization: _organization, heldAt: _heldAt, end: _end, ...asked } = planned;
  const input = holdBookingSchema.parse({ ...asked, organizationId });
  const context = contextAt(at, isByTelephone(planned) ? cast.desk : actor);
  bookingIds.set(key, (await holdBooking(context, input)).id);
};

/** Two payers in five bring cash to the desk, the others send a transfer. */
const paysCash = ({ key }: PlannedBooking) => spread(`cash ${key}`, 4) < 2;

interface Scene {
  readonly context: Context;
  /** The house itself, at the same moment: papers and charges follow by themselves. */
  readonly house: Context;
  readonly bookingId: string;
  readonly planned: PlannedBooking;
  readonly tx: Transaction;
}

const byOrganizer = ({ planned }: Step, cast: Cast) =>
  cast.organizers.get(planned.organization)!.actor;

/** What follows an approval by itself. */
const followApproval = async ({ house, bookingId }: Scene) => {
  await chargeBooking(house, bookingId);
  await issuePapers(house, bookingId);
};

/** Plain use of a meeting room is approved as soon as it is requested. */
const request = async (scene: Scene) => {
  const { state } = await requestBooking(scene.context, { bookingId: scene.bookingId });
  if (state === 'approved') await followApproval(scene);
};

const approve = async (scene: Scene) => {
  const { context, bookingId, tx } = scene;
  const { state } = await findBooking(tx, bookingId);
  if (state === 'approved') return;
  await approveBooking(context, { bookingId });
  await followApproval(scene);
};

const refuse = async ({ context, house, bookingId, planned }: Scene) => {
  const { reason = '', ground = '' } = planned;
  await refuseBooking(context, { bookingId, reason, ground });
  await issueRefusal(house, bookingId);
};

/** Nobody leaves the money of an event in a drawer. */
const takeToBank = (context: Context, venue: string, amountYen: number) =>
  moveCash(context, { venue, kind: 'banked', amountYen, note: '当日の現金を預け入れ' });

const pay = async ({ context, house, bookingId, planned }: Scene) => {
  const method = paysCash(planned) ? 'cash' : 'bank_transfer';
  const attempt = await recordPayment(context, { billingAccountId: bookingId, method });
  await issueReceipt(house, attempt.id);
  if (method === 'cash') await takeToBank(context, planned.venue, attempt.amountYen);
};

const cancel = async ({ context, house, bookingId, planned }: Scene) => {
  await cancelBooking(context, { bookingId, reason: planned.reason ?? '' });
  await settleCancellation(house, bookingId);
};

interface Act {
  readonly by: (step: Step, cast: Cast) => Actor;
  readonly act: (scene: Scene) => Promise<unknown>;
}

const acts: Record<Exclude<Deed, 'hold'>, Act> = {
  request: {
    by: (step, cast) => (isAtTheDesk(step.planned) ? cast.desk : byOrganizer(step, cast)),
    act: request,
  },
  approve: { by: (_, { manager }) => manager, act: approve },
  refuse: { by: (_, { manager }) => manager, act: refuse },
  pay: {
    by: ({ planned }, { desk, finance }) => (paysCash(planned) ? desk : finance),
    act: pay,
  },
  cancel: { by: byOrganizer, act: cancel },
  withdraw: {
    by: byOrganizer,
    act: ({ context, bookingId }) => withdrawBooking(context, { bookingId }),
  },
  expire: {
    by: (_, { house }) => house,
    act: ({ context, bookingId, tx }) => expireBooking(tx, context, bookingId),
  },
};

export const doStep = async (step: Step, stage: Stage): Promise<void> => {
  if (step.deed === 'hold') return hold(step, stage);
  const { by, act } = acts[step.deed];
  const { at, planned } = step;
  await act({
    context: stage.contextAt(at, by(step, stage.cast)),
    house: stage.contextAt(at, stage.cast.house),
    bookingId: stage.bookingIds.get(planned.key)!,
    planned,
    tx: stage.tx,
  });
};
