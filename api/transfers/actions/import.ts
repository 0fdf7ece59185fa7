import { createHash } from 'node:crypto';
import type { Transaction } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { receiveMoney } from '../../payments/actions/ledger.ts';
import type { VenueId } from '../../shared/ids.ts';
import { sumYen } from '../../shared/money.ts';
import { dayOf, instantAt } from '../../shared/time.ts';
import { transferErrors } from '../errors.ts';
import {
  readBankFile,
  type AccountEntries,
  type AccountKind,
  type BankFile,
  type Entry,
} from '../rules/file.ts';
import { keyTexts } from '../rules/line.ts';
import {
  existsOfOtherKind,
  findOptionalImportBySha,
  insertImport,
  insertLines,
  listAccounts,
  listKnownKeys,
  lockImports,
  type BankAccount,
  type NewImport,
  type NewLine,
} from '../store/imports.ts';
import { financeVenues } from './guard.ts';
import { settleCancelled } from './cancelled.ts';

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');

const kindWords: Readonly<Record<AccountKind, { ja: string; en: string }>> = {
  ordinary: { ja: '普通', en: 'ordinary account' },
  current: { ja: '当座', en: 'current account' },
  savings: { ja: '貯蓄', en: 'savings account' },
};

interface KnownAccount extends AccountEntries {
  readonly account: BankAccount;
}

const recognise = (accounts: readonly BankAccount[], told: AccountEntries): KnownAccount => {
  const { lineNumber: line, bankCode, branchCode, kind, number } = told;
  const account = accounts.find(
    (one) =>
      one.bankCode === bankCode &&
      one.branchCode === branchCode &&
      one.kind === kind &&
      one.number === number,
  );
  if (account) return { ...told, account };
  const { ja: kindJa, en: kindEn } = kindWords[kind];
  throw transferErrors.account_unknown({
    params: { line, bankCode, branchCode, kindJa, kindEn, number },
    detail: { line, bankCode, branchCode, kind, number },
  });
};

const refuseOtherKind = async (
  tx: Transaction,
  { kind }: BankFile,
  { account, firstOn, lastOn }: KnownAccount,
): Promise<void> => {
  const span = { bankAccountId: account.id, kind, firstOn, lastOn };
  if (!(await existsOfOtherKind(tx, span))) return;
  const params = { number: account.number, from: firstOn, to: lastOn };
  throw transferErrors.other_kind_read({ params });
};

interface KeyedEntry {
  readonly account: BankAccount;
  readonly entry: Entry;
  readonly lineKey: string;
}

/** An account may stand in a file more than once: its entries are counted together. */
const keyed = (accounts: readonly KnownAccount[]): KeyedEntry[] => {
  const all = accounts.flatMap(({ account, entries }) =>
    entries.map((entry) => ({ account, entry })),
  );
  const texts = keyTexts(
    all.map(({ account, entry }) => ({ ...entry, bankAccountId: account.id })),
  );
  return all.map((one, at) => ({ ...one, lineKey: sha256(texts[at]!) }));
};

/** Money that came in is in the pot from the moment it is read. */
const receiveEntry = async (
  tx: Transaction,
  context: Context,
  { account, entry, lineKey }: KeyedEntry,
): Promise<string | null> => {
  if (!entry.isIncoming || entry.isCancelled) return null;
  const payment = await receiveMoney(tx, context, {
    venueId: account.venueId as VenueId,
    method: 'bank_transfer',
    amountYen: entry.amountYen,
    receivedAt: instantAt(entry.bookedOn, '00:00'),
    cause: `bank_line:${lineKey}`,
    payerName: entry.payerName,
  });
  return payment?.id ?? null;
};

const keepEntries = async (
  tx: Transaction,
  context: Context,
  importId: string,
  entries: readonly KeyedEntry[],
): Promise<void> => {
  const lines: NewLine[] = [];
  for (const one of entries) {
    lines.push({
      ...one.entry,
      id: context.newId('bank_line'),
      importId,
      bankAccountId: one.account.id,
      lineKey: one.lineKey,
      paymentId: await receiveEntry(tx, context, one),
      createdAt: context.now(),
    });
  }
  await insertLines(tx, lines);
};

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const recordImport = async (
  tx: Transaction,
  context: Context,
  {
    upload,
    file,
    all,
    fresh,
  }: Record<'all' | 'fresh', readonly KeyedEntry[]> & {
    readonly upload: Upload;
    readonly file: BankFile;
  },
): Promise<NewImport> => {
  const received = fresh.filter(({ entry }) => entry.isIncoming && !entry.isCancelled);
  const row: NewImport = {
    id: context.newId('bank_import'),
    fileName: upload.name,
    fileSha256: sha256(upload.bytes),
    kind: file.kind,
    lineCount: all.length,
    knownCount: all.length - fresh.length,
    totalYen: sumYen(received.map(({ entry }) => entry.amountYen)),
    importedByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    importedAt: context.now(),
  };
  await insertImport(tx, row);
  await recordAudit(tx, context, { action: 'transfers.import', subjectId: row.id, after: row });
  return row;
};

/**
 * Reads a file of the bank: whole, or not at all. What an earlier file has told already is counted as
 * known; new money goes into the pot of its venue.
 * @throws transfers.file_known, transfers.account_unknown, transfers.other_kind_read, and what
 * `readBankFile` refuses
 */
export const importFile = (context: Context, upload: Upload): Promise<NewImport> =>
  context.transact(async (tx) => {
    const venueIds = financeVenues(context.actor);
    if (venueIds.length === 0) throw accountErrors.forbidden();
    const file = readBankFile(upload.bytes, dayOf(context.now()));
    await lockImports(tx);
    const before = await findOptionalImportBySha(tx, sha256(upload.bytes));
    if (before) {
      throw transferErrors.file_known({ params: { importedOn: dayOf(before.importedAt) } });
    }
    const own = await listAccounts(tx, venueIds);
    const accounts = file.accounts.map((told) => recognise(own, told));
    for (const account of accounts) await refuseOtherKind(tx, file, account);
    const all = keyed(accounts);
    const known = await listKnownKeys(
      tx,
      all.map(({ lineKey }) => lineKey),
    );
    const fresh = all.filter(({ lineKey }) => !known.has(lineKey));
    const row = await recordImport(tx, context, { upload, file, all, fresh });
    await keepEntries(tx, context, row.id, fresh);
    await settleCancelled(
      tx,
      context,
      accounts.map(({ account }) => account.id),
    );
    return row;
  });
