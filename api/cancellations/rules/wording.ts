import type { CancelGround } from '../../bookings/rules/booking.ts';
import type { Yen } from '../../shared/money.ts';
import type { Deed } from '../schema.ts';
import type { AppliedTerm } from './terms.ts';

export interface Sentence {
  readonly reasonJa: string;
  readonly reasonEn: string;
}

const yen = (amount: Yen) => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');
const percent = (bp: number) => String(bp / 100);

const dayJa = (day: string) => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const basis: Readonly<Record<Deed, Sentence>> = {
  cancel: { reasonJa: '利用料金', reasonEn: 'the fee' },
  change: { reasonJa: '減る利用料金', reasonEn: 'what the fee falls by' },
};

/** Why this share is kept of this amount. */
export const termSentence = ({ term, startsOn }: AppliedTerm, amountYen: Yen): Sentence => {
  const { beforeCount: count, beforeUnit: unit, keptBp, deed } = term;
  const beforeJa = unit === 'month' ? `${count}か月前` : `${count}日前`;
  const beforeEn = `${count} ${unit}${count === 1 ? '' : 's'} before`;
  return {
    reasonJa: `使用開始日の${beforeJa}（${dayJa(startsOn)}以降）のご連絡のため、${basis[deed].reasonJa}${yen(amountYen)}円の${percent(keptBp)}％`,
    reasonEn: `Told from ${beforeEn} the first day of use on (${startsOn} or later): ${percent(keptBp)} % of ${basis[deed].reasonEn}, ¥${yen(amountYen)}`,
  };
};

export const tooEarlySentence: Sentence = {
  reasonJa: '取消料・変更料のかからない時期のご連絡です',
  reasonEn: 'Told early enough for nothing to be kept',
};

export const groundSentences: Readonly<Record<Exclude<CancelGround, 'organizer'>, Sentence>> = {
  force_majeure: {
    reasonJa: '災害などやむを得ない事由のため、いただきません',
    reasonEn: 'Force majeure: nothing is kept',
  },
  operator: {
    reasonJa: '会館の都合のため、いただきません',
    reasonEn: 'The venue’s own doing: nothing is kept',
  },
  unpaid: {
    reasonJa: '納入がないための取消のため、いただきません',
    reasonEn: 'Given up because it was not paid: nothing is kept',
  },
};
