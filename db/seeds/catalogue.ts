import { sql, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { staffSource } from '#api/policies/schema.ts';
import { faultOf, transact, type Database, type Transaction } from '../client.server.ts';
import * as cancellations from '../schema/cancellations.ts';
import * as closings from '../schema/closings.ts';
import * as equipment from '../schema/equipment.ts';
import * as fees from '../schema/fees.ts';
import * as policies from '../schema/policies.ts';
import * as receivables from '../schema/receivables.ts';
import * as refunds from '../schema/refunds.ts';
import * as reports from '../schema/reports.ts';
import * as rooms from '../schema/rooms.ts';
import * as slots from '../schema/slots.ts';
import * as transfers from '../schema/transfers.ts';
import * as utilities from '../schema/utilities.ts';
import * as venues from '../schema/venues.ts';
import bigPalette from './catalogue/big-palette.yaml?raw';
import corasse from './catalogue/corasse.yaml?raw';
import hightechPlaza from './catalogue/hightech-plaza.yaml?raw';
import type { CatalogueFile } from './catalogue/format.ts';
import { mistakeAt, readCatalogueFolder, refuseTwins, type NamedFile } from './catalogue/folder.ts';
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
  bookingPolicies: policies.bookingPolicies,
  refusalGrounds: policies.refusalGrounds,
  prohibitedUses: policies.prohibitedUses,
  reductionGrounds: policies.reductionGrounds,
  checklistItems: policies.checklistItems,
  parkingCapacities: policies.parkingCapacities,
  cancellationTerms: cancellations.cancellationTerms,
  instalmentTerms: receivables.instalmentTerms,
  dunningLevels: receivables.dunningLevels,
  journalAccounts: closings.journalAccounts,
  moneyLimits: refunds.moneyLimits,
  bankAccounts: transfers.bankAccounts,
  rooms: rooms.rooms,
  roomFeatures: rooms.roomFeatures,
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
  equipmentItems: equipment.equipmentItems,
  meters: utilities.meters,
  utilityTerms: utilities.utilityTerms,
};

const builtIn = (): NamedFile[] =>
  Object.entries(texts).map(([fileName, text]) => ({
    fileName,
    text,
    file: readCatalogueFile(fileName, text),
  }));

/** The catalogue of the real venues, read and checked. */
export const catalogueFiles = (): CatalogueFile[] => builtIn().map(({ file }) => file);

/** The built-in venues and those of a folder. */
const allFiles = (folder: string | undefined): NamedFile[] => {
  const files = [...builtIn(), ...(folder ? readCatalogueFolder(folder) : [])];
  refuseTwins(files);
  return files;
};

/** What staff change by hand is written once; the catalogue does not take it back. */
const keptByStaff: readonly PgTable[] = [
  equipment.equipmentItems,
  utilities.utilityTerms,
  closings.journalAccounts,
];

const keyColumns = (table: PgTable) => {
  const { columns, primaryKeys } = getTableConfig(table);
  const composite = primaryKeys[0]?.columns;
  return composite ?? columns.filter((column) => column.primary);
};

/** What staff have set by hand stays as it is. */
const keptRows = new Map<PgTable, SQL>([
  [
    policies.bookingPolicies,
    sql`${policies.bookingPolicies.source} is distinct from ${staffSource}`,
  ],
]);

const upsert = async (tx: Transaction, table: PgTable, rows: object[]) => {
  if (rows.length === 0) return;
  const target = keyColumns(table);
  const keys = new Set(target.map((column) => column.name));
  const named = Object.entries(table).filter(([property]) => property in rows[0]!);
  const set: Record<string, SQL> = {};
  for (const [property, column] of named as [string, { name: string }][]) {
    if (!keys.has(column.name)) set[property] = sql`excluded.${sql.identifier(column.name)}`;
  }
  const setWhere = keptRows.get(table);
  const insert = tx.insert(table).values(rows);
  await (Object.keys(set).length === 0 || keptByStaff.includes(table)
    ? insert.onConflictDoNothing()
    : insert.onConflictDoUpdate({ target, set, ...(setWhere ? { setWhere } : {}) }));
};

/** What a tariff consists of: a line that left the file leaves the tariff; promised quotes keep their own copy. */
const partsOfTariffs = ['tariffPrices', 'tariffRules', 'tariffExtras'] as const;

const removeDropped = async (tx: Transaction, rows: CatalogueRows) => {
  const tariffIds = rows.tariffs.map(({ id }) => id);
  for (const name of partsOfTariffs) {
    const table = tables[name];
    const columns = keyColumns(table).map((column) => column.name);
    const all = Object.entries(table) as [string, { name: string }][];
    const properties = columns.map((column) => all.find(([, { name: own }]) => own === column)![0]);
    const kept = (rows[name] as Record<string, unknown>[]).map((row) =>
      properties.map((property) => row[property]).join('|'),
    );
    const key = sql`concat_ws('|', ${sql.join(
      columns.map((column) => sql.identifier(column)),
      sql`, `,
    )})`;
    await tx.delete(table).where(
      sql`tariff_id = any(${sql.param(tariffIds)}::text[])
        and ${key} <> all(${sql.param(kept)}::text[])`,
    );
  }
};

/** Data the database does not take: a value out of range, a broken text, a row that contradicts another. */
const isRefusedData = (code: string) => /^2[23]/.test(code);

const writeFile = async (tx: Transaction, named: NamedFile) => {
  const rows = catalogueRows(named.file);
  for (const [name, table] of Object.entries(tables)) {
    try {
      await upsert(tx, table, rows[name as keyof CatalogueRows]);
    } catch (error) {
      const fault = faultOf(error);
      if (!fault || !isRefusedData(fault.code)) throw error;
      const { name: tableName } = getTableConfig(table);
      const reason = `${fault.code}${fault.constraint ? ` ${fault.constraint}` : ''}`;
      throw mistakeAt(
        named,
        '',
        `データベースの表 ${tableName} に入れられない値があります / the table ${tableName} does not take a value of this file (${reason})`,
      );
    }
  }
  await removeDropped(tx, rows);
};

/** What follows from the catalogue and stands or falls with it. */
export type AfterCatalogue = (tx: Transaction, files: readonly NamedFile[]) => Promise<unknown>;

/**
 * Writes the whole catalogue in one transaction, with the venues of a folder beside the built-in
 * ones; a second run changes nothing, a mistake in any file leaves everything as it was.
 * @throws CatalogueError that names the file, the line and the place in it
 */
export const seedCatalogue = async (
  database: Database,
  folder?: string,
  after?: AfterCatalogue,
): Promise<void> => {
  const files = allFiles(folder);
  await transact(database, async (tx) => {
    for (const named of files) await writeFile(tx, named);
    await after?.(tx, files);
  });
};
