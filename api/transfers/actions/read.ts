import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { listStandingCharges } from '../../payments/actions/dues.ts';
import { listAllocationRebates } from '../../payments/actions/rebate.ts';
import { partsPaidOff } from '../../payments/rules/ledger.ts';
import { findOptionalRebateLimit } from '../../refunds/actions/limits.ts';
import type { VenueId } from '../../shared/ids.ts';
import { sumYen } from '../../shared/money.ts';
import { eraLabel, fiscalYearOf, type LocalDay } from '../../shared/time.ts';
import { transferErrors } from '../errors.ts';
import { stateOfLine } from '../rules/line.ts';
import { proposeMatches, restOf, type Proposal } from '../rules/match.ts';
import { prefixesOf, type Debt, type OpenPaper } from '../rules/mentions.ts';
import { paperNumbersIn } from '../../shared/written_numbers.ts';
import { linesPageSize, type ListLines } from '../schema.ts';
import { findOptionalByNumber, listOwing, type DebtRow } from '../store/debts.ts';
import { listAccounts, listImports } from '../store/imports.ts';
import { countLines, findLine, listAllocated, listLines, type ShownLine } from '../store/lines.ts';
import { listPapers } from '../store/papers.ts';
import { requireOwn, requireVenues } from './guard.ts';

interface VenueDebt extends Debt {
  readonly venueId: string;
}

/** Balances with the next day to pay of each. */
const withDues = async (db: Queryable, balances: readonly DebtRow[]): Promise<VenueDebt[]> => {
  const charges = await listStandingCharges(
    db,
    balances.map(({ billingAccountId }) => billingAccountId),
  );
  const byAccount = new Map<string, (typeof charges)[number][]>();
  for (const charge of charges) {
    byAccount.set(charge.billingAccountId, [
      ...(byAccount.get(charge.billingAccountId) ?? []),
      charge,
    ]);
  }
  return balances.map((balance) => {
    const parts = partsPaidOff(byAccount.get(balance.billingAccountId) ?? [], balance.owedYen);
    const due = parts.find(({ openYen }) => openYen > 0);
    return { ...balance, dueOn: due?.dueOn ?? null, dueYen: due?.openYen ?? null };
  });
};

const shownDebt = (debt: Debt) => {
  const { billingAccountId, number, title, organizationName, owedYen, dueOn, dueYen } = debt;
  return { billingAccountId, number, title, organizationName, owedYen, dueOn, dueYen };
};

const shownProposal = (potYen: number, proposal: Proposal) => ({
  parts: proposal.parts.map(({ debt, amountYen }) => ({
    debt: shownDebt(debt),
    amountYen,
  })),
  reasons: [...proposal.reasons],
  score: proposal.score,
  isLikely: proposal.isLikely,
  restYen: restOf(potYen, proposal),
});

export const stateOf = ({ line, isTakenBack, leftYen, outYen }: ShownLine) =>
  stateOfLine({ ...line, isTakenBack, leftYen, outYen });

const lineView = (shown: ShownLine) => {
  const { line, venueId, leftYen, ignoredByName, fileName } = shown;
  const { id, bookedOn, valueOn, reference, amountYen, isIncoming, lineNumber } = line;
  const { payerName, bankName, branchName, message, ignoredReason } = line;
  const state = stateOf(shown);
  return {
    id,
    venueId,
    state,
    bookedOn,
    valueOn,
    reference,
    amountYen,
    leftYen,
    isIncoming,
    payerName,
    bankName,
    branchName,
    message,
    ignoredReason,
    ignoredByName,
    fileName,
    lineNumber,
  };
};

const textsOf = ({ line: { payerName, message } }: ShownLine) => [payerName, message];

/** Papers are looked for in the year of an entry and the two before it, where it says no year. */
const paperYears = 3;

const erasOf = ({ line }: ShownLine): string[] => {
  const year = fiscalYearOf(line.bookedOn as LocalDay);
  return Array.from({ length: paperYears }, (_, back) => eraLabel(year - back));
};

