import type { Transaction } from '#db/client.server.ts';
import { listStaffReaders } from '../../accounts/actions.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import { queueMail } from '../../outbox/actions.ts';
import { hasRole } from '../../shared/actor.ts';
import type { BillingAccountId, VenueId } from '../../shared/ids.ts';
import { paymentErrors } from '../errors.ts';
import type { Movement } from '../rules/movement.ts';
import { movementMail } from '../rules/movement_mails.ts';
import { paymentsPageSize, type ListMovements } from '../schema.ts';
import {
  findOptionalMovementForUpdate,
  insertMovement,
  listMovementViews,
  saveMovement,
  type MovementRow,
  type MovementView,
} from '../store/movements.ts';

export interface MovedAtStripe extends Movement {
  readonly eventType: string;
  readonly happenedAt: Date;
  readonly venueId?: VenueId | null;
  readonly billingAccountId?: BillingAccountId | null;
  readonly paymentId?: string | null;
  readonly reason?: string | null;
  readonly isOpen?: boolean;
  readonly answerBy?: Date | null;
}

/** Everybody who looks after the money of the venue, or where it is of none, of any. */
const tellFinance = async (
  tx: Transaction,
  context: Context,
  movement: MovementRow,
): Promise<void> => {
  const { billingAccountId, venueId, kind } = movement;
  const account = billingAccountId
    ? await findBillingAccount(tx, context, billingAccountId)
    : undefined;
  const readers = await listStaffReaders(tx, { venueId, role: 'finance' });
  const about = { number: account?.number ?? null, title: account?.title ?? null };
  const { publicUrl } = context.settings;
  for (const { email, language } of readers) {
    await queueMail(tx, context, {
      topic: kind === 'dispute' ? 'payments.disputed' : 'payments.moved_at_stripe',
      ...(billingAccountId ? { subjectId: billingAccountId } : {}),
      to: email,
      locale: language,
      ...movementMail(movement, about, { name: null, language, publicUrl }),
    });
  }
};

const isChanged = (before: MovementRow, after: MovementRow) =>
  before.status !== after.status || before.isOpen !== after.isOpen;

/**
 * Keeps what moved at Stripe without us, once for Stripe's id; where it changes somebody must look
 * again. Answers whether anything is new.
 */
export const noteMovement = async (
  tx: Transaction,
  context: Context,
  moved: MovedAtStripe,
): Promise<boolean> => {
  const fresh: MovementRow = {
    venueId: null,
    billingAccountId: null,
    paymentId: null,
    reason: null,
    isOpen: false,
    answerBy: null,
    ...moved,
    id: context.newId('stripe_movement'),
    changedAt: context.now(),
    lookedAt: null,
    lookedByAccountId: null,
    note: null,
  };
  let after = fresh;
  if (!(await insertMovement(tx, fresh))) {
    const before = (await findOptionalMovementForUpdate(tx, { stripeId: moved.stripeId }))!;
    const { id, kind, amountYen, happenedAt } = before;
    after = { ...fresh, id, kind, amountYen, happenedAt };
    if (!isChanged(before, after)) return false;
    await saveMovement(tx, after);
  }
  await recordAudit(tx, context, {
    action: 'payments.note_movement',
    subjectId: after.billingAccountId ?? after.id,
    after,
  });
  await tellFinance(tx, context, after);
  return true;
};

const financeVenues = ({ actor }: Context): string[] =>
  actor.kind === 'staff'
    ? Object.keys(actor.roles).filter((id) => hasRole(actor, id as VenueId, ['finance']))
    : [];

const shown = ({ movement, number, title, lookedByName }: MovementView) => {
  const { lookedByAccountId: _account, changedAt: _changed, ...facts } = movement;
  return { ...facts, number, title, lookedByName };
};

/** What moved at Stripe at the venues of the finance staff, and what is of no venue. */
export const listMovements = async (context: Context, { view, page }: ListMovements) => {
  const venueIds = financeVenues(context);
  if (venueIds.length === 0) throw accountErrors.forbidden();
  const rows = await listMovementViews(
    context.reads,
    { venueIds, isOpen: view === 'open' },
    { limit: paymentsPageSize, offset: (page - 1) * paymentsPageSize },
  );
  const total = rows[0]?.total ?? 0;
  const pageCount = Math.max(1, Math.ceil(total / paymentsPageSize));
  return { movements: rows.map(shown), total, page, pageCount };
};

/** Somebody of finance has looked at it, and says what it was. */
export const lookAtMovement = (context: Context, id: string, note: string) =>
  context.transact(async (tx) => {
    const before = await findOptionalMovementForUpdate(tx, { id });
    const own = financeVenues(context);
    const isOwn = own.length > 0 && (!before?.venueId || own.includes(before.venueId));
    if (!before || !isOwn) throw paymentErrors.unknown_movement();
    const lookedByAccountId = 'accountId' in context.actor ? context.actor.accountId : null;
    const after = { ...before, note, lookedByAccountId, lookedAt: context.now() };
    await saveMovement(tx, after);
    await recordAudit(tx, context, {
      action: 'payments.look_at_movement',
      subjectId: before.billingAccountId ?? id,
      before,
      after,
    });
    return { id, note, lookedAt: after.lookedAt };
  });

export { listDisputedPayments } from '../store/movements.ts';
