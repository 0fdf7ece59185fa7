import type { QuoteTax } from '../../fees/rules/quote.ts';
import { taxInside, type Yen } from '../../shared/money.ts';
import { dayOf, type LocalDay } from '../../shared/time.ts';
import {
  eventFacts,
  headingOf,
  linesOf,
  periodOf,
  provisionalRemarks,
  type Issue,
  type PaperContent,
  type PaperSubject,
} from './content.ts';
import { eraDay, eraDayWithWeekday, provisionalMark } from './words.ts';

export interface PaperCharge {
  readonly amountYen: Yen;
  readonly dueOn: LocalDay;
}

export interface PaperPayment {
  readonly method: 'card' | 'konbini' | 'bank_transfer' | 'cash';
  readonly amountYen: Yen;
  readonly paidVia: string | null;
  readonly confirmedAt: Date;
}

const methods: Readonly<Record<PaperPayment['method'], string>> = {
  card: 'クレジットカード',
  konbini: 'コンビニ決済',
  bank_transfer: '銀行振込',
  cash: '現金',
};

const shops: Readonly<Record<string, string>> = {
  familymart: 'ファミリーマート',
  lawson: 'ローソン',
  ministop: 'ミニストップ',
  seicomart: 'セイコーマート',
};

const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  jcb: 'JCB',
  diners: 'Diners Club',
  discover: 'Discover',
};

/** `コンビニ決済(ローソン)`; who at the desk took cash is not the payer's business. */
export const methodWords = ({ method, paidVia }: PaperPayment): string => {
  if (paidVia === null) return methods[method];
  const via = { konbini: shops[paidVia], card: brands[paidVia], bank_transfer: null, cash: null };
  return via[method] ? `${methods[method]}(${via[method]})` : methods[method];
};

/** The tax of the quote; a paper over another amount than the quote's is rounded once for itself. */
const taxesOver = ({ quote }: PaperSubject, amountYen: Yen): readonly QuoteTax[] =>
  amountYen === quote.totalYen
    ? quote.taxes
    : [
        {
          taxRateBp: quote.taxRateBp,
          totalYen: amountYen,
          taxYen: taxInside(amountYen, quote.taxRateBp),
        },
      ];

const labelled = (subject: PaperSubject, label: string) =>
  subject.quote.isProvisional ? `${label}${provisionalMark}` : label;

// コンビニの収納代行は一件30万円まで。
const konbiniYenAtMost = 300_000;

const howToPay = (amountYen: Yen) =>
  amountYen <= konbiniYenAtMost
    ? 'お支払いは、予約のページからクレジットカードまたはコンビニ決済で、あるいは施設の窓口で承ります。'
    : 'お支払いは、予約のページからクレジットカードで、あるいは施設の窓口で承ります。コンビニ決済をお使いいただけるのは30万円までです。';

export const invoiceOf = (
  subject: PaperSubject,
  issue: Issue,
  charge: PaperCharge,
): PaperContent => ({
  ...headingOf(subject, issue, true),
  kind: 'invoice',
  title: '請求書',
  opening: `${subject.venue.nameJa}の利用料金を、次のとおり請求します。`,
  amount: { label: labelled(subject, 'ご請求金額(税込)'), amountYen: charge.amountYen },
  facts: [
    { label: '納入期限', value: eraDayWithWeekday(charge.dueOn) },
    { label: '取引年月日', value: `${periodOf(subject)}(使用日)` },
    ...eventFacts(subject).slice(0, 1),
  ],
  lines: linesOf(subject),
  taxes: taxesOver(subject, charge.amountYen),
  remarksTitle: '備考',
  remarks: [howToPay(charge.amountYen), ...provisionalRemarks(subject)],
});

export const receiptOf = (
  subject: PaperSubject,
  issue: Issue,
  payment: PaperPayment,
): PaperContent => ({
  ...headingOf(subject, issue, true),
  kind: 'receipt',
  title: '領収書',
  opening: `「${subject.booking.title}」に係る${subject.venue.nameJa}の利用料金として、次の金額を領収しました。`,
  amount: { label: labelled(subject, '領収金額(税込)'), amountYen: payment.amountYen },
  facts: [
    { label: '領収日', value: eraDay(dayOf(payment.confirmedAt, subject.venue.zone)) },
    { label: '支払方法', value: methodWords(payment) },
    { label: '取引年月日', value: `${periodOf(subject)}(使用日)` },
  ],
  lines: linesOf(subject),
  taxes: taxesOver(subject, payment.amountYen),
  remarksTitle: '備考',
  remarks: ['電子発行のため収入印紙は不要です。', ...provisionalRemarks(subject)],
});
