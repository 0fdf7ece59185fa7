import type { QuoteTax } from '../../fees/rules/quote.ts';
import { sumYen, taxInside, type BasisPoints, type Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import {
  headingOf,
  periodOf,
  type Issue,
  type PaperContent,
  type PaperSubject,
} from './content.ts';
import { eraDay, yen } from './words.ts';

/** A charge an invoice has asked for, and what has become of it. */
export interface InvoicedCharge {
  readonly chargeId: string;
  readonly taxRateBp: BasisPoints;
  readonly billedYen: Yen;
  readonly standingYen: Yen;
  /** What earlier credit notes have given back of it. */
  readonly creditedYen: Yen;
  readonly invoice: {
    readonly number: string;
    readonly issuedOn: LocalDay;
    readonly taxes: readonly QuoteTax[];
    /** What earlier credit notes have given back of this invoice at this rate. */
    readonly creditedYen: Yen;
  };
}

export interface Credit extends InvoicedCharge {
  readonly amountYen: Yen;
}

/** What was asked for and is no longer owed; nothing while money that is to go back has not gone yet. */
export const creditsOf = (charges: readonly InvoicedCharge[], owedYen: Yen): Credit[] =>
  owedYen < 0
    ? []
    : charges
        .map((charge) => ({
          ...charge,
          amountYen: charge.billedYen - charge.standingYen - charge.creditedYen,
        }))
        .filter(({ amountYen }) => amountYen > 0);

/** Tax of what is left of an invoice: as printed while it is whole, none once all of it is given back. */
const taxLeft = ({ totalYen, taxYen, taxRateBp }: QuoteTax, leftYen: Yen): Yen =>
  leftYen === totalYen ? taxYen : taxInside(leftYen, taxRateBp);

const groupsOf = (credits: readonly Credit[]): Credit[][] => {
  const keyOf = ({ invoice, taxRateBp }: Credit) => `${invoice.number}:${taxRateBp}`;
  const keys = [...new Set(credits.map(keyOf))];
  return keys.map((key) => credits.filter((credit) => keyOf(credit) === key));
};

/** Per invoice and rate the difference of two roundings, so that invoice and credit notes end at zero. */
const taxOfGroup = (group: readonly Credit[]): QuoteTax => {
  const { taxRateBp, invoice } = group[0]!;
  const totalYen = sumYen(group.map(({ amountYen }) => amountYen));
  const printed = invoice.taxes.find((tax) => tax.taxRateBp === taxRateBp);
  if (!printed) return { taxRateBp, totalYen, taxYen: taxInside(totalYen, taxRateBp) };
  const before = printed.totalYen - invoice.creditedYen;
  const taxYen = taxLeft(printed, before) - taxLeft(printed, before - totalYen);
  return { taxRateBp, totalYen, taxYen };
};

export const creditTaxes = (credits: readonly Credit[]): QuoteTax[] => {
  const parts = groupsOf(credits).map(taxOfGroup);
  const rates = [...new Set(parts.map(({ taxRateBp }) => taxRateBp))];
  return rates
    .sort((one, other) => other - one)
    .map((taxRateBp) => {
      const ofRate = parts.filter((part) => part.taxRateBp === taxRateBp);
      return {
        taxRateBp,
        totalYen: sumYen(ofRate.map(({ totalYen }) => totalYen)),
        taxYen: sumYen(ofRate.map(({ taxYen }) => taxYen)),
      };
    });
};

// 消費税法57条の4第3項ただし書、施行令70条の9第3項第2号。
const exemptBelowYen = 10_000;

const remarksOf = (taxes: readonly QuoteTax[]): string[] => {
  const taxedYen = sumYen(
    taxes.filter(({ taxRateBp }) => taxRateBp > 0).map(({ totalYen }) => totalYen),
  );
  return [
    '金額は、もとの請求書の金額から差し引く額です。もとの請求書とあわせて保管してください。',
    ...(taxedYen > 0 && taxedYen < exemptBelowYen
      ? [
          '税込1万円未満の返還のため交付の義務は免除されていますが、記録のために交付します(消費税法第57条の4第3項)。',
        ]
      : []),
  ];
};

/** 適格返還請求書: the day it is given back, the day of the supply, what is given back per rate, its tax. */
export const creditNoteOf = (
  subject: PaperSubject,
  issue: Issue,
  credits: readonly Credit[],
): PaperContent => {
  const taxes = creditTaxes(credits);
  const heading = headingOf(subject, issue, true);
  const amountYen = sumYen(credits.map((credit) => credit.amountYen));
  return {
    ...heading,
    kind: 'credit_note',
    title: '適格返還請求書',
    opening: `「${subject.booking.title}」に係る${subject.venue.nameJa}の利用料金について、次のとおり対価を返還(減額)します。`,
    amount: { label: '返還(減額)する金額(税込)', amountYen },
    facts: [
      { label: '返還年月日', value: eraDay(heading.issuedOn) },
      { label: 'もとの取引年月日', value: `${periodOf(subject)}(使用日)` },
      {
        label: 'もとの請求書',
        value: [...new Set(credits.map(({ invoice }) => invoice))]
          .map(({ number, issuedOn }) => `第 ${number} 号(${eraDay(issuedOn)})`)
          .filter((text, at, all) => all.indexOf(text) === at)
          .join('、'),
      },
    ],
    lines: credits.map((credit) => ({
      what: '利用料金の返還(減額)',
      when: periodOf(subject),
      reason: `請求書 第 ${credit.invoice.number} 号の ${yen(credit.billedYen)}円のうち`,
      quantity: '一式',
      unitYen: credit.amountYen,
      amountYen: credit.amountYen,
      isProvisional: false,
      taxRateBp: credit.taxRateBp,
    })),
    taxes,
    remarksTitle: '備考',
    remarks: remarksOf(taxes),
    covers: credits.map((credit) => ({
      chargeId: credit.chargeId,
      amountYen: credit.amountYen,
      invoiceNumber: credit.invoice.number,
    })),
  };
};
