import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { hasRole, type StaffRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { addDays, dayOf, type LocalDay } from '../../shared/time.ts';
import { findVenue } from '../../venues/actions.ts';
import { accountOf, isReader } from '../rules/reading.ts';
import { recalculate } from '../rules/recalculation.ts';
import { termOn, type UtilityTerm } from '../rules/terms.ts';
import { utilities, type AddTerm } from '../schema.ts';
import {
  findVenueOfRoom,
  insertTerm,
  listChargedReadings,
  listMetersByRooms,
  listOpenReadings,
  listRoomsOfVenue,
  listTermAuthors,
  listTermsByRooms,
} from '../store.ts';

const requireRole = ({ actor }: Context, venueId: string, roles: readonly StaffRole[]): void => {
  if (!hasRole(actor, venueId as VenueId, roles)) throw accountErrors.forbidden();
};

const shownTerm = (term: UtilityTerm) => ({ ...term, createdAt: term.createdAt.toISOString() });

const everyRole = ['desk', 'manager', 'finance'] as const;

/** Meters and terms of every room, and the readings that wait for a second person. */
export const viewVenueUtilities = async (context: Context, venueId: string) => {
  const db = context.reads;
  const venue = await findVenue(db, venueId);
  requireRole(context, venue.id, everyRole);
  const rooms = await listRoomsOfVenue(db, venue.id);
  const ids = rooms.map(({ roomId }) => roomId);
  const [meters, terms, authors, open] = await Promise.all([
    listMetersByRooms(db, ids),
    listTermsByRooms(db, ids),
    listTermAuthors(db, ids),
    listOpenReadings(db, venue.id),
  ]);
  const today = dayOf(context.now(), venue.zone);
  const utilitiesOf = (roomId: string) =>
    utilities.flatMap((utility) => {
      const own = terms.filter((term) => term.roomId === roomId && term.utility === utility);
      const isMetered = meters.some(
        (meter) => meter.roomId === roomId && meter.utility === utility,
      );
      if (own.length === 0 && !isMetered) return [];
      const current = termOn(own, { roomId, utility }, today);
      const shown = own.map((term) => ({
        ...shownTerm(term),
        createdBy: authors.get(term.id) ?? null,
      }));
      return [{ utility, current: current ? shownTerm(current) : null, terms: shown }];
    });
  return {
    rooms: rooms.map((room) => ({
      ...room,
      meters: meters.filter(({ roomId }) => roomId === room.roomId),
      utilities: utilitiesOf(room.roomId),
    })),
    open: open.map(({ startReadByAccountId, readByAccountId, ...reading }) => ({
      ...reading,
      canCheck:
        hasRole(context.actor, venue.id as VenueId, ['desk', 'manager']) &&
        reading.endValue !== null &&
        !isReader({ startReadByAccountId, readByAccountId }, context.actor),
    })),
    canAddTerms: hasRole(context.actor, venue.id as VenueId, ['manager']),
  };
};

interface Period {
  readonly venue: string;
  readonly from: LocalDay;
  readonly to: LocalDay;
}

/** What was charged between two days against what the terms known today make it. */
export const recalculateUtilities = async (context: Context, { venue, from, to }: Period) => {
  const db = context.reads;
  const { id } = await findVenue(db, venue);
  requireRole(context, id, ['manager', 'finance']);
  const rooms = await listRoomsOfVenue(db, id);
  const [readings, terms] = await Promise.all([
    listChargedReadings(db, id, { from, to }),
    listTermsByRooms(
      db,
      rooms.map(({ roomId }) => roomId),
    ),
  ]);
  return { venue: id, from, to, ...recalculate(readings, terms) };
};

/**
 * Says anew what a room's fee includes from a day on; nothing said before is changed.
 * Answers what the new word makes of charges already made, so that nobody has to think of looking.
 */
export const addTerm = async (context: Context, { unitFeeYen, ...said }: AddTerm) => {
  const venueId = await findVenueOfRoom(context.reads, said.roomId);
  requireRole(context, venueId, ['manager']);
  const term: UtilityTerm = {
    ...said,
    id: context.newId('utility_term'),
    unitFeeCentiyen: said.feeIncludes ? 0 : unitFeeYen,
    createdAt: context.now(),
  };
  await context.transact(async (tx) => {
    await insertTerm(tx, term, accountOf(context.actor));
    await recordAudit(tx, context, {
      action: 'utilities.add_term',
      subjectId: said.roomId,
      after: term,
    });
  });
  const to = addDays(dayOf(context.now()), 1);
  const from = term.effectiveFrom < to ? term.effectiveFrom : to;
  const { totals } = await recalculateUtilities(context, { venue: venueId, from, to });
  return { term: shownTerm(term), totals };
};
