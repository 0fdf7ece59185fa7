import type { QuoteTax } from '../../fees/rules/quote.ts';
import type { ChargeKind } from '../../payments/rules/charge.ts';
import type { BasisPoints, Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import {
  headingOf,
  provisionalRemark,
  type HeadedSubject,
  type Issue,
  type PaperContent,
} from './content.ts';
import { eraDayWithWeekday, provisionalMark } from './words.ts';
import { accountFacts, type PaperAccount } from './notices.ts';

export interface CombinedLine {
  readonly chargeId: string;
  readonly number: string;
  readonly title: string;
  readonly firstUsedOn: LocalDay | null;
  readonly kind: ChargeKind;
  readonly taxRateBp: BasisPoints;
  readonly isProvisional: boolean;
  readonly amountYen: Yen;
}

export interface CombinedInvoice {
  readonly totalYen: Yen;
  readonly taxes: readonly QuoteTax[];
  readonly dueOn: LocalDay;
  readonly lines: readonly CombinedLine[];
  readonly accounts: readonly PaperAccount[];
  /** Numbers of the invoices of single charges it stands in for. */
  readonly replaces: readonly string[];
}

const kinds: Readonly<Record<ChargeKind, string>> = {
  booking: '利用料金',
  amendment: '使用の変更に伴う利用料金の差額',
  settlement: '附属設備・光熱水・時間外の精算',
  cancellation: '使用の取消しに伴う取消料',
  change: '使用の変更に伴う変更料',
};

const daysOf = (lines: readonly CombinedLine[]): string => {
  const days = lines.flatMap(({ firstUsedOn }) => firstUsedOn ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return '';
  const from = eraDayWithWeekday(first);
  return first === last ? from : `${from}から${eraDayWithWeekday(last)}まで`;
};

/** 合算請求書: one qualified invoice over many bookings, its tax rounded once per rate over all of them. */
export const combinedInvoiceOf = (
  subject: HeadedSubject,
  issue: Issue,
  combined: CombinedInvoice,
): PaperContent => {
  const isProvisional = combined.lines.some((line) => line.isProvisional);
  return {
    ...headingOf(subject, issue, true),
    kind: 'invoice',
    title: '合算請求書',
    opening: `${subject.venue.nameJa}の利用料金を、次の予約を合わせて請求します。`,
    amount: {
      label: `ご請求金額(税込)${isProvisional ? provisionalMark : ''}`,
      amountYen: combined.totalYen,
    },
    facts: [
      { label: '納入期限', value: eraDayWithWeekday(combined.dueOn) },
      { label: '取引年月日', value: `${daysOf(combined.lines)}(各使用日は明細のとおり)` },
      ...accountFacts(combined.accounts),
    ],
    lines: combined.lines.map((line) => ({
      what: line.title,
      when: `${line.firstUsedOn ? eraDayWithWeekday(line.firstUsedOn) : ''} 予約番号 ${line.number}`,
      reason: kinds[line.kind],
      quantity: '一式',
      unitYen: line.amountYen,
      amountYen: line.amountYen,
      isProvisional: line.isProvisional,
      taxRateBp: line.taxRateBp,
    })),
    taxes: combined.taxes,
    remarksTitle: '備考',
    remarks: [
      ...(combined.replaces.length > 0
        ? [`この請求書は、次の請求書に代わるものです。${combined.replaces.join('、')}`]
        : []),
      'お振込みの際は、お名前の前にこの請求書の番号を付けてください。',
      ...(isProvisional || subject.issuer.publication === 'provisional' ? [provisionalRemark] : []),
    ],
    covers: combined.lines.map(({ chargeId, amountYen }) => ({ chargeId, amountYen })),
  };
};