/** What is owed, and the papers whose numbers stand in the entries. */
interface Known {
  readonly debts: readonly VenueDebt[];
  readonly papers: readonly OpenPaper[];
}

const findKnown = async (
  db: Queryable,
  venueIds: readonly string[],
  rows: readonly ShownLine[],
): Promise<Known> => {
  const debts = await withDues(db, await listOwing(db, venueIds));
  const prefixes = prefixesOf(debts);
  const numbers = rows
    .filter((row) => stateOf(row) === 'open')
    .flatMap((row) => paperNumbersIn(textsOf(row), prefixes, erasOf(row)));
  return { debts, papers: await listPapers(db, venueIds, [...new Set(numbers)]) };
};

const proposalsFor = (shown: ShownLine, { debts, papers }: Known) => {
  if (stateOf(shown) !== 'open') return [];
  const { leftYen: potYen, venueId, line } = shown;
  const { payerName, message } = line;
  const own = debts.filter((debt) => debt.venueId === venueId);
  return proposeMatches({ potYen, payerName, message }, own, papers).map((one) =>
    shownProposal(potYen, one),
  );
};

/** Entries of the actor's accounts; those that wait carry the best guess of what they pay for. */
export const viewLines = async (context: Context, { venue, page, ...asked }: ListLines) => {
  const db = context.database.db;
  const filter = { ...asked, venueIds: requireVenues(context, venue) };
  const span = { limit: linesPageSize, offset: (page - 1) * linesPageSize };
  const [rows, { total, leftYen }] = await Promise.all([
    listLines(db, filter, span),
    countLines(db, filter),
  ]);
  const known = await findKnown(db, filter.venueIds, rows);
  return {
    lines: rows.map((row) => ({ ...lineView(row), best: proposalsFor(row, known)[0] ?? null })),
    totals: { leftYen },
    page,
    pageCount: Math.max(1, Math.ceil(total / linesPageSize)),
    total,
  };
};

/** Each with what was taken off beside it. */
const withRebates = async (db: Queryable, allocated: Awaited<ReturnType<typeof listAllocated>>) => {
  if (allocated.length === 0) return [];
  const billingAccountIds = allocated.map(({ billingAccountId }) => billingAccountId);
  const rebates = await listAllocationRebates(db, billingAccountIds);
  return allocated.map((one) => {
    const own = rebates.filter(({ allocationId }) => allocationId === one.allocationId);
    return { ...one, rebateYen: sumYen(own.map(({ amountYen }) => amountYen)) };
  });
};

/** @throws transfers.unknown */
export const viewLine = async (context: Context, lineId: string) => {
  const db = context.database.db;
  const shown = await findLine(db, lineId);
  requireOwn(context, shown.venueId);
  const { paymentId } = shown.line;
  const [known, allocated, limit] = await Promise.all([
    findKnown(db, [shown.venueId], [shown]),
    paymentId ? listAllocated(db, paymentId) : [],
    findOptionalRebateLimit(db, context, shown.venueId as VenueId),
  ]);
  return {
    ...lineView(shown),
    account: shown.account,
    paymentId,
    refundYen: shown.refundYen,
    rebateLimit: limit
      ? { yenMost: limit.yenMost, publication: limit.publication, source: limit.source }
      : null,
    proposals: proposalsFor(shown, known),
    allocations: await withRebates(db, allocated),
  };
};

/** A debt of the venue an entry came to. @throws transfers.debt_not_found */
export const findDebtFor = async (context: Context, lineId: string, number: string) => {
  const db = context.database.db;
  const { venueId } = await findLine(db, lineId);
  requireOwn(context, venueId);
  const balance = await findOptionalByNumber(db, venueId, number);
  if (!balance) throw transferErrors.debt_not_found();
  const [debt] = await withDues(db, [balance]);
  return shownDebt(debt!);
};

export const viewAccounts = (context: Context) =>
  listAccounts(context.reads, requireVenues(context));

const importsMost = 30;

export const viewImports = (context: Context) =>
  listImports(context.reads, requireVenues(context), importsMost);
