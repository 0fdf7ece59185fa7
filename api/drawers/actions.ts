import { accountErrors } from '../accounts/errors.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import { hasRole, type StaffRole } from '../shared/actor.ts';
import type { VenueId } from '../shared/ids.ts';
import { orThrow } from '../shared/result.ts';
import { addDays, dayOf, instantAt, type LocalDay } from '../shared/time.ts';
import { findVenue } from '../venues/actions.ts';
import { drawerErrors } from './errors.ts';
import { decideCount, decideMovement } from './rules.ts';
import type { CountDrawer, MoveCash } from './schema.ts';
import {
  findCashYen,
  insertCount,
  insertMovement,
  listCash,
  listCounts,
  lockDrawer,
} from './store.ts';

const counters: readonly StaffRole[] = ['desk', 'manager'];
const movers: readonly StaffRole[] = ['desk', 'manager', 'finance'];

const findDrawer = async (context: Context, venue: string, roles: readonly StaffRole[]) => {
  const found = await findVenue(context.reads, venue);
  if (!hasRole(context.actor, found.id as VenueId, roles)) throw accountErrors.forbidden();
  return { venueId: found.id, zone: found.zone };
};

const accountIdOf = ({ actor }: Context) => ('accountId' in actor ? actor.accountId : null);

const countsShown = 10;

/** The cash of a venue on a day: what lay in the drawer, what came and went, and who counted it. */
export const viewDrawer = async (
  context: Context,
  { venue, on }: { venue: string; on?: LocalDay | undefined },
) => {
  const { venueId, zone } = await findDrawer(context, venue, movers);
  const today = dayOf(context.now(), zone);
  const day = on ?? today;
  const db = context.database.db;
  const stretch = {
    from: instantAt(day, '00:00', zone),
    until: instantAt(addDays(day, 1), '00:00', zone),
  };
  const [openingYen, expectedYen, entries, [count = null], counts] = await Promise.all([
    findCashYen(db, venueId, stretch.from),
    findCashYen(db, venueId, stretch.until),
    listCash(db, venueId, stretch),
    listCounts(db, venueId, { on: day, limit: 1 }),
    listCounts(db, venueId, { limit: countsShown }),
  ]);
  const can = (roles: readonly StaffRole[]) =>
    day === today && hasRole(context.actor, venueId as VenueId, roles);
  return {
    venue: venueId,
    on: day,
    isToday: day === today,
    openingYen,
    expectedYen,
    entries,
    count,
    counts,
    canCount: can(counters) && count === null,
    canMove: can(movers),
  };
};

/** Change put into the drawer, or cash taken to the bank. */
export const moveCash = (
  context: Context,
  { venue, kind, amountYen, note }: MoveCash,
): Promise<void> =>
  context.transact(async (tx) => {
    const { venueId } = await findDrawer(context, venue, movers);
    await lockDrawer(tx, venueId);
    const expectedYen = await findCashYen(tx, venueId);
    const movement = {
      id: context.newId('cash_movement'),
      venueId,
      kind,
      amountYen: orThrow(decideMovement({ kind, amountYen }, expectedYen)),
      note,
      accountId: accountIdOf(context),
      movedAt: context.now(),
    };
    await insertMovement(tx, movement);
    await recordAudit(tx, context, {
      action: 'drawers.move_cash',
      subjectId: movement.id,
      after: movement,
    });
  });

/** Counts the drawer, once a day; a difference is explained, and a movement makes the books meet it. */
export const countDrawer = (
  context: Context,
  { venue, pieces, differenceReason: reason }: CountDrawer,
): Promise<void> =>
  context.transact(async (tx) => {
    const { venueId, zone } = await findDrawer(context, venue, counters);
    await lockDrawer(tx, venueId);
    const now = context.now();
    const countedOn = dayOf(now, zone);
    const [known] = await listCounts(tx, venueId, { on: countedOn, limit: 1 });
    if (known) throw drawerErrors.already_counted();
    const expectedYen = await findCashYen(tx, venueId);
    const { differenceYen, ...counted } = orThrow(decideCount(pieces, expectedYen, reason));
    const id = context.newId('drawer_count');
    const accountId = accountIdOf(context);
    const count = { id, venueId, countedOn, expectedYen, ...counted, pieces };
    await insertCount(tx, { ...count, countedByAccountId: accountId, countedAt: now });
    if (differenceYen !== 0) {
      await insertMovement(tx, {
        id: context.newId('cash_movement'),
        venueId,
        kind: 'difference',
        amountYen: differenceYen,
        note: reason,
        accountId,
        movedAt: now,
      });
    }
    await recordAudit(tx, context, { action: 'drawers.count', subjectId: id, after: count });
  });

export { findLastCashDay, listCounts } from './store.ts';
