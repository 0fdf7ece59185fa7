import type { Queryable } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { hasRole, type StaffRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { addDays, dayOf, instantAt, type LocalDay } from '../../shared/time.ts';
import { findVenue } from '../../venues/actions.ts';
import { equipmentErrors } from '../errors.ts';
import { decideStock } from '../rules/changes.ts';
import { groupedBy, peakOf, type Peak } from '../rules/stock.ts';
import type { ChangeItem, EquipmentItem, NewItem } from '../schema.ts';
import {
  findItem,
  insertItem,
  listItemsByVenue,
  listLiveTakes,
  listPicksOn,
  listShortages,
  listTakesOn,
  lockItems,
  saveItem,
} from '../store.ts';
import { askRetry } from './allot.ts';

const requireRole = ({ actor }: Context, venueId: string, roles: readonly StaffRole[]): void => {
  if (!hasRole(actor, venueId as VenueId, roles)) throw accountErrors.forbidden();
};

interface Wished {
  readonly retired?: 'include' | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

/** What a venue lends, with what is free at a time where one is named. */
export const listEquipment = async (
  context: Context,
  venueId: string,
  { from, until, retired }: Wished = {},
): Promise<(EquipmentItem & { free?: number })[]> => {
  const venue = await findVenue(context.reads, venueId);
  const all = await listItemsByVenue(context.reads, venue.id);
  const items = all.filter(({ isRetired }) => retired === 'include' || !isRetired);
  if (!from || !until) return items;
  if (until <= from) throw equipmentErrors.time_reversed({ detail: { path: 'until' } });
  const ids = items.map(({ id }) => id);
  const takes = groupedBy(
    await listLiveTakes(context.reads, ids, { from, until }),
    ({ itemId }) => itemId,
  );
  return items.map((item) => {
    const peak = peakOf(takes.get(item.id) ?? [], from, until);
    return { ...item, free: Math.max(0, item.stock - peak.quantity) };
  });
};

type Pick = Awaited<ReturnType<typeof listPicksOn>>[number];

const shownPicks = (rows: readonly Pick[]) =>
  [...groupedBy(rows, ({ useId }) => useId).values()].map((lines) => {
    const { itemId: _item, quantity: _quantity, state: _state, note: _note, ...use } = lines[0]!;
    const { startsAt, endsAt, usedOn: _usedOn, ...place } = use;
    return {
      ...place,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      lines: lines.map(({ itemId, quantity, state, note }) => ({ itemId, quantity, state, note })),
    };
  });

/** One day of a venue: what is away when, who has it, what goes into which room. */
export const showEquipmentDay = async (
  context: Context,
  { venue: venueId, date }: { readonly venue: string; readonly date: LocalDay },
) => {
  const venue = await findVenue(context.reads, venueId);
  requireRole(context, venue.id, ['desk', 'manager', 'finance']);
  const from = instantAt(date, '00:00', venue.zone);
  const until = instantAt(addDays(date, 1), '00:00', venue.zone);
  const db = context.reads;
  const [all, takes, picks, shortages] = await Promise.all([
    listItemsByVenue(db, venue.id),
    listTakesOn(db, venue.id, { from, until }),
    listPicksOn(db, venue.id, { from, until }),
    listShortages(db, venue.id, context.now()),
  ]);
  const items = all.map((item) => {
    const own = takes.filter(({ itemId }) => itemId === item.id);
    const peak = peakOf(own, from, until).quantity;
    const shown = own.map(({ itemId: _item, from: starts, until: ends, ...take }) => ({
      ...take,
      from: starts.toISOString(),
      until: ends.toISOString(),
    }));
    return { ...item, peak, free: Math.max(0, item.stock - peak), takes: shown };
  });
  return {
    date,
    items,
    picks: shownPicks(picks),
    shortages: shortages.map(
      ({ itemId, usedOn, quantity, bookingId, bookingNumber, title, organizationName }) => ({
        itemId,
        usedOn,
        quantity,
        bookingId,
        bookingNumber,
        title,
        organizationName,
      }),
    ),
  };
};

/** How long ahead promises are looked for when a stock is lowered. */
const horizonDays = 1_500;

const peakAhead = async (context: Context, db: Queryable, itemId: string): Promise<Peak> => {
  const from = context.now();
  const until = new Date(from.getTime() + horizonDays * 86_400_000);
  return peakOf(await listLiveTakes(db, [itemId], { from, until }), from, until);
};

/** Price, stock and names; requests made before keep the price they were shown. */
export const changeItem = async (
  context: Context,
  { itemId, ...change }: ChangeItem & { readonly itemId: string },
): Promise<EquipmentItem> => {
  const known = await findItem(context.reads, itemId);
  requireRole(context, known.venueId, ['manager']);
  return context.transact(async (tx) => {
    await lockItems(tx, [itemId]);
    const before = await findItem(tx, itemId);
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const after: EquipmentItem = { ...before, ...Object.fromEntries(given) };
    const peak = await peakAhead(context, tx, itemId);
    if (after.stock < before.stock) orThrow(decideStock(after, peak));
    await saveItem(tx, after, { day: dayOf(peak.at), peak: peak.quantity });
    await recordAudit(tx, context, {
      action: 'equipment.change_item',
      subjectId: itemId,
      before,
      after,
    });
    if (after.stock > before.stock) await askRetry(tx, [itemId]);
    return after;
  });
};

const lastPlace = 10_000;

export const addItem = async (context: Context, input: NewItem): Promise<EquipmentItem> => {
  const { venue: venueId, ...facts } = input;
  const venue = await findVenue(context.reads, venueId);
  requireRole(context, venue.id, ['manager']);
  const item: EquipmentItem = {
    id: `${venue.id}.${facts.code}`,
    venueId: venue.id,
    ...facts,
    isRetired: false,
    sortOrder: lastPlace,
  };
  await context.transact(async (tx) => {
    await insertItem(tx, item);
    await recordAudit(tx, context, {
      action: 'equipment.add_item',
      subjectId: item.id,
      after: item,
    });
  });
  return item;
};
