import { sql, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { transact, type Database, type Transaction } from '../client.server.ts';
import * as fees from '../schema/fees.ts';
import * as reports from '../schema/reports.ts';
import * as rooms from '../schema/rooms.ts';
import * as slots from '../schema/slots.ts';
import * as venues from '../schema/venues.ts';
import bigPalette from './catalogue/big-palette.yaml?raw';
import corasse from './catalogue/corasse.yaml?raw';
import hightechPlaza from './catalogue/hightech-plaza.yaml?raw';
import type { CatalogueFile } from './catalogue/format.ts';
import { readCatalogueFile } from './catalogue/read.ts';
import { catalogueRows, type CatalogueRows } from './catalogue/rows.ts';

const texts = {
  'big-palette.yaml': bigPalette,
  'corasse.yaml': corasse,
  'hightech-plaza.yaml': hightechPlaza,
};

/** In the order of their references. */
const tables: { readonly [Name in keyof CatalogueRows]: PgTable } = {
  venues: venues.venues,
  venueIssuers: venues.venueIssuers,
  slots: slots.slots,
  bands: slots.bands,
  closedDayRules: slots.closedDayRules,
  rooms: rooms.rooms,
  cells: rooms.cells,
  configurations: rooms.configurations,
  configurationCells: rooms.configurationCells,
  configurationLayouts: rooms.configurationLayouts,
  tariffs: fees.tariffs,
  tariffRules: fees.tariffRules,
  tariffPrices: fees.tariffPrices,
  tariffExtras: fees.tariffExtras,
  occupancyFigures: reports.occupancyFigures,
  occupancyFigureRooms: reports.occupancyFigureRooms,
  occupancyPlans: reports.occupancyPlans,
  occupancyDefinitions: reports.occupancyDefinitions,
};

/** The catalogue of the real venues, read and checked. */
export const catalogueFiles = (): CatalogueFile[] =>
  Object.entries(texts).map(([fileName, text]) => readCatalogueFile(fileName, text));

const keyColumns = (table: PgTable) => {
  const { columns, primaryKeys } = getTableConfig(table);
  const composite = primaryKeys[0]?.columns;
  return composite ?? columns.filter((column) => column.primary);
};

const upsert = async (tx: Transaction, table: PgTable, rows: object[]) => {
  if (rows.length === 0) return;
  const target = keyColumns(table);
  const keys = new Set(target.map((column) => column.name));
  const named = Object.entries(table).filter(([property]) => property in rows[0]!);
  const set: Record<string, SQL> = {};
  for (const [property, column] of named as [string, { name: string }][]) {
    if (!keys.has(column.name)) set[property] = sql`excluded.${sql.identifier(column.name)}`;
  }
  const insert = tx.insert(table).values(rows);
  await (Object.keys(set).length === 0
    ? insert.onConflictDoNothing()
    : insert.onConflictDoUpdate({ target, set }));
};

/** Writes the whole catalogue in one transaction; a second run changes nothing. */
export const seedCatalogue = (database: Database): Promise<void> =>
  transact(database, async (tx) => {
    for (const file of catalogueFiles()) {
      const rows = catalogueRows(file);
      for (const [name, table] of Object.entries(tables)) {
        await upsert(tx, table, rows[name as keyof CatalogueRows]);
      }
    }
  });
