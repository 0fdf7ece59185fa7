import type { Phase } from '../../fees/schema.ts';
import type { Quote, QuoteTax } from '../../fees/rules/quote.ts';
import type { QuoteLine } from '../../fees/rules/line.ts';
import { besideWords, phaseWords } from '../../fees/rules/wording.ts';
import type { BasisPoints, Yen } from '../../shared/money.ts';
import { addMinutes, dayOf, eraLabel, fiscalYearOf, type LocalDay } from '../../shared/time.ts';
import type { DocumentKind } from '../schema.ts';
import { placeName, timeSpan } from '../../shared/wording.ts';
import { eraDayWithWeekday } from './words.ts';

/** A cell on the drawn plan of the room; the used ones are filled in. */
export interface PlanCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isUsed: boolean;
}

export interface SubjectUse {
  readonly roomNameJa: string;
  readonly configurationNameJa: string;
  readonly usedOn: LocalDay;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Out-of-hours time within the two. */
  readonly earlyMinutes: number;
  readonly lateMinutes: number;
  readonly phase: Phase;
}

/** What every paper of a booking is made of. */
export interface PaperSubject {
  readonly booking: {
    readonly number: string;
    readonly title: string;
    readonly purpose: string;
    readonly attendance: number | null;
    readonly admissionMaxYen: number;
    readonly isCommercial: boolean;
    readonly requestedAt: Date | null;
    readonly decidedAt: Date | null;
    readonly refusalReason: string | null;
    readonly refusalGround: string | null;
  };
  readonly venue: { readonly id: string; readonly nameJa: string; readonly zone: string };
  readonly organization: {
    readonly kind: 'organization' | 'individual';
    readonly name: string;
    readonly contactName: string;
    readonly postalCode: string | null;
    readonly address: string | null;
    readonly addressee: string | null;
  };
  readonly issuer: {
    readonly name: string;
    readonly address: string;
    readonly registrationNumber: string;
    readonly publication: 'published' | 'provisional';
  };
  readonly uses: readonly SubjectUse[];
  readonly quote: Quote;
  readonly plan: readonly PlanCell[];
}

/** Where whoever holds the paper asks whether it is ours. */
export interface Verification {
  readonly code: string;
  readonly url: string;
}

export interface Issue {
  readonly number: string;
  readonly issuedAt: Date;
  readonly verification?: Verification;
}

export interface PaperFact {
  readonly label: string;
  readonly value: string;
}

export interface PaperUse {
  readonly day: string;
  readonly place: string;
  readonly time: string;
  readonly phase: string;
}

export interface PaperLine {
  readonly what: string;
  readonly when: string;
  readonly reason: string;
  readonly quantity: string;
  readonly unitYen: Yen;
  readonly amountYen: Yen;
  readonly isProvisional: boolean;
  /** Named where it is not the rate of everything: 800 is marked ※ (軽減税率), 0 不課税. */
  readonly taxRateBp?: BasisPoints;
}

/** How much of a charge a paper is about, and in which paper it was asked for. */
export interface Covered {
  readonly chargeId: string;
  readonly amountYen: Yen;
  readonly invoiceNumber?: string;
}

/** A paper as it was issued: everything printed, in the words of that day. */
export interface PaperContent {
  readonly kind: DocumentKind;
  readonly title: string;
  readonly number: string;
  readonly bookingNumber: string;
  readonly issuedOn: LocalDay;
  readonly venueName: string;
  readonly plan: readonly PlanCell[];
  readonly recipient: {
    readonly name: string;
    readonly honorific: '御中' | '様';
    readonly contact: string | null;
    readonly postalCode: string | null;
    readonly address: string | null;
  };
  readonly issuer: {
    readonly name: string;
    readonly address: string;
    readonly registrationNumber: string | null;
    readonly isProvisional: boolean;
    readonly note: string | null;
  };
  readonly opening: string;
  readonly amount: { readonly label: string; readonly amountYen: Yen } | null;
  readonly facts: readonly PaperFact[];
  readonly uses: readonly PaperUse[];
  readonly lines: readonly PaperLine[];
  readonly taxes: readonly QuoteTax[];
  readonly remarksTitle: string;
  readonly remarks: readonly string[];
  /** Absent on papers issued before papers could be verified. */
  readonly verification?: Verification;
  readonly covers?: readonly Covered[];
  /** On a corrected paper (訂正版): the one it holds instead of. */
  readonly corrects?: { readonly number: string; readonly issuedOn: LocalDay };
  /** The last day it holds: of an offer or a slip. */
  readonly validUntil?: LocalDay;
  /** The 44 digits of a convenience-store slip. */
  readonly slipDigits?: string;
}

const letters: Readonly<Record<DocumentKind, string>> = {
  approval_letter: 'A',
  invoice: 'I',
  receipt: 'R',
  refusal_letter: 'F',
  quotation: 'Q',
  credit_note: 'C',
  payment_notice: 'N',
  dunning_letter: 'D',
  payment_slip: 'P',
  settlement_statement: 'S',
};

/** `R08-BP-I`: papers are counted per fiscal year, venue and kind. */
export const numberSequence = (kind: DocumentKind, prefix: string, day: LocalDay): string =>
  [eraLabel(fiscalYearOf(day)), prefix, letters[kind]].join('-');

