import { bookingErrors } from '../../bookings/errors.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import { hasRole, type Actor } from '../../shared/actor.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import { utilityErrors } from '../errors.ts';
import type { CorrectReading, EndReading } from '../schema.ts';

export interface Reading {
  readonly id: string;
  readonly meterId: string;
  readonly bookingId: string;
  readonly usedOn: LocalDay;
  readonly startValue: number;
  readonly endValue: number | null;
  readonly startReadByAccountId: string | null;
  /** Who read last. */
  readonly readByAccountId: string | null;
  readonly readAt: Date;
  readonly checkedByAccountId: string | null;
  readonly checkedAt: Date | null;
  readonly note: string;
}

export const accountOf = (actor: Actor): string | null =>
  'accountId' in actor ? actor.accountId : null;

/** Meters are read by the desk, from the approval to the settlement. */
export const decideRecording = (
  booking: Pick<Booking, 'venueId' | 'state'>,
  actor: Actor,
): Result<void> => {
  if (!hasRole(actor, booking.venueId, ['desk', 'manager'])) return refuse(bookingErrors.unknown());
  return ['approved', 'in_use'].includes(booking.state)
    ? ok(undefined)
    : refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
};

interface By {
  readonly actor: Actor;
  readonly now: Date;
}

const forward = (reading: Reading): Result<Reading> => {
  const { startValue, endValue } = reading;
  if (endValue === null || endValue >= startValue) return ok(reading);
  const sentences = {
    ja: `始めの値は${startValue}です。`,
    en: `The start is ${startValue}.`,
  };
  return refuse(
    utilityErrors.backwards({
      params: { start: startValue },
      fields: [{ path: 'endValue', ...sentences }],
    }),
  );
};

export const decideEnd = (
  reading: Reading,
  { endValue, note }: EndReading,
  { actor, now }: By,
): Result<Reading> => {
  if (reading.checkedAt) return refuse(utilityErrors.already_checked());
  return forward({
    ...reading,
    endValue,
    readByAccountId: accountOf(actor),
    readAt: now,
    note: note || reading.note,
  });
};

/** Whoever corrects a value has read it anew, and may no longer check it. */
export const decideCorrection = (
  reading: Reading,
  { startValue, endValue, reason }: CorrectReading,
  { actor, now }: By,
): Result<Reading> => {
  if (reading.checkedAt) return refuse(utilityErrors.already_checked());
  const reader = accountOf(actor);
  const hasNewEnd = endValue !== undefined && reading.endValue !== null;
  return forward({
    ...reading,
    ...(startValue === undefined ? {} : { startValue, startReadByAccountId: reader }),
    ...(hasNewEnd ? { endValue } : {}),
    readByAccountId: hasNewEnd || reading.endValue === null ? reader : reading.readByAccountId,
    readAt: now,
    note: reason,
  });
};

export const isReader = (
  reading: Pick<Reading, 'startReadByAccountId' | 'readByAccountId'>,
  actor: Actor,
): boolean => {
  const account = accountOf(actor);
  return (
    account === null ||
    account === reading.startReadByAccountId ||
    account === reading.readByAccountId
  );
};

/** A second pair of eyes: never those of whoever read the start or the end. */
export const decideCheck = (reading: Reading, { actor, now }: By): Result<Reading> => {
  if (reading.checkedAt) return refuse(utilityErrors.already_checked());
  if (reading.endValue === null) return refuse(utilityErrors.not_ended());
  if (isReader(reading, actor)) return refuse(utilityErrors.reader_may_not_check());
  return ok({ ...reading, checkedByAccountId: accountOf(actor), checkedAt: now });
};
