import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { staffSource } from '../../policies/schema.ts';
import { sumYen } from '../../shared/money.ts';
import { orThrow } from '../../shared/result.ts';
import { addDays, dayOf, instantAt } from '../../shared/time.ts';
import { checkPeriod, type Period } from '../rules/closing.ts';
import {
  entryKinds,
  forCp932,
  journalOf,
  journalTable,
  type EntryKind,
  type JournalEntry,
  type JournalFact,
} from '../rules/journal.ts';
import type { SaveAccount } from '../schema.ts';
import { listAccounts, saveAccount } from '../store/closings.ts';
import { listCashMovements, listEvents } from '../store/events.ts';
import { administrators, findBooks, mayAs, reporters } from './access.ts';

const csvOf = (table: (string | number)[][], bom: boolean) =>
  stringify(table, { bom, record_delimiter: '\r\n', escape_formulas: true });

const isInCp932 = (character: string) =>
  iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character;

const listFacts = async (
  context: Context,
  venueId: string,
  zone: string,
  period: Period,
): Promise<JournalFact[]> => {
  const db = context.database.db;
  const [events, movements] = await Promise.all([
    listEvents(db, venueId, period),
    listCashMovements(db, venueId, {
      from: instantAt(period.from, '00:00', zone),
      until: instantAt(addDays(period.to, 1), '00:00', zone),
    }),
  ]);
  const nobody = {
    isPot: false,
    method: null,
    route: null,
    taxRateBp: null,
    bookingNumber: null,
    title: null,
    organizationName: null,
  };
  const facts = [
    ...events.map(({ payerName, ...event }) => ({ ...event, note: payerName })),
    ...movements.map(({ movedAt, ...movement }) => ({
      ...nobody,
      ...movement,
      bookedOn: dayOf(movedAt, zone),
      recordedAt: movedAt,
    })),
  ];
  return facts.sort(
    (one, other) =>
      one.bookedOn.localeCompare(other.bookedOn) ||
      one.recordedAt.getTime() - other.recordedAt.getTime(),
  );
};

interface Asked extends Period {
  readonly venue: string;
}

/** The books of some days as entries of double entry, with the accounts of the venue. */
export const viewJournal = async (context: Context, { venue, ...asked }: Asked) => {
  const { venueId, zone } = await findBooks(context, venue, reporters);
  const { from, to } = orThrow(checkPeriod(asked));
  const [facts, accounts] = await Promise.all([
    listFacts(context, venueId, zone, { from, to }),
    listAccounts(context.database.db, venueId),
  ]);
  const entries = orThrow(journalOf(facts, accounts));
  const used = new Set(entries.map(({ entry }) => entry));
  const { replaced } = forCp932(csvOf(journalTable(entries), false), isInCp932);
  return {
    venue: venueId,
    from,
    to,
    entries,
    totalYen: sumYen(entries.map(({ debit }) => debit.amountYen)),
    notInCp932: replaced,
    isProvisional: accounts.some(
      ({ entry, publication }) => used.has(entry) && publication === 'provisional',
    ),
  };
};

/** The journal as a file; in CP932 what it does not have leaves as 〓, and is named. */
export const journalFile = (
  entries: readonly JournalEntry[],
  encoding: 'utf-8' | 'cp932',
): { content: Uint8Array<ArrayBuffer>; replaced: string[] } => {
  const table = journalTable(entries);
  if (encoding === 'utf-8') {
    return { content: new Uint8Array(Buffer.from(csvOf(table, true), 'utf8')), replaced: [] };
  }
  const { text, replaced } = forCp932(csvOf(table, false), isInCp932);
  return { content: new Uint8Array(iconv.encode(text, 'cp932')), replaced };
};

/** Which accounts each entry bears at a venue, in the order of the list. */
export const viewAccounts = async (context: Context, venue: string) => {
  const { venueId } = await findBooks(context, venue, reporters);
  const known = await listAccounts(context.database.db, venueId);
  return {
    venue: venueId,
    accounts: entryKinds.flatMap((kind) => known.filter(({ entry }) => entry === kind)),
    missing: entryKinds.filter((kind) => !known.some(({ entry }) => entry === kind)),
    canChange: mayAs(context, venueId, administrators),
  };
};

/** Gives an entry other accounts; journals written before are not touched by it. */
export const changeAccount = (
  context: Context,
  entry: EntryKind,
  { venue, ...said }: SaveAccount,
): Promise<void> =>
  context.transact(async (tx) => {
    const { venueId } = await findBooks(context, venue, administrators);
    const before = (await listAccounts(tx, venueId)).find((account) => account.entry === entry);
    const after = { entry, ...said, publication: 'published' as const, source: staffSource };
    await saveAccount(tx, venueId, after);
    await recordAudit(tx, context, {
      action: 'closings.change_account',
      subjectId: venueId,
      before,
      after,
    });
  });
