import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { amendWithin } from '../../bookings/actions/amend.ts';
import { closeWithin, cutClaims, noteBooking } from '../../bookings/actions/closing.ts';
import { keepConsent } from '../../bookings/actions/consent.ts';
import { expireBooking } from '../../bookings/actions/expiry.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { TakenBack } from '../../bookings/schema/stored.ts';
import type { Context } from '../../context.ts';
import { listCellIdsByVenue } from '../../rooms/actions.ts';
import { orThrow } from '../../shared/result.ts';
import { addMinutes } from '../../shared/time.ts';
import { lockCells } from '../../slots/actions.ts';
import { decideDecisions, decideMove } from '../rules/decisions.ts';
import { closedPlace, undoMinutes } from '../rules/times.ts';
import type { Close, ClosureDecision } from '../schema.ts';
import { insertClosure, insertEffects } from '../store.ts';
import {
  listAffected,
  placeClosure,
  requireCloser,
  type Affected,
  type PlacedClosure,
} from './affected.ts';

const accountOf = ({ actor }: Context) => ('accountId' in actor ? actor.accountId : null);

interface Effect {
  readonly bookingId: string;
  readonly decision: ClosureDecision['decision'];
  readonly consentId: string | null;
  readonly before: TakenBack;
  readonly after: Booking;
}

/** Sends a booking's uses where they were agreed to go; those without a new place are given up. */
const moveAway = async (
  tx: Transaction,
  context: Context,
  { booking, useIds }: Affected,
  decision: ClosureDecision,
  { input, placed }: { input: Close; placed: PlacedClosure },
) => {
  const roomOf = (id: string) => placed.parts.get(id)?.roomId ?? id;
  const asked = orThrow(decideMove(booking, decision, useIds, roomOf));
  const { consent } = decision;
  const consentId = consent ? await keepConsent(tx, context, booking.id, consent) : undefined;
  const after = await amendWithin(tx, context, {
    bookingId: booking.id,
    version: decision.version,
    asked,
    reason: input.reasonJa,
    consentId,
  });
  return { after, consentId: consentId ?? null };
};

const carryOut = async (
  tx: Transaction,
  context: Context,
  affected: readonly Affected[],
  work: { input: Close; placed: PlacedClosure; closureId: string },
): Promise<Effect[]> => {
  const noted = new Map(
    await Promise.all(
      affected.map(async ({ booking }) => [booking.id, await noteBooking(tx, booking.id)] as const),
    ),
  );
  const { input, placed } = work;
  await cutClaims(tx, placed.cellTimes, context.now());
  const { kind, startsOn, endsOn, reasonJa, reasonEn, venue, band } = input;
  const later = affected.length > 0;
  await insertClosure(
    tx,
    {
      kind,
      startsOn,
      endsOn,
      reasonJa,
      id: work.closureId,
      venueId: venue,
      ...closedPlace([...placed.parts.values()], placed.cellIds),
      bandCode: band ?? null,
      reasonEn: reasonEn || reasonJa,
      lettersLeaveAt: later ? addMinutes(context.now(), undoMinutes) : null,
      createdByAccountId: accountOf(context),
      createdAt: context.now(),
    },
    placed.cellTimes,
  );
  const effects: Effect[] = [];
  for (const one of affected) {
    const { id: bookingId } = one.booking;
    const decision = input.decisions.find((made) => made.bookingId === bookingId)!;
    const before = noted.get(bookingId)!;
    if (decision.decision === 'move') {
      const { after, consentId } = await moveAway(tx, context, one, decision, work);
      effects.push({ bookingId, decision: 'move', consentId, before, after });
    } else {
      const { version } = decision;
      const after = await closeWithin(tx, context, { bookingId, version, reason: input.reasonJa });
      effects.push({ bookingId, decision: 'cancel', consentId: null, before, after });
    }
  }
  return effects;
};

/**
 * Shuts rooms for a time, and does with each booking in the way what was decided: all in one
 * transaction. Letters leave half an hour later; until then everything can be put back.
 * @throws closures.decisions_missing where a booking came in the way meanwhile
 */
export const closeRooms = async (context: Context, input: Close): Promise<{ id: string }> => {
  requireCloser(context, input.venue, input.kind);
  const closureId = context.newId('closure');
  await context.transact(async (tx) => {
    const placed = await placeClosure(tx, context, input);
    await lockCells(tx, await listCellIdsByVenue(tx, input.venue));
    const first = await listAffected(tx, context.now(), placed);
    for (const bookingId of first.lapsedIds) await expireBooking(tx, context, bookingId);
    const { affected } = await listAffected(tx, context.now(), placed);
    if (affected.length > 0) requireCloser(context, input.venue, 'emergency');
    const known = affected.map(({ booking: { id, number } }) => ({ bookingId: id, number }));
    orThrow(decideDecisions(known, input.decisions));
    const later: Context = {
      ...context,
      lettersLeaveAt: addMinutes(context.now(), undoMinutes),
    };
    const effects = await carryOut(tx, later, affected, { input, placed, closureId });
    await insertEffects(
      tx,
      effects.map((effect) => ({
        ...effect,
        id: context.newId('closure_effect'),
        closureId,
        createdAt: context.now(),
      })),
    );
    await recordAudit(tx, context, {
      action: 'closures.close',
      subjectId: closureId,
      after: {
        ...input,
        effects: effects.map(({ bookingId, decision }) => ({ bookingId, decision })),
      },
    });
  });
  return { id: closureId };
};
