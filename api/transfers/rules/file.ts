import { localDay, type LocalDay } from '../../shared/time.ts';
import { transferErrors } from '../errors.ts';
import { kindOfAccount, readSpan, toldAccount } from './account.ts';
import type {
  AccountEntries,
  BankFile,
  Entry,
  FileKind,
  FileNote,
  ReadEntry,
  ToldAccount,
} from './entry.ts';
import { noticeLayouts, statementLayouts } from './layout.ts';
import { checkNotice, readNotice } from './notice.ts';
import { checkOptionalSum, readFields, recordsOf, type Line } from './records.ts';
import { checkStatement, readStatement } from './statement.ts';

const kindOf: Readonly<Record<string, FileKind>> = {
  '01': 'transfer_notice',
  '03': 'account_statement',
};
const codeOf: Readonly<Record<FileKind, string>> = {
  transfer_notice: '01',
  account_statement: '03',
};
const headers = {
  transfer_notice: noticeLayouts.header,
  account_statement: statementLayouts.header,
} as const;

/** What a file is read with: today, and which accounts are ours. */
interface Reader {
  readonly kind: FileKind;
  readonly today: LocalDay;
  readonly isOwn: (told: ToldAccount) => boolean;
}

interface ReadGroup {
  readonly account: AccountEntries | undefined;
  readonly notes: readonly FileNote[];
}

const isUsed = (entry: Entry | undefined): entry is Entry => entry !== undefined;
const isNote = (note: FileNote | undefined): note is FileNote => note !== undefined;

const readData = (kind: FileKind, data: readonly Line[], today: LocalDay): ReadEntry[] =>
  data.map((line) =>
    kind === 'transfer_notice' ? readNotice(line, today) : readStatement(line, today),
  );

const readGroup = (group: readonly Line[], { kind, today, isOwn }: Reader): ReadGroup => {
  const [header, trailer] = [group[0]!, group.at(-1)!];
  const fields = readFields(header, headers[kind], today);
  fields.oneOf('fileKind', [codeOf[kind]]);
  const told = toldAccount(header, fields);
  const accountKind = kindOfAccount(told);
  if (!accountKind || !isOwn(told)) {
    return { account: undefined, notes: [{ kind: 'account_skipped', ...told }] };
  }
  const read = readData(kind, group.slice(1, -1), today);
  const entries = read.map(({ used }) => used).filter(isUsed);
  const span = readSpan(header, fields, { entries, today });
  const skipped = read.map(({ note }) => note).filter(isNote);
  if (kind === 'transfer_notice') {
    checkNotice(trailer, read, today);
    return { account: { ...span, kind: accountKind, entries }, notes: skipped };
  }
  const unchecked = checkStatement({ header, entries: read, trailer }, today);
  return { account: { ...span, kind: accountKind, entries }, notes: [...skipped, ...unchecked] };
};

const wrongOrder = (line: number, found: string, expected: string) => {
  const params = { line, found, expected };
  return transferErrors.line_order({ params, detail: params });
};

/** What may follow a record of a type. */
const following: Readonly<Record<string, readonly string[]>> = {
  '': ['1'],
  '1': ['2', '8'],
  '2': ['2', '8'],
  '8': ['1', '9'],
  '9': [],
};

/** Header, entries, trailer, of one account after the other, and one end. */
const groupsOf = (lines: readonly Line[]): Line[][] => {
  const groups: Line[][] = [];
  let before = '';
  for (const line of lines) {
    const allowed = following[before]!;
    if (!allowed.includes(line.type)) {
      throw wrongOrder(line.number, line.type, allowed.join(' / ') || '―');
    }
    if (line.type === '1') groups.push([]);
    if (line.type !== '9') groups.at(-1)!.push(line);
    before = line.type;
  }
  if (before !== '9') {
    throw wrongOrder(lines.at(-1)!.number + 1, '―', following[before]!.join(' / '));
  }
  return groups;
};

/** Banks count in the end record all records, or those of entries only, or nothing. */
const checkEnd = (lines: readonly Line[], accountCount: number, today: LocalDay): void => {
  const end = lines.at(-1)!;
  const fields = readFields(end, statementLayouts.end, today);
  checkOptionalSum(end, fields, 'accountCount', accountCount);
  const found = fields.optionalNumber('recordCount');
  const dataCount = lines.filter(({ type }) => type === '2').length;
  if (found !== dataCount && found !== lines.length - 1) {
    checkOptionalSum(end, fields, 'recordCount', lines.length);
  }
};

const kindIn = (header: Line): FileKind => {
  const digits = String.fromCharCode(...header.bytes.subarray(1, 4));
  if (digits[2] === '1') throw transferErrors.file_ebcdic();
  const kind = kindOf[digits.slice(0, 2)];
  if (!kind) throw transferErrors.file_kind({ params: { found: digits.slice(0, 2) } });
  return kind;
};

/**
 * Reads a file of the bank (全銀, 200 bytes a record). What is damaged is refused with the line, the
 * field and what was expected there; what cannot be used (accounts that are not ours, an entry without
 * a day) is left out and named.
 * @throws transfers.file_empty, file_ebcdic, file_kind, line_length, line_order, field_wrong, sum_differs
 */
export const readBankFile = (
  file: Uint8Array,
  on: string,
  isOwn: (told: ToldAccount) => boolean,
): BankFile => {
  const today = localDay(on);
  const lines = recordsOf(file);
  const groups = groupsOf(lines);
  const kind = kindIn(lines[0]!);
  const read = groups.map((group) => readGroup(group, { kind, today, isOwn }));
  if (kind === 'account_statement') checkEnd(lines, groups.length, today);
  return {
    kind,
    accounts: read.flatMap(({ account }) => (account ? [account] : [])),
    notes: read.flatMap(({ notes }) => notes),
  };
};
