import { and, asc, desc, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { bookings, bookingUses } from '#db/schema/bookings.ts';
import { equipmentItems, equipmentRequests } from '#db/schema/equipment.ts';
import { organizations } from '#db/schema/organizations.ts';
import { parkingTakes, planItems, plans, runSheets } from '#db/schema/plans.ts';
import { checklistItems } from '#db/schema/policies.ts';
import { configurations, rooms } from '#db/schema/rooms.ts';
import { addDays, instantAt, type LocalDay } from '../../shared/time.ts';
import type { SheetEntry } from '../rules/sheet.ts';

const shownStates = ['held', 'requested', 'approved', 'in_use', 'settled'] as const;

const parkingSpaces = sql<number>`coalesce((select ${parkingTakes.spaces} from ${parkingTakes}
  where ${parkingTakes.bookingId} = ${bookings.id}
    and ${parkingTakes.usedOn} = ${bookingUses.usedOn}), 0)`;

const openPoints = (name: 'name_ja' | 'name_en') => sql<string[]>`array(
  select point.${sql.identifier(name)} from ${checklistItems} point
  left join ${planItems} item on item.booking_id = ${bookings.id} and item.code = point.code
  where point.venue_id = ${bookings.venueId} and point.room_class = ${rooms.roomClass}
    and coalesce(item.state, 'open') = 'open'
  order by point.sort_order)`;

/** The uses that are in the house on a day, past midnight too, as the sheet tells them, in the order of the clock. */
export const listSheetEntries = async (
  db: Queryable,
  venueId: string,
  day: LocalDay,
  now: Date,
): Promise<Omit<SheetEntry, 'equipment'>[]> => {
  const rows = await db
    .select({
      useId: bookingUses.id,
      bookingId: bookings.id,
      number: bookings.number,
      title: bookings.title,
      organizationName: organizations.name,
      contactName: organizations.contactName,
      contactPhone: organizations.phone,
      state: bookings.state,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
      configurationNameJa: configurations.nameJa,
      configurationNameEn: configurations.nameEn,
      startsAt: bookingUses.startsAt,
      endsAt: bookingUses.endsAt,
      phase: bookingUses.phase,
      layout: bookingUses.layout,
      attendance: sql<number | null>`coalesce(${bookingUses.attendance}, ${bookings.attendance})`,
      coolingMinutes: bookingUses.coolingMinutes,
      heatingMinutes: bookingUses.heatingMinutes,
      wiredLan: bookingUses.wiredLan,
      parkingSpaces,
      planNote: sql<string>`coalesce(${plans.note}, '')`,
      openItemsJa: openPoints('name_ja'),
      openItemsEn: openPoints('name_en'),
    })
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .innerJoin(rooms, eq(rooms.id, bookingUses.roomId))
    .innerJoin(configurations, eq(configurations.id, bookingUses.configurationId))
    .leftJoin(plans, eq(plans.bookingId, bookings.id))
    .where(
      and(
        eq(bookings.venueId, venueId),
        lt(bookingUses.startsAt, instantAt(addDays(day, 1), '00:00')),
        gt(bookingUses.endsAt, instantAt(day, '00:00')),
        inArray(bookings.state, [...shownStates]),
        or(ne(bookings.state, 'held'), gt(bookings.holdExpiresAt, now)),
      ),
    )
    .orderBy(asc(rooms.sortOrder), asc(bookingUses.startsAt), asc(bookingUses.id));
  return rows.map(({ startsAt, endsAt, ...row }) => ({
    ...row,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  }));
};

/** What is lent with these uses, in the order of the catalogue. */
export const listEquipmentByUses = (db: Queryable, useIds: readonly string[]) =>
  db
    .select({
      useId: equipmentRequests.useId,
      nameJa: equipmentItems.nameJa,
      nameEn: equipmentItems.nameEn,
      quantity: equipmentRequests.quantity,
      state: equipmentRequests.state,
    })
    .from(equipmentRequests)
    .innerJoin(equipmentItems, eq(equipmentItems.id, equipmentRequests.itemId))
    .where(
      and(inArray(equipmentRequests.useId, [...useIds]), ne(equipmentRequests.state, 'dropped')),
    )
    .orderBy(asc(equipmentItems.sortOrder), asc(equipmentRequests.id));

/** The sheet as it was last printed. */
export const findOptionalLastSheet = async (db: Queryable, venueId: string, day: LocalDay) => {
  const [row] = await db
    .select({ sheet: runSheets, printedByName: accounts.name })
    .from(runSheets)
    .leftJoin(accounts, eq(accounts.id, runSheets.printedByAccountId))
    .where(and(eq(runSheets.venueId, venueId), eq(runSheets.usedOn, day)))
    .orderBy(desc(runSheets.number))
    .limit(1);
  return (
    row && {
      ...row.sheet,
      printedByName: row.printedByName,
    }
  );
};

/** Sheets of a day are numbered one after another. */
export const takeSheetNumber = async (
  tx: Queryable,
  venueId: string,
  day: LocalDay,
): Promise<number> => {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`run sheet ${venueId} ${day}`}, 0))`,
  );
  const last = await findOptionalLastSheet(tx, venueId, day);
  return (last?.number ?? 0) + 1;
};

export const insertSheet = async (
  tx: Queryable,
  row: typeof runSheets.$inferInsert,
): Promise<void> => {
  await tx.insert(runSheets).values(row);
};
