import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findPolicies } from '../../policies/actions.ts';
import { policyOver } from '../../policies/rules.ts';
import type { RoomClass } from '../../rooms/schema.ts';
import { AppError } from '../../shared/error.ts';
import { orThrow } from '../../shared/result.ts';
import { lockCells } from '../../slots/actions.ts';
import { bookingErrors } from '../errors.ts';
import { firstStart, type Booking } from '../rules/booking.ts';
import { decideJoining } from '../rules/line.ts';
import type { CellClaim } from '../rules/placement.ts';
import { listServable } from '../store/line.ts';
import { listInLine, listInTheWay } from '../store/lines.ts';

interface Newcomer {
  readonly mode: 'option' | 'wait';
  readonly booking: Booking;
  readonly claims: readonly CellClaim[];
  readonly roomClasses: Iterable<RoomClass>;
}

/** A booking that may stand in line, as it will be kept: no cells, only a place behind those who have them. */
export const decidePlace = async (
  tx: Transaction,
  context: Context,
  { mode, booking, claims, roomClasses }: Newcomer,
): Promise<{ booking: Booking; rank: number }> => {
  const now = context.now();
  await lockCells(
    tx,
    claims.map(({ cellId }) => cellId),
  );
  const [inTheWay, line, next, policies] = await Promise.all([
    listInTheWay(tx, claims, now),
    listInLine(tx, claims, now),
    listServable(tx, { times: claims, now, lapsedAt: now }),
    findPolicies(tx, booking.venueId),
  ]);
  if (inTheWay.length === 0 && next.length > 0) throw bookingErrors.slot_taken();
  const { organizationId } = booking;
  const state = orThrow(
    decideJoining(mode, {
      organizationId,
      inTheWay,
      ownInLine: line.filter((one) => one.organizationId === organizationId).length,
      options: line.filter((one) => one.state === 'optioned').length,
      optionsMost: policyOver(policies, roomClasses).optionsMost,
    }),
  );
  const inSameQueue = line.filter((one) => one.state === state).length;
  return {
    booking: { ...booking, state, queuedAt: now, holdExpiresAt: firstStart(booking.uses) },
    rank: state === 'optioned' ? inSameQueue + 2 : inSameQueue + 1,
  };
};

/** The refusal of a hold, with the places in line that could be had instead; nothing where there is none. */
export const withJoinable = async (
  context: Context,
  { booking, claims, roomClasses }: Omit<Newcomer, 'mode'>,
  refusal: AppError,
): Promise<AppError> => {
  const now = context.now();
  const db = context.reads;
  const [inTheWay, line, policies] = await Promise.all([
    listInTheWay(db, claims, now),
    listInLine(db, claims, now),
    findPolicies(db, booking.venueId),
  ]);
  const { optionsMost } = policyOver(policies, roomClasses);
  const { organizationId } = booking;
  const options = line.filter(({ state }) => state === 'optioned').length;
  const ownInLine = line.filter((one) => one.organizationId === organizationId).length;
  const asked = { organizationId, inTheWay, ownInLine, options, optionsMost };
  const joinable = {
    option: decideJoining('option', asked).ok ? options + 2 : null,
    wait: decideJoining('wait', asked).ok ? line.length - options + 1 : null,
  };
  const { detail, ...rest } = refusal.options;
  return new AppError(refusal.code, refusal.sentences, {
    ...rest,
    detail: { ...(detail as object), joinable },
  });
};
