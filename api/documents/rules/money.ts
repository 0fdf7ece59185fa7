import type { QuoteTax } from '../../fees/rules/quote.ts';
import type { PaymentMethod } from '../../payments/rules/attempt.ts';
import type { Instalment } from '../../payments/rules/ledger.ts';
import { konbiniYenMax } from '../../payments/rules/offer.ts';
import { taxInside, type BasisPoints, type Yen } from '../../shared/money.ts';
import { dayOf, type LocalDay } from '../../shared/time.ts';
import { yenText } from '../../shared/wording.ts';
import {
  eventFacts,
  headingOf,
  linesOf,
  periodOf,
  provisionalRemarks,
  type Issue,
  type PaperContent,
  type PaperFact,
  type PaperLine,
  type PaperSubject,
} from './content.ts';
import { eraDay, eraDayWithWeekday, provisionalMark, yen } from './words.ts';

export interface PaperCharge {
  readonly amountYen: Yen;
  readonly dueOn: LocalDay;
  /** The days to pay of a charge in parts; fewer than two where it is paid at once. */
  readonly parts: readonly Pick<Instalment, 'amountYen' | 'dueOn'>[];
}

export interface PaperPayment {
  readonly method: PaymentMethod;
  readonly amountYen: Yen;
  readonly paidVia: string | null;
  readonly confirmedAt: Date;
  /** What was handed over at the desk, change and all. */
  readonly handedYen?: Yen | null;
  /** What the booking owes once this has arrived. */
  readonly leftYen?: Yen;
  /** The tax rates of what stands charged; absent where it is the quote's alone. */
  readonly rates?: readonly BasisPoints[];
}

const methods: Readonly<Record<PaperPayment['method'], string>> = {
  card: 'クレジットカード',
  konbini: 'コンビニ決済',
  bank_transfer: '銀行振込',
  cash: '現金',
  slip: 'コンビニ払込票',
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
  const via: Partial<Record<PaymentMethod, string | undefined>> = {
    konbini: shops[paidVia],
    card: brands[paidVia],
  };
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

/** Of money for charges at several rates the invoices say how much is for which. */
const paidTaxes = (subject: PaperSubject, { amountYen, rates }: PaperPayment) => {
  if (!rates) return taxesOver(subject, amountYen);
  const [taxRateBp, ...others] = rates;
  if (taxRateBp === undefined || others.length > 0) return [];
  return taxRateBp === subject.quote.taxRateBp
    ? taxesOver(subject, amountYen)
    : [{ taxRateBp, totalYen: amountYen, taxYen: taxInside(amountYen, taxRateBp) }];
};

const isUntaxed = ({ rates }: PaperPayment) => rates?.length === 1 && rates[0] === 0;

const labelled = (subject: PaperSubject, label: string) =>
  subject.quote.isProvisional ? `${label}${provisionalMark}` : label;

const howToPay = (amountYen: Yen) =>
  [
    'お支払いは、予約のページからクレジットカード・コンビニ決済・銀行振込で、あるいは施設の窓口で承ります。',
    ...(amountYen > konbiniYenMax
      ? [`コンビニ決済をお使いいただけるのは1回${yen(konbiniYenMax)}円までです。`]
      : []),
  ].join('');

const dueFacts = ({ dueOn, parts }: PaperCharge): PaperFact[] =>
  parts.length < 2
    ? [{ label: '納入期限', value: eraDayWithWeekday(dueOn) }]
    : parts.map((part, at) => ({
        label: `納入期限(第${at + 1}回)`,
        value: `${eraDayWithWeekday(part.dueOn)} ${yen(part.amountYen)}円`,
      }));

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
    ...dueFacts(charge),
    { label: '取引年月日', value: `${periodOf(subject)}(使用日)` },
    ...eventFacts(subject).slice(0, 1),
  ],
  lines: linesOf(subject),
  taxes: taxesOver(subject, charge.amountYen),
  remarksTitle: '備考',
  remarks: [howToPay(charge.amountYen), ...provisionalRemarks(subject)],
});

/** What an amendment added: one line that says from what to what. */
export const extraInvoiceOf = (
  subject: PaperSubject,
  issue: Issue,
  charge: PaperCharge & { readonly taxYen: Yen },
): PaperContent => {
  const { quote, booking, venue } = subject;
  const { amountYen, taxYen } = charge;
  const beforeYen = quote.totalYen - amountYen;
  return {
    ...invoiceOf(subject, issue, charge),
    opening: `「${booking.title}」に係る${venue.nameJa}の使用の変更に伴う利用料金の差額を、次のとおり請求します。`,
    lines: [
      {
        what: '使用の変更に伴う利用料金の差額',
        when: periodOf(subject),
        reason: `変更後の利用料金 ${yen(quote.totalYen)}円から請求済みの ${yen(beforeYen)}円を差し引いた額`,
        quantity: '一式',
        unitYen: amountYen,
        amountYen,
        isProvisional: quote.isProvisional,
      },
    ],
    taxes: [{ taxRateBp: quote.taxRateBp, totalYen: amountYen, taxYen }],
  };
};

/** A payment over the whole price repeats its lines; a part says that it is one. */
const paidLines = (subject: PaperSubject, payment: PaperPayment): PaperLine[] => {
  const { amountYen, leftYen = 0 } = payment;
  const { quote } = subject;
  if (amountYen === quote.totalYen && !isUntaxed(payment)) return linesOf(subject);
  const what = isUntaxed(payment) ? '使用の取消し・変更に伴う収受額' : '利用料金';
  return [
    {
      what: leftYen > 0 ? `${what}の一部(内金)` : what,
      when: periodOf(subject),
      reason: leftYen > 0 ? `この領収の後の残額 ${yen(leftYen)}円` : '',
      quantity: '一式',
      unitYen: amountYen,
      amountYen,
      isProvisional: quote.isProvisional,
      ...(isUntaxed(payment) ? { taxRateBp: 0 } : {}),
    },
  ];
};

const changeFacts = ({ amountYen, handedYen }: PaperPayment): PaperFact[] =>
  handedYen === null || handedYen === undefined
    ? []
    : [
        { label: 'お預かり', value: yenText(handedYen) },
        { label: 'お釣り', value: yenText(handedYen - amountYen) },
      ];

export const receiptOf = (
  subject: PaperSubject,
  issue: Issue,
  payment: PaperPayment,
): PaperContent => ({
  ...headingOf(subject, issue, true),
  kind: 'receipt',
  title: '領収書',
  opening: `「${subject.booking.title}」に係る${subject.venue.nameJa}の利用料金${(payment.leftYen ?? 0) > 0 ? 'の内金' : ''}として、次の金額を領収しました。`,
  amount: {
    label: labelled(subject, isUntaxed(payment) ? '領収金額' : '領収金額(税込)'),
    amountYen: payment.amountYen,
  },
  facts: [
    { label: '領収日', value: eraDay(dayOf(payment.confirmedAt, subject.venue.zone)) },
    { label: '支払方法', value: methodWords(payment) },
    ...changeFacts(payment),
    { label: '取引年月日', value: `${periodOf(subject)}(使用日)` },
  ],
  lines: paidLines(subject, payment),
  taxes: paidTaxes(subject, payment),
  remarksTitle: '備考',
  remarks: [
    '電子発行のため収入印紙は不要です。',
    ...(payment.rates && payment.rates.length !== 1
      ? ['税率ごとの内訳と消費税額は、請求書をご覧ください。']
      : []),
    ...provisionalRemarks(subject),
  ],
});
