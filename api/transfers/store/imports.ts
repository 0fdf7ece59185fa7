import { and, asc, desc, eq, exists, gte, inArray, lte, ne, or, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { bankAccounts, bankImports, bankLines } from '#db/schema/transfers.ts';
import type { FileKind, FileNote } from '../rules/entry.ts';

export type BankAccount = typeof bankAccounts.$inferSelect;
export type NewImport = typeof bankImports.$inferInsert & {
  readonly notes: readonly FileNote[];
};
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
/** A bank corrects itself soon; the same sum months ago is another transfer. */
const correctedWithinDays = 31;

export const insertLines = async (tx: Queryable, lines: readonly NewLine[]): Promise<void> => {
  for (let at = 0; at < lines.length; at += linesAtOnce) {
    await tx.insert(bankLines).values(lines.slice(at, at + linesAtOnce));
  }
};

/** Entries that cancel another which has not been found yet, oldest first, with the file they stand in. */
export const listUnpaired = (tx: Queryable, bankAccountIds: readonly string[]) =>
  tx
    .select({ line: bankLines, fileKind: bankImports.kind })
    .from(bankLines)
    .innerJoin(bankImports, eq(bankImports.id, bankLines.importId))
    .where(
      and(
        inArray(bankLines.bankAccountId, [...bankAccountIds]),
        eq(bankLines.isCancelled, true),
        sql`${bankLines.cancelsLineId} is null`,
      ),
    )
    .orderBy(asc(bankLines.bookedOn), asc(bankLines.lineNumber));

type Line = typeof bankLines.$inferSelect;

const mayBeCancelledBy = (line: Line) =>
  and(
    eq(bankLines.bankAccountId, line.bankAccountId),
    eq(bankLines.isIncoming, true),
    eq(bankLines.isCancelled, false),
    eq(bankLines.amountYen, line.amountYen),
    lte(bankLines.bookedOn, line.bookedOn),
    sql`not exists (select from bank_lines other where other.cancels_line_id = ${bankLines.id})`,
  );

const isSameReference = (line: Line) =>
  sql`(${bankLines.reference} = ${line.reference} and ${line.reference} <> '')`;

/**
 * The entry another takes back: same account, payer and amount, with its reference; or of its day,
 * where the bank gives no reference.
 */
export const findOptionalCancelled = async (
  tx: Queryable,
  line: Line,
): Promise<Line | undefined> => {
  const isSameDay = and(
    eq(bankLines.valueOn, line.valueOn),
    sql`(${bankLines.reference} = '' or ${line.reference} = '')`,
  );
  const [row] = await tx
    .select()
    .from(bankLines)
    .where(
      and(
        mayBeCancelledBy(line),
        eq(bankLines.payerName, line.payerName),
        or(isSameReference(line), isSameDay),
      ),
    )
    .orderBy(sql`${isSameReference(line)} desc`, desc(bankLines.bookedOn), asc(bankLines.id))
    .limit(1);
  return row;
};

/**
 * The deposits a correction entry (訂正) may take back, the nearest before it first. It has a reference of its
 * own, and some banks leave its payer out.
 */
export const listCorrectable = (tx: Queryable, line: Line): Promise<Line[]> =>
  tx
    .select()
    .from(bankLines)
    .where(
      and(
        mayBeCancelledBy(line),
        gte(bankLines.bookedOn, sql`${line.bookedOn}::date - ${correctedWithinDays}::int`),
        sql`(${line.payerName} = '' or ${bankLines.payerName} in ('', ${line.payerName}))`,
        sql`(${bankLines.importId} <> ${line.importId} or ${bankLines.lineNumber} < ${line.lineNumber})`,
      ),
    )
    .orderBy(
      sql`${isSameReference(line)} desc`,
      desc(bankLines.valueOn),
      desc(bankLines.createdAt),
      desc(bankLines.lineNumber),
    );

export const saveCancels = async (
  tx: Queryable,
  lineId: string,
  cancelsLineId: string,
): Promise<void> => {
  await tx.update(bankLines).set({ cancelsLineId }).where(eq(bankLines.id, lineId));
};

/** The newest files that told of accounts of some venues. */
export const listImports = async (db: Queryable, venueIds: readonly string[], limit: number) => {
  const rows = await db
    .select({
      id: bankImports.id,
      fileName: bankImports.fileName,
      kind: bankImports.kind,
      lineCount: bankImports.lineCount,
      knownCount: bankImports.knownCount,
      totalYen: bankImports.totalYen,
      notes: bankImports.notes,
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
  return rows;
};
