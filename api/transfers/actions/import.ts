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
  yenMost,
  type AccountEntries,
  type BankFile,
  type Entry,
  type ToldAccount,
} from '../rules/entry.ts';
import { kindOfAccount } from '../rules/account.ts';
import { readBankFile } from '../rules/file.ts';
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
import { inLettersOfBanks } from './letters.ts';
import type { Sentence } from '../../shared/languages.ts';

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');

const kindWords: Readonly<Record<string, Sentence>> = {
  '1': { ja: '普通', en: 'ordinary account' },
  '2': { ja: '当座', en: 'current account' },
  '4': { ja: '貯蓄', en: 'savings account' },
  '5': { ja: '通知', en: 'notice deposit' },
  '6': { ja: '定期', en: 'time deposit' },
  '7': { ja: '積立', en: 'instalment deposit' },
};

interface KnownAccount extends AccountEntries {
  readonly account: BankAccount;
}

type AccountName = Pick<AccountEntries, 'bankCode' | 'branchCode' | 'kind' | 'number'>;

const findAccount = (accounts: readonly BankAccount[], told: AccountName) =>
  accounts.find(
    ({ bankCode, branchCode, kind, number }) =>
      bankCode === told.bankCode &&
      branchCode === told.branchCode &&
      kind === told.kind &&
      number === told.number,
  );

const isAccountOf = (accounts: readonly BankAccount[], told: ToldAccount): boolean => {
  const kind = kindOfAccount(told);
  return kind !== undefined && findAccount(accounts, { ...told, kind }) !== undefined;
};

const neededIn = {
  bookedOn: {
    fieldJa: '勘定日',
    fieldEn: 'the day of entry',
    expectedJa: 'この2年のうちの日を和暦の年月日6桁で書いたもの',
    expectedEn: 'a day of the last two years as six digits in the Japanese era',
  },
  amount: {
    fieldJa: '金額',
    fieldEn: 'the amount',
    expectedJa: `1円から${yenMost}円まで`,
    expectedEn: `¥1 to ¥${yenMost}`,
  },
} as const;

const refuseStrange = ({ lineNumber: line, ...told }: ToldAccount) => {
  const { bankCode, branchCode, kindCode, number } = told;
  const { ja: kindJa, en: kindEn } = kindWords[kindCode] ?? {
    ja: `種目${kindCode}`,
    en: `account of kind ${kindCode}`,
  };
  return transferErrors.account_unknown({
    params: { line, bankCode, branchCode, kindJa, kindEn, number },
    detail: { line, bankCode, branchCode, kindCode, number },
  });
};

/** A file of which nothing can be used is refused, by what stands in its way first. */
const refuseUseless = ({ accounts, notes }: BankFile): void => {
  if (accounts.some(({ entries }) => entries.length > 0)) return;
  for (const note of notes) {
    if (note.kind === 'account_skipped' && accounts.length === 0) throw refuseStrange(note);
    if (note.kind !== 'entry_skipped') continue;
    const { lineNumber: line, field, found } = note;
    throw transferErrors.field_wrong({
      params: { line, found, ...neededIn[field] },
      detail: { line, field, found },
    });
  }
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
    notes: file.notes,
    importedByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    importedAt: context.now(),
  };
  await insertImport(tx, row);
  await recordAudit(tx, context, { action: 'transfers.import', subjectId: row.id, after: row });
  return row;
};

/**
 * Reads a file of the bank; what of it cannot be used is named in the notes of the import. What an earlier file has told already is counted as
 * known; new money goes into the pot of its venue.
 * @throws transfers.file_known, transfers.account_unknown, transfers.other_kind_read, and what
 * `readBankFile` refuses
 */
export const importFile = (context: Context, upload: Upload): Promise<NewImport> =>
  context.transact(async (tx) => {
    const venueIds = financeVenues(context.actor);
    if (venueIds.length === 0) throw accountErrors.forbidden();
    const own = await listAccounts(tx, venueIds);
    const file = readBankFile(inLettersOfBanks(upload.bytes), dayOf(context.now()), (told) =>
      isAccountOf(own, told),
    );
    await lockImports(tx);
    const before = await findOptionalImportBySha(tx, sha256(upload.bytes));
    if (before) {
      throw transferErrors.file_known({ params: { importedOn: dayOf(before.importedAt) } });
    }
    refuseUseless(file);
    const accounts = file.accounts.map((told) => ({ ...told, account: findAccount(own, told)! }));
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
