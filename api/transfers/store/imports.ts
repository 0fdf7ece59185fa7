import { and, asc, desc, eq, exists, gte, inArray, lte, ne, or, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { bankAccounts, bankImports, bankLines } from '#db/schema/transfers.ts';
import type { FileKind } from '../rules/file.ts';

export type BankAccount = typeof bankAccounts.$inferSelect;
export type NewImport = typeof bankImports.$inferInsert;
export type NewLine = typeof bankLines.$inferInsert;

/** Files are read one after the other: two that overlap never bring the same entry twice. */
export const lockImports = async (tx: Queryable): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('bank imports', 0))`);
};

export const listAccounts = (db: Queryable, venueIds: readonly string[]): Promise<BankAccount[]> =>
  db
    .select()
    .from(bankAccounts)
    .where(inArray(bankAccounts.venueId, [...venueIds]))
    .orderBy(asc(bankAccounts.venueId), asc(bankAccounts.id));

export const findOptionalImportBySha = async (db: Queryable, fileSha256: string) => {
  const [row] = await db.select().from(bankImports).where(eq(bankImports.fileSha256, fileSha256));
  return row;
};

interface Span {
  readonly bankAccountId: string;
  readonly kind: FileKind;
  readonly firstOn: string;
  readonly lastOn: string;
}

/** Whether the other kind of file has told of these days already. */
export const existsOfOtherKind = async (db: Queryable, span: Span): Promise<boolean> => {
  const [row] = await db
    .select({ id: bankLines.id })
    .from(bankLines)
    .innerJoin(bankImports, eq(bankImports.id, bankLines.importId))
    .where(
      and(
        eq(bankLines.bankAccountId, span.bankAccountId),
        ne(bankImports.kind, span.kind),
        gte(bankLines.bookedOn, span.firstOn),
        lte(bankLines.bookedOn, span.lastOn),
      ),
    )
    .limit(1);
  return row !== undefined;
};

export const listKnownKeys = async (
  db: Queryable,
  keys: readonly string[],
): Promise<Set<string>> => {
  const rows = await db
    .select({ key: bankLines.lineKey })
    .from(bankLines)
    .where(sql`${bankLines.lineKey} = any(${sql.param(keys)}::text[])`);
  return new Set(rows.map(({ key }) => key));
};

export const insertImport = async (tx: Queryable, row: NewImport): Promise<void> => {
  await tx.insert(bankImports).values(row);
};

const linesAtOnce = 1_000;

export const insertLines = async (tx: Queryable, lines: readonly NewLine[]): Promise<void> => {
  for (let at = 0; at < lines.length; at += linesAtOnce) {
    await tx.insert(bankLines).values(lines.slice(at, at + linesAtOnce));
  }
};

/** Entries that cancel another which has not been found yet, oldest first. */
export const listUnpaired = (tx: Queryable, bankAccountIds: readonly string[]) =>
  tx
    .select()
    .from(bankLines)
    .where(
      and(
        inArray(bankLines.bankAccountId, [...bankAccountIds]),
        eq(bankLines.isCancelled, true),
        sql`${bankLines.cancelsLineId} is null`,
      ),
    )
    .orderBy(asc(bankLines.bookedOn), asc(bankLines.lineNumber));

type Line = typeof bankLines.$inferSelect;

/**
 * The entry another takes back: same account, payer and amount, with its reference; or of its day,
 * where the bank gives no reference.
 */
export const findOptionalCancelled = async (
  tx: Queryable,
  line: Line,
): Promise<Line | undefined> => {
  const isSame = and(
    eq(bankLines.bankAccountId, line.bankAccountId),
    eq(bankLines.isIncoming, true),
    eq(bankLines.isCancelled, false),
    eq(bankLines.amountYen, line.amountYen),
    eq(bankLines.payerName, line.payerName),
    lte(bankLines.bookedOn, line.bookedOn),
    sql`not exists (select from bank_lines other where other.cancels_line_id = ${bankLines.id})`,
  );
  const isSameReference = sql`(${bankLines.reference} = ${line.reference} and ${line.reference} <> '')`;
  const isSameDay = and(
    eq(bankLines.valueOn, line.valueOn),
    sql`(${bankLines.reference} = '' or ${line.reference} = '')`,
  );
  const [row] = await tx
    .select()
    .from(bankLines)
    .where(and(isSame, or(isSameReference, isSameDay)))
    .orderBy(sql`${isSameReference} desc`, desc(bankLines.bookedOn), asc(bankLines.id))
    .limit(1);
  return row;
};

export const saveCancels = async (
  tx: Queryable,
  lineId: string,
  cancelsLineId: string,
): Promise<void> => {
  await tx.update(bankLines).set({ cancelsLineId }).where(eq(bankLines.id, lineId));
};

/** The newest files that told of accounts of some venues. */
export const listImports = (db: Queryable, venueIds: readonly string[], limit: number) =>
  db
    .select({
      id: bankImports.id,
      fileName: bankImports.fileName,
      kind: bankImports.kind,
      lineCount: bankImports.lineCount,
      knownCount: bankImports.knownCount,
      totalYen: bankImports.totalYen,
      importedAt: bankImports.importedAt,
      importedByName: accounts.name,
    })
    .from(bankImports)
    .leftJoin(accounts, eq(accounts.id, bankImports.importedByAccountId))
    .where(
      or(
        exists(
          db
            .select({ id: bankLines.id })
            .from(bankLines)
            .innerJoin(bankAccounts, eq(bankAccounts.id, bankLines.bankAccountId))
            .where(
              and(
                eq(bankLines.importId, bankImports.id),
                inArray(bankAccounts.venueId, [...venueIds]),
              ),
            ),
        ),
        sql`not exists (select from bank_lines any_line where any_line.import_id = ${bankImports.id})`,
      ),
    )
    .orderBy(desc(bankImports.importedAt), desc(bankImports.id))
    .limit(limit);
