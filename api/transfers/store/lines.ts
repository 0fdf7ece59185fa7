import { and, asc, count, desc, eq, gte, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { allocations } from '#db/schema/ledgers.ts';
import { bankAccounts, bankImports, bankLines } from '#db/schema/transfers.ts';
import { searchPatterns } from '../../shared/search.ts';
import { transferErrors } from '../errors.ts';
import type { ListLines } from '../schema.ts';

const outSum = sql<number>`(select coalesce(sum(out.amount_yen), 0)::int from money_events out
  where out.payment_id = ${bankLines.paymentId} and out.billing_account_id is null
    and out.refund_id is null and out.kind in ('returned', 'return_bounced'))`;

const allocatedSum = sql<number>`(select coalesce(sum(part.amount_yen), 0)::int
  from allocations part where part.payment_id = ${bankLines.paymentId})`;

const refundSum = sql<number>`(select coalesce(sum(going.amount_yen), 0)::int from refunds going
  where going.payment_id = ${bankLines.paymentId} and going.billing_account_id is null
    and going.state not in ('rejected', 'cancelled'))`;

const isTakenBack = sql<boolean>`exists (select from bank_lines other
  where other.cancels_line_id = ${bankLines.id})`;

const leftSum = sql<number>`(case when ${bankLines.paymentId} is null then 0
  else ${bankLines.amountYen} - ${allocatedSum} - ${refundSum} - ${outSum} end)::int`;

const shown = {
  line: bankLines,
  venueId: bankAccounts.venueId,
  account: bankAccounts,
  fileName: bankImports.fileName,
  ignoredByName: accounts.name,
  outYen: outSum,
  allocatedYen: allocatedSum,
  refundYen: refundSum,
  leftYen: leftSum,
  isTakenBack,
};

const linesShown = (db: Queryable) =>
  db
    .select(shown)
    .from(bankLines)
    .innerJoin(bankAccounts, eq(bankAccounts.id, bankLines.bankAccountId))
    .innerJoin(bankImports, eq(bankImports.id, bankLines.importId))
    .leftJoin(accounts, eq(accounts.id, bankLines.ignoredByAccountId));

export type ShownLine = Awaited<ReturnType<typeof linesShown>>[number];

export type LineFilter = Omit<ListLines, 'venue' | 'page'> & {
  readonly venueIds: readonly string[];
};

const isUnpaired = sql`(${bankLines.isCancelled} and ${bankLines.cancelsLineId} is null
  and ${bankLines.ignoredReason} is null)`;

const needsSomebody = sql`(${isUnpaired} or (${bankLines.paymentId} is not null and (
  (${isTakenBack} and ${outSum} < ${bankLines.amountYen})
  or (not ${isTakenBack} and ${bankLines.ignoredReason} is null and ${leftSum} > 0))))`;

const isAside = sql`((${bankLines.paymentId} is null and not ${isUnpaired})
  or (${bankLines.paymentId} is not null and ${bankLines.ignoredReason} is not null
    and not (${isTakenBack} and ${outSum} < ${bankLines.amountYen}))
  or (${isTakenBack} and ${outSum} = ${bankLines.amountYen}))`;

const conditions: Readonly<Record<LineFilter['view'], SQL>> = {
  open: needsSomebody,
  aside: isAside,
  done: sql`(not ${needsSomebody} and not ${isAside})`,
  all: sql`true`,
};

/** `search` is kept by the database as `searchText` says. */
const contains = (query: string): SQL =>
  or(
    ...searchPatterns(query).map(
      (pattern) => sql`(${bankLines}.search like ${pattern} or exists (
        select from allocations part join billing_accounts paid on paid.id = part.billing_account_id
        where part.payment_id = ${bankLines.paymentId} and paid.search like ${pattern}))`,
    ),
  ) ?? sql`false`;

const matching = ({ venueIds, view, query, amount, from, to }: LineFilter) =>
  and(
    inArray(bankAccounts.venueId, [...venueIds]),
    conditions[view],
    query ? contains(query) : undefined,
    amount === undefined ? undefined : eq(bankLines.amountYen, amount),
    from ? gte(bankLines.bookedOn, from) : undefined,
    to ? lte(bankLines.bookedOn, to) : undefined,
  );

interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Newest day first. */
export const listLines = (
  db: Queryable,
  filter: LineFilter,
  { limit, offset }: Page,
): Promise<ShownLine[]> =>
  linesShown(db)
    .where(matching(filter))
    .orderBy(desc(bankLines.bookedOn), asc(bankLines.lineNumber), asc(bankLines.id))
    .limit(limit)
    .offset(offset);

export const countLines = async (db: Queryable, filter: LineFilter) => {
  const [row] = await db
    .select({ total: count(), leftYen: sql<string>`coalesce(sum(${leftSum}), 0)` })
    .from(bankLines)
    .innerJoin(bankAccounts, eq(bankAccounts.id, bankLines.bankAccountId))
    .where(matching(filter));
  return { total: row!.total, leftYen: Number(row!.leftYen) };
};

/** @throws transfers.unknown */
export const findLine = async (db: Queryable, id: string): Promise<ShownLine> => {
  const [row] = await linesShown(db).where(eq(bankLines.id, id));
  if (!row) throw transferErrors.unknown();
  return row;
};

/** Of two who decide about the same entry one waits for the other. */
export const lockLine = async (tx: Queryable, id: string): Promise<void> => {
  await tx.select({ id: bankLines.id }).from(bankLines).where(eq(bankLines.id, id)).for('update');
};

export const saveIgnored = async (
  tx: Queryable,
  id: string,
  ignored: { readonly reason: string; readonly accountId: string | null } | null,
): Promise<void> => {
  await tx
    .update(bankLines)
    .set({
      ignoredReason: ignored?.reason ?? null,
      ignoredByAccountId: ignored?.accountId ?? null,
    })
    .where(eq(bankLines.id, id));
};

/** What the money of an entry pays for now. */
export const listAllocated = (db: Queryable, paymentId: string) =>
  db
    .select({
      allocationId: allocations.id,
      billingAccountId: allocations.billingAccountId,
      number: billingAccounts.number,
      title: billingAccounts.title,
      amountYen: allocations.amountYen,
      createdAt: allocations.createdAt,
    })
    .from(allocations)
    .innerJoin(billingAccounts, eq(billingAccounts.id, allocations.billingAccountId))
    .where(
      and(
        eq(allocations.paymentId, paymentId),
        sql`${allocations.reversesId} is null`,
        sql`not exists (select from allocations back where back.reverses_id = ${allocations.id})`,
      ),
    )
    .orderBy(asc(allocations.createdAt), asc(allocations.id));
