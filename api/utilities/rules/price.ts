import type { Yen } from '../../shared/money.ts';
import type { Publication } from '../../venues/schema.ts';
import type { UtilityTerm } from './terms.ts';

export interface UtilityLine {
  /** Exact to a thousandth of the unit. */
  readonly quantity: number;
  readonly amountYen: Yen;
  readonly isIncluded: boolean;
  readonly reasonJa: string;
  readonly reasonEn: string;
  readonly publication: Publication;
  readonly source: string;
}

interface Read {
  readonly startValue: number;
  readonly endValue: number;
  readonly unit: string;
}

const thousandth = 1_000;
const thousandths = (value: number): bigint => BigInt(Math.round(value * thousandth));

const grouped = (amount: number) => {
  const [whole = '', part] = String(amount).split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? withCommas : `${withCommas}.${part}`;
};

const unitWords = (unit: string) => (unit === 'm3' ? '㎥' : unit);

/** What a reading costs under a term: one multiplication, rounded down once. Without a term nothing is owed. */
export const quoteUtility = (
  { startValue, endValue, unit }: Read,
  term: UtilityTerm | undefined,
): UtilityLine => {
  const used = thousandths(endValue) - thousandths(startValue);
  const quantity = Number(used) / thousandth;
  const read = `${grouped(startValue)} → ${grouped(endValue)}`;
  const usedWords = `${grouped(quantity)}${unitWords(unit)}`;
  if (!term) {
    return {
      quantity,
      amountYen: 0,
      isIncluded: false,
      reasonJa: `${read}(${usedWords}) 請求の条件が登録されていないため請求しません`,
      reasonEn: `${read} (${usedWords}): not charged, no terms are on record`,
      publication: 'provisional',
      source: '',
    };
  }
  const { feeIncludes, unitFeeCentiyen, publication, source } = term;
  if (feeIncludes) {
    return {
      quantity,
      amountYen: 0,
      isIncluded: true,
      reasonJa: `${read}(${usedWords}) 使用料に含まれます`,
      reasonEn: `${read} (${usedWords}): included in the fee`,
      publication,
      source,
    };
  }
  const fee = grouped(unitFeeCentiyen / 100);
  const amountYen = Number((used * BigInt(unitFeeCentiyen)) / BigInt(100 * thousandth));
  return {
    quantity,
    amountYen,
    isIncluded: false,
    reasonJa: `${read} = ${usedWords} × ${fee}円(1円未満切捨て)`,
    reasonEn: `${read} = ${usedWords} × ¥${fee} (rounded down)`,
    publication,
    source,
  };
};
