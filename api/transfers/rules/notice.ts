import { sumYen, type Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import { readEntry } from './account.ts';
import type { ReadEntry } from './entry.ts';
import { noticeLayouts } from './layout.ts';
import {
  checkOptionalSum,
  checkSum,
  readFields,
  wrongField,
  type Fields,
  type Line,
} from './records.ts';

const isDigit = (byte: number) => 0x30 <= byte && byte <= 0x39;
const isSpace = (byte: number) => byte === 0x20 || byte === 0;

/**
 * Format B has two amounts of twelve digits where format A has its message; a bank that leaves them
 * out is known by the message behind them.
 */
const isFormatB = ({ bytes }: Line) => {
  const amounts = bytes.subarray(128, 152);
  const behind = bytes.subarray(152, 172);
  return amounts.every(isDigit) || (amounts.every(isSpace) && !behind.every(isSpace));
};

/**
 * 金額(1) holds ten digits, 金額(2) twelve: banks fill the one that is long enough and leave the other
 * at nothing, or fill both alike.
 */
const amountIn = (line: Line, fields: Fields, more: Fields): Yen => {
  const first = fields.optionalNumber('amount') ?? 0;
  const second = more.optionalNumber('longAmount') ?? 0;
  if (first === 0 || second === 0 || first === second) return first || second;
  const expected = { ja: `金額(2)と同じ${second}円`, en: `the same as the second one, ¥${second}` };
  throw wrongField(line, fields.fieldOf('amount'), String(first), expected);
};

/** An entry of 振込入金通知. @throws transfers.field_wrong */
export const readNotice = (line: Line, today: LocalDay): ReadEntry => {
  const fields = readFields(line, noticeLayouts.data, today);
  const isB = isFormatB(line);
  const more = readFields(line, isB ? noticeLayouts.dataB : noticeLayouts.dataA, today);
  return readEntry(line, fields, {
    isIncoming: true,
    isCancelled: fields.oneOf('cancels', ['', '0', '1']) === '1',
    amountYen: isB ? amountIn(line, fields, more) : fields.number('amount'),
    message: more.text('message'),
  });
};

const totalOf = (entries: readonly ReadEntry[]) =>
  sumYen(entries.map(({ amountYen }) => amountYen));

/** @throws transfers.sum_differs */
export const checkNotice = (line: Line, entries: readonly ReadEntry[], today: LocalDay): void => {
  const fields = readFields(line, noticeLayouts.trailer, today);
  const kept = entries.filter(({ isCancelled }) => !isCancelled);
  const cancelled = entries.filter(({ isCancelled }) => isCancelled);
  const check = (name: string, expected: number) =>
    checkSum(line, fields, name, { found: fields.number(name), expected });
  check('inCount', kept.length);
  check('inSum', totalOf(kept));
  checkOptionalSum(line, fields, 'cancelledCount', cancelled.length);
  checkOptionalSum(line, fields, 'cancelledSum', totalOf(cancelled));
};
