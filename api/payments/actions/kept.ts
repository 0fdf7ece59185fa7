import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';
import { makeKeptCharge } from '../rules/charge.ts';
import { dueDayAfter } from '../rules/due_day.ts';
import { insertCharge } from '../store/charges.ts';
import { recordMoneyEvent } from './ledger.ts';

interface KeptYen {
  readonly kind: 'cancellation' | 'change';
  readonly cause: string;
  readonly keptYen: number;
  readonly isProvisional: boolean;
}

/** Charges what is kept of what was given up. */
export const chargeKept = async (
  tx: Transaction,
  context: Context,
  { id: bookingId, venueId }: Booking,
  { cause, ...kept }: KeptYen,
): Promise<void> => {
  const { paymentDueDays } = await findVenue(tx, venueId);
  const id = context.newId('charge') as ChargeId;
  const now = context.now();
  const made = { id, cause, dueOn: dueDayAfter(now, paymentDueDays), now };
  const charge = makeKeptCharge({ bookingId, ...kept }, made);
  await insertCharge(tx, charge);
  await recordMoneyEvent(tx, context, {
    venueId,
    bookingId,
    chargeId: id,
    kind: 'charged',
    amountYen: charge.amountYen,
    cause,
  });
  await recordAudit(tx, context, {
    action: 'payments.charge',
    subjectId: bookingId,
    after: charge,
  });
};
