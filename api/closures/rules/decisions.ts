import { askOf } from '../../bookings/rules/amendment.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { AmendAsk } from '../../bookings/schema/amendments.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { closureErrors } from '../errors.ts';
import type { ClosureDecision } from '../schema.ts';

interface Known {
  readonly bookingId: string;
  readonly number: string;
}

/** Each affected booking is decided once; one more or less is told with all that are missing. */
export const decideDecisions = (
  affected: readonly Known[],
  decisions: readonly ClosureDecision[],
): Result<void> => {
  const decided = new Set<string>(decisions.map(({ bookingId }) => bookingId));
  const missing = affected.filter(({ bookingId }) => !decided.has(bookingId));
  const isWhole = missing.length === 0 && decided.size === affected.length;
  if (isWhole && decided.size === decisions.length) return ok(undefined);
  const named = missing.length > 0 ? missing : affected;
  const numbers = named.map(({ number }) => number).join('、');
  return refuse(closureErrors.decisions_missing({ params: { numbers }, detail: { missing } }));
};

/**
 * The booking as it goes on: uses go where they were sent, those nobody sent anywhere are given up.
 * Nobody is moved without a word of theirs on record.
 */
export const decideMove = (
  booking: Booking,
  decision: ClosureDecision,
  affectedUseIds: ReadonlySet<string>,
  roomOf: (configurationId: string) => string,
): Result<AmendAsk> => {
  const isMoved = decision.uses.some(({ to }) => to !== undefined);
  if (isMoved && !decision.consent) {
    const { ja, en } = closureErrors.catalogue.get('closures.consent_missing')!;
    const told = (sentence: string) => sentence.replace('{number}', booking.number);
    return refuse(
      closureErrors.consent_missing({
        params: { number: booking.number },
        fields: [{ path: `consent.${booking.id}`, ja: told(ja), en: told(en) }],
      }),
    );
  }
  const asked = askOf(booking);
  const uses = asked.uses.flatMap((use) => {
    const to = decision.uses.find(({ useId }) => useId === use.id)?.to;
    if (!to) return affectedUseIds.has(use.id!) ? [] : [use];
    return [{ ...use, ...to, room: roomOf(to.configuration) }];
  });
  if (uses.length > 0) return ok({ ...asked, uses });
  const params = { numbers: booking.number };
  return refuse(closureErrors.decisions_missing({ params, detail: { bookingId: booking.id } }));
};
