import { and, asc, eq, inArray, ne, sql, type SQL } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import {
  cells,
  configurationCells,
  configurationLayouts,
  configurations,
  rooms,
} from '#db/schema/rooms.ts';
import { roomErrors } from './errors.ts';
import type { Cell, Configuration, OwnerBody, Room, RoomClass } from './schema.ts';

/** A configuration as bookings, fees and availability need it: with its room and its cells. */
export interface BookablePart {
  readonly id: string;
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly opensMonthsBefore: number;
  readonly cellIds: readonly string[];
  readonly venueId: string;
  readonly roomId: string;
  readonly roomCode: string;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly roomClass: RoomClass;
  readonly ownerBody: OwnerBody;
}

const listBookableParts = (db: Queryable, condition: SQL | undefined): Promise<BookablePart[]> =>
  db
    .select({
      id: configurations.id,
      code: configurations.code,
      nameJa: configurations.nameJa,
      nameEn: configurations.nameEn,
      opensMonthsBefore: configurations.opensMonthsBefore,
      cellIds: sql<
        string[]
      >`array_agg(${configurationCells.cellId} order by ${configurationCells.cellId})`,
      venueId: rooms.venueId,
      roomId: rooms.id,
      roomCode: rooms.code,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
      roomClass: rooms.roomClass,
      ownerBody: rooms.ownerBody,
    })
    .from(configurations)
    .innerJoin(rooms, eq(rooms.id, configurations.roomId))
    .innerJoin(configurationCells, eq(configurationCells.configurationId, configurations.id))
    .where(condition)
    .groupBy(configurations.id, rooms.id)
    .orderBy(asc(rooms.sortOrder), asc(configurations.sortOrder));

export const listBookablePartsByVenue = (
  db: Queryable,
  venueId: string,
  roomCode?: string,
): Promise<BookablePart[]> =>
  listBookableParts(
    db,
    and(eq(rooms.venueId, venueId), roomCode === undefined ? undefined : eq(rooms.code, roomCode)),
  );

export const listBookablePartsByIds = (
  db: Queryable,
  configurationIds: readonly string[],
): Promise<BookablePart[]> =>
  configurationIds.length === 0
    ? Promise.resolve([])
    : listBookableParts(db, inArray(configurations.id, [...configurationIds]));

/** How many people configurations take in each layout; booths are counted in booths. */
export const listCapacities = (db: Queryable, configurationIds: readonly string[]) =>
  db
    .select({
      configurationId: configurationLayouts.configurationId,
      layout: configurationLayouts.layout,
      capacity: configurationLayouts.capacity,
    })
    .from(configurationLayouts)
    .where(
      and(
        inArray(configurationLayouts.configurationId, [...configurationIds]),
        ne(configurationLayouts.layout, 'booths'),
      ),
    );

/** The classes of the rooms of a venue, in the order of the rooms. */
export const listRoomClasses = async (db: Queryable, venueId: string): Promise<RoomClass[]> => {
  const rows = await db
    .select({ roomClass: rooms.roomClass })
    .from(rooms)
    .where(eq(rooms.venueId, venueId))
    .groupBy(rooms.roomClass)
    .orderBy(sql`min(${rooms.sortOrder})`);
  return rows.map(({ roomClass }) => roomClass);
};

export const listCellIdsByVenue = async (db: Queryable, venueId: string): Promise<string[]> => {
  const rows = await db
    .select({ id: cells.id })
    .from(cells)
    .innerJoin(rooms, eq(rooms.id, cells.roomId))
    .where(eq(rooms.venueId, venueId))
    .orderBy(asc(cells.id));
  return rows.map((row) => row.id);
};

const byKey = <Row, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  valueOf: (row: Row) => Value,
): Map<string, Value[]> => {
  const found = new Map<string, Value[]>();
  for (const row of rows) {
    const values = found.get(keyOf(row));
    if (values) values.push(valueOf(row));
    else found.set(keyOf(row), [valueOf(row)]);
  }
  return found;
};

const cellsByRoom = async (db: Queryable, condition: SQL | undefined) => {
  const rows = await db
    .select({ cell: cells })
    .from(cells)
    .innerJoin(rooms, eq(rooms.id, cells.roomId))
    .where(condition)
    .orderBy(asc(cells.sortOrder));
  return byKey(
    rows,
    ({ cell }) => cell.roomId,
    ({ cell: { roomId: _roomId, sortOrder: _sortOrder, ...cell } }): Cell => cell,
  );
};

const layoutsByConfiguration = async (db: Queryable, condition: SQL | undefined) => {
  const rows = await db
    .select({ layout: configurationLayouts })
    .from(configurationLayouts)
    .innerJoin(configurations, eq(configurations.id, configurationLayouts.configurationId))
    .innerJoin(rooms, eq(rooms.id, configurations.roomId))
    .where(condition)
    .orderBy(sql`${configurationLayouts.capacity} desc`, asc(configurationLayouts.layout));
  return byKey(
    rows,
    ({ layout }) => layout.configurationId,
    ({ layout: { configurationId: _configurationId, ...layout } }) => layout,
  );
};

const configurationsByRoom = async (db: Queryable, condition: SQL | undefined) => {
  const [parts, layouts] = await Promise.all([
    db
      .select({
        part: configurations,
        cellIds: sql<
          string[]
        >`array_agg(${configurationCells.cellId} order by ${configurationCells.cellId})`,
      })
      .from(configurations)
      .innerJoin(rooms, eq(rooms.id, configurations.roomId))
      .innerJoin(configurationCells, eq(configurationCells.configurationId, configurations.id))
      .where(condition)
      .groupBy(configurations.id)
      .orderBy(asc(configurations.sortOrder)),
    layoutsByConfiguration(db, condition),
  ]);
  return byKey(
    parts,
    ({ part }) => part.roomId,
    ({ part: { roomId: _roomId, sortOrder: _sortOrder, ...part }, cellIds }): Configuration => ({
      ...part,
      cellIds,
      layouts: layouts.get(part.id) ?? [],
    }),
  );
};

const listRooms = async (db: Queryable, condition: SQL | undefined): Promise<Room[]> => {
  const [rows, cellsOf, configurationsOf] = await Promise.all([
    db.select().from(rooms).where(condition).orderBy(asc(rooms.sortOrder)),
    cellsByRoom(db, condition),
    configurationsByRoom(db, condition),
  ]);
  return rows.map(({ venueId: _venueId, sortOrder: _sortOrder, ...room }) => ({
    ...room,
    cells: cellsOf.get(room.id) ?? [],
    configurations: configurationsOf.get(room.id) ?? [],
  }));
};

export const listRoomsByVenue = (db: Queryable, venueId: string): Promise<Room[]> =>
  listRooms(db, eq(rooms.venueId, venueId));

export const findRoom = async (db: Queryable, venueId: string, roomCode: string): Promise<Room> => {
  const [room] = await listRooms(db, and(eq(rooms.venueId, venueId), eq(rooms.code, roomCode)));
  if (!room) throw roomErrors.unknown({ params: { room: roomCode } });
  return room;
};
