import { sumYen, type Yen } from '../../shared/money.ts';
import { localDay, type LocalDay } from '../../shared/time.ts';
import { transferErrors } from '../errors.ts';
import { noticeLayouts, statementLayouts } from './layout.ts';
import { checkSum, readFields, recordsOf, wrongField, type Fields, type Line } from './records.ts';

export const fileKinds = ['transfer_notice', 'account_statement'] as const;
export type FileKind = (typeof fileKinds)[number];

export const accountKinds = ['ordinary', 'current', 'savings'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** One entry of an account as the bank tells it. */
export interface Entry {
  readonly lineNumber: number;
  readonly reference: string;
  readonly bookedOn: LocalDay;
  readonly valueOn: LocalDay;
  readonly isIncoming: boolean;
  readonly isCancelled: boolean;
  readonly amountYen: Yen;
  readonly payerCode: string;
  readonly payerName: string;
  readonly bankName: string;
  readonly branchName: string;
  readonly message: string;
}

/** An account with its entries between two days. */
export interface AccountEntries {
  readonly lineNumber: number;
  readonly bankCode: string;
  readonly branchCode: string;
  readonly kind: AccountKind;
  /** Seven digits. */
  readonly number: string;
  readonly firstOn: LocalDay;
  readonly lastOn: LocalDay;
  readonly entries: readonly Entry[];
}

export interface BankFile {
  readonly kind: FileKind;
  readonly accounts: readonly AccountEntries[];
}

const accountKindOf: Readonly<Record<string, AccountKind>> = {
  '1': 'ordinary',
  '2': 'current',
  '4': 'savings',
};

const kindOf: Readonly<Record<string, FileKind>> = {
  '01': 'transfer_notice',
  '03': 'account_statement',
};

const numberLength = 7;

const readHeader = (line: Line, fields: Fields): Omit<AccountEntries, 'entries'> => {
  fields.oneOf('codeKind', ['0']);
  fields.day('madeOn');
  const [firstOn, lastOn] = [fields.day('firstOn'), fields.day('lastOn')];
  if (lastOn < firstOn) {
    const expected = { ja: `勘定日(自) ${firstOn}以後の日`, en: `a day not before ${firstOn}` };
    throw wrongField(line, fields.fieldOf('lastOn'), lastOn, expected);
  }
  const kind = accountKindOf[fields.oneOf('accountKind', Object.keys(accountKindOf))]!;
  const number = fields.digits('number').replace(/^0+(?=\d{7})/, '');
  if (number.length !== numberLength) {
    const expected = { ja: '7桁までの口座番号', en: 'a number of at most seven digits' };
    throw wrongField(line, fields.fieldOf('number'), number, expected);
  }
  const { number: lineNumber } = line;
  const [bankCode, branchCode] = [fields.digits('bankCode'), fields.digits('branchCode')];
  return { lineNumber, bankCode, branchCode, kind, number, firstOn, lastOn };
};

const saidIn = (line: Line, fields: Fields) => ({
  lineNumber: line.number,
  reference: fields.text('reference').trim(),
  bookedOn: fields.day('bookedOn'),
  valueOn: fields.freeDay('valueOn') ?? fields.day('bookedOn'),
  payerCode: fields.text('payerCode').trim(),
  payerName: fields.text('payerName'),
  bankName: fields.text('bankName'),
  branchName: fields.text('branchName'),
});

/** Format B repeats the amount with twelve digits where format A leaves room. */
const isFormatB = (line: Line) =>
  line.bytes.subarray(128, 152).every((byte) => 0x30 <= byte && byte <= 0x39);

const longAmount = (line: Line, fields: Fields, more: Fields): Yen => {
  const yen = more.yen('longAmount');
  const short = fields.number('amount');
  if (short === 0 || short === yen) return yen;
  const expected = { ja: `12桁の金額と同じ${yen}円`, en: `the same as the longer one, ¥${yen}` };
  throw wrongField(line, fields.fieldOf('amount'), String(short), expected);
};

const readNotice = (line: Line, today: LocalDay): Entry => {
  const fields = readFields(line, noticeLayouts.data, today);
  const isB = isFormatB(line);
  const more = readFields(line, isB ? noticeLayouts.dataB : noticeLayouts.dataA, today);
  return {
    ...saidIn(line, fields),
    isIncoming: true,
    isCancelled: fields.oneOf('cancels', ['', '0', '1']) === '1',
    amountYen: isB ? longAmount(line, fields, more) : fields.yen('amount'),
    message: more.text('message'),
  };
};

const readStatement = (line: Line, today: LocalDay): Entry => {
  const fields = readFields(line, statementLayouts.data, today);
  return {
    ...saidIn(line, fields),
    isIncoming: fields.oneOf('direction', ['1', '2']) === '1',
    isCancelled: false,
    amountYen: fields.yen('amount'),
    message: [fields.text('remark'), fields.text('message')].filter(Boolean).join(' '),
  };
};

const totalOf = (entries: readonly Entry[]) => sumYen(entries.map(({ amountYen }) => amountYen));

const checkNotice = (line: Line, entries: readonly Entry[], today: LocalDay): void => {
  const fields = readFields(line, noticeLayouts.trailer, today);
  const kept = entries.filter(({ isCancelled }) => !isCancelled);
  const cancelled = entries.filter(({ isCancelled }) => isCancelled);
  checkSum(line, fields, 'inCount', kept.length);
  checkSum(line, fields, 'inSum', totalOf(kept));
  checkSum(line, fields, 'cancelledCount', cancelled.length);
  checkSum(line, fields, 'cancelledSum', totalOf(cancelled));
};

/** An overdrawn account has its balance below nothing. */
const balanceIn = (fields: Fields): number =>
  fields.number('balance') * (fields.oneOf('sign', ['', '0', '1', '2']) === '2' ? -1 : 1);

const checkStatement = (
  line: Line,
  entries: readonly Entry[],
  before: number,
  today: LocalDay,
): void => {
  const fields = readFields(line, statementLayouts.trailer, today);
  const [incoming, outgoing] = [true, false].map((is) =>
    entries.filter(({ isIncoming }) => isIncoming === is),
  ) as [Entry[], Entry[]];
  checkSum(line, fields, 'inCount', incoming.length);
  checkSum(line, fields, 'inSum', totalOf(incoming));
  checkSum(line, fields, 'outCount', outgoing.length);
  checkSum(line, fields, 'outSum', totalOf(outgoing));
  checkSum(line, fields, 'dataCount', entries.length);
  const after = before + totalOf(incoming) - totalOf(outgoing);
  if (balanceIn(fields) === after) return;
  const { ja: fieldJa, en: fieldEn } = fields.fieldOf('balance');
  const params = { line: line.number, fieldJa, fieldEn, found: balanceIn(fields), expected: after };
  throw transferErrors.sum_differs({ params, detail: { ...params, field: 'balance' } });
};

const readGroup = (kind: FileKind, group: readonly Line[], today: LocalDay): AccountEntries => {
  const [header, trailer] = [group[0]!, group.at(-1)!];
  const data = group.slice(1, -1);
  if (kind === 'transfer_notice') {
    const fields = readFields(header, noticeLayouts.header, today);
    fields.oneOf('fileKind', ['01']);
    const account = readHeader(header, fields);
    const entries = data.map((line) => readNotice(line, today));
    checkNotice(trailer, entries, today);
    return { ...account, entries };
  }
  const fields = readFields(header, statementLayouts.header, today);
  fields.oneOf('fileKind', ['03']);
  const account = readHeader(header, fields);
  const entries = data.map((line) => readStatement(line, today));
  checkStatement(trailer, entries, balanceIn(fields), today);
  return { ...account, entries };
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
  if (before !== '9') throw wrongOrder(lines.length + 1, '―', following[before]!.join(' / '));
  return groups;
};

/** Banks count in the end record all records, or those of entries only. */
const checkEnd = (lines: readonly Line[], accountCount: number, today: LocalDay): void => {
  const end = lines.at(-1)!;
  const fields = readFields(end, statementLayouts.end, today);
  checkSum(end, fields, 'accountCount', accountCount);
  const found = fields.number('recordCount');
  const dataCount = lines.filter(({ type }) => type === '2').length;
  if (![dataCount, lines.length - 1].includes(found)) {
    checkSum(end, fields, 'recordCount', lines.length);
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
 * Reads a file of the bank (全銀, 200 bytes a record) whole, or refuses it with the line, the field
 * and what was expected there.
 * @throws transfers.file_empty, file_ebcdic, file_kind, line_length, line_order, field_wrong, sum_differs
 */
export const readBankFile = (file: Uint8Array, today: string): BankFile => {
  const day = localDay(today);
  const lines = recordsOf(file);
  const groups = groupsOf(lines);
  const kind = kindIn(lines[0]!);
  const accounts = groups.map((group) => readGroup(kind, group, day));
  if (kind === 'account_statement') checkEnd(lines, accounts.length, day);
  return { kind, accounts };
};
