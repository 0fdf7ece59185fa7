import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { staffSource } from '../../policies/schema.ts';
import { sumYen } from '../../shared/money.ts';
import { orThrow } from '../../shared/result.ts';
import { addDays, dayOf, instantAt } from '../../shared/time.ts';
import { checkPeriod, type Period } from '../rules/closing.ts';
import { entryKinds, journalOf, type EntryKind, type JournalFact } from '../rules/journal.ts';
import type { SaveAccount } from '../schema.ts';
import { listAccounts, saveAccount } from '../store/closings.ts';
import { listCashMovements, listEvents } from '../store/events.ts';
import { administrators, findBooks, mayAs, reporters } from './access.ts';

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
    number: null,
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
  return {
    venue: venueId,
    from,
    to,
    entries,
    totalYen: sumYen(entries.map(({ debit }) => debit.amountYen)),
    isProvisional: accounts.some(
      ({ entry, publication }) => used.has(entry) && publication === 'provisional',
    ),
  };
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
