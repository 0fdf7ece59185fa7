import { sumYen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import { readEntry } from './account.ts';
import type { FileNote, ReadEntry } from './entry.ts';
import { statementLayouts } from './layout.ts';
import { checkOptionalSum, checkSum, readFields, type Fields, type Line } from './records.ts';

/** 取引区分 19, 訂正: what goes out of it takes back what came in before. */
const correctionEntry = '19';

/** An entry of 入出金取引明細. @throws transfers.field_wrong */
export const readStatement = (line: Line, today: LocalDay): ReadEntry => {
  const fields = readFields(line, statementLayouts.data, today);
  const isIn = fields.oneOf('direction', ['1', '2']) === '1';
  const isCancelled = !isIn && fields.text('dealing') === correctionEntry;
  return readEntry(line, fields, {
    isIncoming: isIn || isCancelled,
    isCancelled,
    amountYen: fields.number('amount'),
    message: [fields.text('remark'), fields.text('message')].filter(Boolean).join(' '),
  });
};

const totalOf = (entries: readonly ReadEntry[]) =>
  sumYen(entries.map(({ amountYen }) => amountYen));

/** An overdrawn account has its balance below nothing. */
const balanceIn = (fields: Fields): number | undefined => {
  const balance = fields.optionalNumber('balance');
  const isOverdrawn = fields.oneOf('sign', ['', '0', '1', '2']) === '2';
  return balance && isOverdrawn ? -balance : balance;
};

interface Group {
  readonly header: Line;
  readonly entries: readonly ReadEntry[];
  readonly trailer: Line;
}

/**
 * Counts, sums and the balance of a statement. Banks may leave balances out, as spaces or as zeros
 * before and after; then there is nothing to check, which is noted.
 * @throws transfers.sum_differs
 */
export const checkStatement = (
  { header, entries, trailer: line }: Group,
  today: LocalDay,
): FileNote[] => {
  const fields = readFields(line, statementLayouts.trailer, today);
  const incoming = entries.filter(({ isIncoming, isCancelled }) => isIncoming && !isCancelled);
  const outgoing = entries.filter((entry) => !incoming.includes(entry));
  const check = (name: string, expected: number) =>
    checkSum(line, fields, name, { found: fields.number(name), expected });
  check('inCount', incoming.length);
  check('inSum', totalOf(incoming));
  checkOptionalSum(line, fields, 'outCount', outgoing.length);
  checkOptionalSum(line, fields, 'outSum', totalOf(outgoing));
  checkOptionalSum(line, fields, 'dataCount', entries.length);
  const before = balanceIn(readFields(header, statementLayouts.header, today));
  const found = balanceIn(fields);
  const moved = totalOf(incoming) - totalOf(outgoing);
  const isLeftOut = before === 0 && found === 0 && moved !== 0;
  if (before === undefined || found === undefined || isLeftOut) {
    return [{ kind: 'balance_unchecked', lineNumber: line.number }];
  }
  checkSum(line, fields, 'balance', { found, expected: before + moved });
  return [];
};
