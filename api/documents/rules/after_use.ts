import type { Charge } from '../../payments/rules/charge.ts';
import type { SettlementLine } from '../../settlements/rules.ts';
import { standardTaxRateBp, type Yen } from '../../shared/money.ts';
import { localDay } from '../../shared/time.ts';
import { taxesPerRate } from '../../invoices/rules.ts';
import {
  headingOf,
  periodOf,
  provisionalRemark,
  type Covered,
  type Issue,
  type PaperContent,
  type PaperLine,
  type PaperSubject,
} from './content.ts';
import { eraDayWithWeekday, provisionalMark } from './words.ts';

const marked = (label: string, isProvisional: boolean) =>
  isProvisional ? `${label}${provisionalMark}` : label;

const remarksFor = (isProvisional: boolean, { issuer }: PaperSubject) =>
  isProvisional || issuer.publication === 'provisional' ? [provisionalRemark] : [];

export const coverOf = ({ id, amountYen }: Pick<Charge, 'id' | 'amountYen'>): Covered => ({
  chargeId: id,
  amountYen,
});

/** What is kept although the room is not used: compensation, so outside of the consumption tax (不課税). */
export const keptInvoiceOf = (
  subject: PaperSubject,
  issue: Issue,
  charge: Charge,
): PaperContent => {
  const { amountYen, taxRateBp, isProvisional } = charge;
  const isCancelled = charge.kind === 'cancellation';
  const what = isCancelled ? '使用の取消しに伴う取消料' : '使用の変更に伴う変更料';
  return {
    ...headingOf(subject, issue, true),
    kind: 'invoice',
    title: '請求書',
    opening: `「${subject.booking.title}」に係る${subject.venue.nameJa}の${what}を、次のとおり請求します。`,
    amount: { label: marked('ご請求金額', isProvisional), amountYen },
    facts: [
      { label: '納入期限', value: eraDayWithWeekday(charge.dueOn) },
      { label: '対象の使用日', value: periodOf(subject) },
    ],
    lines: [
      {
        what,
        when: periodOf(subject),
        reason: '規則に定める割合によって収受する額です',
        quantity: '一式',
        unitYen: amountYen,
        amountYen,
        isProvisional,
        taxRateBp,
      },
    ],
    taxes: taxesPerRate([{ amountYen, taxRateBp }]),
    remarksTitle: '備考',
    remarks: [
      ...(taxRateBp === 0
        ? ['使用が行われないことに対する補償であり、消費税の課税の対象ではありません(不課税)。']
        : []),
      'お支払い済みの利用料金があるときは、その中から充てます。差額があるときは返金またはご請求します。',
      ...remarksFor(isProvisional, subject),
    ],
    covers: [coverOf(charge)],
  };
};

export interface PaperSettlement {
  readonly lines: readonly SettlementLine[];
  readonly totalYen: Yen;
  readonly isProvisional: boolean;
}

const settlementLines = (lines: readonly SettlementLine[]): PaperLine[] =>
  lines.map((line) => ({
    what: line.nameJa,
    when: eraDayWithWeekday(localDay(line.usedOn)),
    reason: line.reasonJa,
    quantity: '一式',
    unitYen: line.amountYen,
    amountYen: line.amountYen,
    isProvisional: line.publication === 'provisional',
  }));

const settlementBase = (subject: PaperSubject, issue: Issue, settlement: PaperSettlement) => ({
  ...headingOf(subject, issue, true),
  lines: settlementLines(settlement.lines),
  taxes: taxesPerRate([{ amountYen: settlement.totalYen, taxRateBp: standardTaxRateBp }]),
  remarksTitle: '備考',
});

const usedFacts = (subject: PaperSubject) => [
  { label: '取引年月日', value: `${periodOf(subject)}(使用日)` },
  { label: '催事名', value: subject.booking.title },
];

/** What was used beside the room, as it was settled after the event; also where nothing is owed. */
export const settlementStatementOf = (
  subject: PaperSubject,
  issue: Issue,
  settlement: PaperSettlement,
): PaperContent => ({
  ...settlementBase(subject, issue, settlement),
  kind: 'settlement_statement',
  title: '精算書',
  opening: `${subject.venue.nameJa}の使用に係る附属設備・光熱水・時間外の実績を、次のとおり精算しました。`,
  amount: {
    label: marked('精算額(税込)', settlement.isProvisional),
    amountYen: settlement.totalYen,
  },
  facts: usedFacts(subject),
  remarks: [
    settlement.totalYen > 0
      ? 'お支払いは、別に交付する請求書によってお願いします。'
      : '追加のお支払いはありません。',
    ...remarksFor(settlement.isProvisional, subject),
  ],
});

export const settlementInvoiceOf = (
  subject: PaperSubject,
  issue: Issue,
  charged: { readonly charge: Charge; readonly settlement: PaperSettlement },
): PaperContent => {
  const { charge, settlement } = charged;
  return {
    ...settlementBase(subject, issue, settlement),
    kind: 'invoice',
    title: '請求書',
    opening: `${subject.venue.nameJa}の附属設備・光熱水・時間外の使用料を、次のとおり請求します。`,
    amount: {
      label: marked('ご請求金額(税込)', charge.isProvisional),
      amountYen: charge.amountYen,
    },
    facts: [{ label: '納入期限', value: eraDayWithWeekday(charge.dueOn) }, ...usedFacts(subject)],
    remarks: [
      'お支払いは、予約のページから、あるいは施設の窓口で承ります。',
      ...remarksFor(charge.isProvisional, subject),
    ],
    covers: [coverOf(charge)],
  };
};