export const paperNumber = (sequence: string, position: number): string =>
  `${sequence}-${String(position).padStart(6, '0')}`;

export const provisionalRemark =
  '【暫定】は、公表されていない料金や事項を所定の規則によって定めたものです。確定したときは、あらためてお知らせします。';

/** What a heading needs; a paper over many bookings has none of its own. */
export type HeadedSubject = Pick<PaperSubject, 'venue' | 'organization' | 'issuer' | 'plan'> & {
  readonly booking: { readonly number: string } | null;
};

export const recipientOf = (
  { organization }: Pick<HeadedSubject, 'organization'>,
  isAboutMoney: boolean,
): PaperContent['recipient'] => {
  const isPerson = organization.kind === 'individual';
  return {
    name: (isAboutMoney && organization.addressee) || organization.name,
    honorific: isPerson ? '様' : '御中',
    contact: isPerson ? null : `ご担当 ${organization.contactName} 様`,
    postalCode: organization.postalCode,
    address: organization.address,
  };
};

type Heading = Pick<
  PaperContent,
  | 'number'
  | 'bookingNumber'
  | 'issuedOn'
  | 'venueName'
  | 'plan'
  | 'recipient'
  | 'issuer'
  | 'uses'
  | 'lines'
  | 'taxes'
  | 'amount'
  | 'verification'
>;

/** What all papers share; money and uses are left to the kinds that print them. */
export const headingOf = (subject: HeadedSubject, issue: Issue, asksMoney: boolean): Heading => ({
  number: issue.number,
  bookingNumber: subject.booking?.number ?? '',
  issuedOn: dayOf(issue.issuedAt, subject.venue.zone),
  venueName: subject.venue.nameJa,
  plan: subject.plan,
  recipient: recipientOf(subject, asksMoney),
  issuer: {
    name: subject.issuer.name,
    address: subject.issuer.address,
    registrationNumber: asksMoney ? subject.issuer.registrationNumber : null,
    isProvisional: subject.issuer.publication === 'provisional',
    note: asksMoney ? null : '(公印省略)',
  },
  uses: [],
  lines: [],
  taxes: [],
  amount: null,
  ...(issue.verification ? { verification: issue.verification } : {}),
});

const hasOvertime = ({ earlyMinutes, lateMinutes }: SubjectUse) => earlyMinutes + lateMinutes > 0;

export const usesOf = ({ uses, venue }: PaperSubject): PaperUse[] =>
  uses.map((use) => ({
    day: eraDayWithWeekday(use.usedOn),
    place: placeName(use.roomNameJa, use.configurationNameJa),
    time: timeSpan(use.usedOn, use.startsAt, use.endsAt, { zone: venue.zone }),
    phase: hasOvertime(use)
      ? `${phaseWords[use.phase].ja}・時間外を含む`
      : phaseWords[use.phase].ja,
  }));

/** `令和9年2月13日(土)から令和9年2月14日(日)まで`. */
export const periodOf = ({ uses }: Pick<PaperSubject, 'uses'>): string => {
  const days = uses.map(({ usedOn }) => usedOn).sort();
  const first = eraDayWithWeekday(days[0]!);
  const last = eraDayWithWeekday(days.at(-1)!);
  return first === last ? first : `${first}から${last}まで`;
};

const units: Readonly<Record<QuoteLine['unit'], string>> = {
  band: '区分',
  hour: '時間',
  room_day: '室日',
};

const whatOf = (line: QuoteLine) => {
  const place = placeName(line.roomNameJa, line.configurationNameJa);
  return line.kind === 'room' ? place : `${place} ${besideWords[line.kind].ja}`;
};

const whenOf = (line: QuoteLine, { uses, venue }: PaperSubject) => {
  const day = eraDayWithWeekday(line.date);
  const use = uses[line.useIndexes[0]!];
  if (line.kind !== 'room' || !use) return day;
  // Out-of-hours time has lines of its own.
  const from = addMinutes(use.startsAt, use.earlyMinutes);
  const time = timeSpan(use.usedOn, from, addMinutes(use.endsAt, -use.lateMinutes), {
    zone: venue.zone,
  });
  return `${day} ${time} ${phaseWords[use.phase].ja}`;
};

export const linesOf = (subject: PaperSubject): PaperLine[] =>
  subject.quote.lines.map((line) => ({
    what: whatOf(line),
    when: whenOf(line, subject),
    reason: line.reasonJa,
    quantity: `${line.quantity}${units[line.unit]}`,
    unitYen: line.unitYen,
    amountYen: line.amountYen,
    isProvisional: line.publication === 'provisional',
  }));

export const eventFacts = ({ booking }: Pick<PaperSubject, 'booking'>): PaperFact[] => [
  { label: '催事名', value: booking.title },
  { label: '使用目的', value: booking.purpose },
];

/** Whether something on the paper has to be explained as provisional. */
export const provisionalRemarks = (subject: PaperSubject): string[] =>
  subject.quote.isProvisional || subject.issuer.publication === 'provisional'
    ? [provisionalRemark]
    : [];
