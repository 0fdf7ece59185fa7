import type { Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import { documentErrors } from '../errors.ts';

/** Stores take 300,000 yen at most on one slip. */
export const slipYenMost = 300_000;

/** What the bar code of a slip says. */
export interface Slip {
  /** Of whoever collects for the operator, six digits. */
  readonly companyCode: string;
  /** Twenty-one digits of our own. */
  readonly reference: string;
  /** 0 for the first slip of a debt. */
  readonly reissue: number;
  readonly dueOn: LocalDay | null;
  /** Whether the store puts a revenue stamp on it; 公益法人 owe none (印紙税基本通達17号文書の22). */
  readonly bearsStamp: boolean;
  readonly amountYen: Yen;
}

/** Modulus 10, weights 3 and 1 from the right. */
export const checkDigitOf = (digits: string): number => {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
};

const digitsOf = (value: string | number, length: number): string => {
  const digits = String(value).padStart(length, '0');
  if (digits.length !== length || /\D/.test(digits)) {
    throw new RangeError(`${value} is not ${length} digits`);
  }
  return digits;
};

const withoutDay = '999999';
const dayDigits = (day: LocalDay | null) =>
  day === null ? withoutDay : day.replaceAll('-', '').slice(2);

/** Forty-four digits: 91, company, our own, reissue, last day, stamp, amount, check digit. */
export const slipDigits = (slip: Slip): Result<string> => {
  const { amountYen } = slip;
  if (amountYen > slipYenMost) {
    return refuse(documentErrors.slip_too_high({ detail: { amountYen, yenMost: slipYenMost } }));
  }
  const digits = [
    '91',
    digitsOf(slip.companyCode, 6),
    digitsOf(slip.reference, 21),
    digitsOf(slip.reissue, 1),
    dayDigits(slip.dueOn),
    slip.bearsStamp ? '1' : '0',
    digitsOf(amountYen, 6),
  ].join('');
  return ok(`${digits}${checkDigitOf(digits)}`);
};

const runningNumber = /^R(\d{2})-[A-Z]+(?:-[A-Z])?-(\d+)$/;

/**
 * Our own digits: the venue, then year and running number of the slip's paper, then those of the
 * booking, so that a till's report names both.
 */
export const slipReference = (
  venuePosition: number,
  paperNumber: string,
  bookingNumber: string,
): string => {
  const [paper, booking] = [paperNumber, bookingNumber].map((text) => runningNumber.exec(text));
  if (!paper || !booking) throw new RangeError(`${paperNumber} or ${bookingNumber} is no number`);
  return [
    digitsOf(venuePosition, 5),
    digitsOf(paper[1]!, 2),
    digitsOf(Number(paper[2]), 6),
    digitsOf(booking[1]!, 2),
    digitsOf(Number(booking[2]), 6),
  ].join('');
};
