import { lastEnd, type BookingState } from '../../bookings/rules/booking.ts';
import type { Due } from '../../payments/rules/ledger.ts';
import { sumYen, type Yen } from '../../shared/money.ts';
import { dayOf, type LocalDay } from '../../shared/time.ts';
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

const endedStates: readonly BookingState[] = ['expired', 'refused', 'withdrawn', 'cancelled'];

export const isOffered = ({ state }: { readonly state: BookingState }): boolean =>
  !endedStates.includes(state);

/** An offer holds as long as the hold does; once asked for, until the use is over. */
export const offerHoldsUntil = (
  booking: { state: BookingState; holdExpiresAt: Date; uses: readonly { endsAt: Date }[] },
  zone: string,
): LocalDay =>
  booking.state === 'held' || booking.state === 'optioned' || booking.state === 'waiting'
    ? dayOf(booking.holdExpiresAt, zone)
    : dayOf(lastEnd(booking.uses), zone);

export const quotationOf = (
  subject: PaperSubject,
  issue: Issue,
  validUntil: LocalDay,
): PaperContent => {
  const { quote } = subject;
  const mark = quote.isProvisional ? provisionalMark : '';
  return {
    ...headingOf(subject, issue, true),
    kind: 'quotation',
    title: '見積書',
    opening: `${subject.venue.nameJa}の利用料金を、次のとおり見積もります。`,
    amount: { label: `お見積金額(税込)${mark}`, amountYen: quote.totalYen },
    facts: [
      { label: '有効期限', value: eraDayWithWeekday(validUntil) },
      { label: '使用日', value: periodOf(subject) },
      ...eventFacts(subject),
    ],
    lines: linesOf(subject),
    taxes: quote.taxes,
    remarksTitle: '備考',
    remarks: [
      'この見積書は、使用の承認を約束するものではありません。',
      '備品・光熱水・時間外の使用料は、使用の後に実績によって精算します。',
      ...provisionalRemarks(subject),
    ],
    validUntil,
  };
};

export interface PaperAccount {
  readonly bankName: string;
  readonly branchName: string;
  readonly kind: 'ordinary' | 'current' | 'savings';
  readonly number: string;
  readonly holderKana: string;
  readonly publication: 'published' | 'provisional';
}

const accountKinds: Readonly<Record<PaperAccount['kind'], string>> = {
  ordinary: '普通',
  current: '当座',
  savings: '貯蓄',
};

export const accountFacts = (accounts: readonly PaperAccount[]): PaperFact[] =>
  accounts.map((account) => ({
    label: '振込先',
    value: `${account.bankName} ${account.branchName} ${accountKinds[account.kind]} ${account.number} ${account.holderKana}${account.publication === 'provisional' ? provisionalMark : ''}`,
  }));

const dueLines = (dues: readonly Due[], isProvisional: boolean): PaperLine[] =>
  dues.map(({ dueOn, amountYen, openYen }, at) => ({
    what: `納入期限 ${eraDayWithWeekday(dueOn)}`,
    when: dues.length > 1 ? `第${at + 1}回` : '',
    reason: openYen === amountYen ? '' : `${yen(amountYen)}円のうち納入済みを差し引いた額`,
    quantity: '一式',
    unitYen: openYen,
    amountYen: openYen,
    isProvisional,
  }));

export interface Payable {
  readonly dues: readonly Due[];
  readonly accounts: readonly PaperAccount[];
}

export const openSum = (dues: readonly Due[]): Yen => sumYen(dues.map(({ openYen }) => openYen));

const transferRemark = ({ booking }: PaperSubject) =>
  `お振込みの際は、お名前の前に予約番号 ${booking.number} を付けてください。振込手数料はご負担ください。`;

/** What is to be paid by which day, and into which account. */
export const paymentNoticeOf = (
  subject: PaperSubject,
  issue: Issue,
  { dues, accounts }: Payable,
): PaperContent => ({
  ...headingOf(subject, issue, true),
  kind: 'payment_notice',
  title: '納入通知書',
  opening: `${subject.venue.nameJa}の利用料金を、次の期限までに納入してください。`,
  amount: { label: '納入金額', amountYen: openSum(dues) },
  facts: [...accountFacts(accounts), ...eventFacts(subject).slice(0, 1)],
  lines: dueLines(dues, subject.quote.isProvisional),
  taxes: [],
  remarksTitle: '備考',
  remarks: [
    ...(accounts.length > 0
      ? [transferRemark(subject)]
      : ['お支払いは、予約のページから、あるいは施設の窓口で承ります。']),
    '消費税額など適格請求書としての記載は、別に交付する請求書をご覧ください。',
    ...provisionalRemarks(subject),
  ],
});

export interface PaperDunning {
  readonly nameJa: string;
  readonly level: number;
  readonly dueOn: LocalDay;
  readonly overdueYen: Yen;
  readonly accounts: readonly PaperAccount[];
}

export const dunningLetterOf = (
  subject: PaperSubject,
  issue: Issue,
  dunning: PaperDunning,
): PaperContent => ({
  ...headingOf(subject, issue, true),
  kind: 'dunning_letter',
  title: '督促状',
  opening: `${subject.venue.nameJa}の利用料金が、納入期限を過ぎても納入されていません。すみやかに納入してください。行き違いで納入がお済みのときは、ご容赦ください。`,
  amount: { label: '未納の金額', amountYen: dunning.overdueYen },
  facts: [
    { label: '納入期限', value: eraDayWithWeekday(dunning.dueOn) },
    { label: '督促の段階', value: dunning.nameJa },
    ...eventFacts(subject).slice(0, 1),
    ...accountFacts(dunning.accounts),
  ],
  remarksTitle: '備考',
  remarks: [
    ...(dunning.accounts.length > 0 ? [transferRemark(subject)] : []),
    '納入が難しいときは、施設へご相談ください。',
  ],
});

export interface PaperSlip {
  readonly digits: string;
  readonly amountYen: Yen;
  readonly dueOn: LocalDay;
  readonly isSample: boolean;
}

export const paymentSlipOf = (
  subject: PaperSubject,
  issue: Issue,
  slip: PaperSlip,
): PaperContent => ({
  ...headingOf(subject, issue, true),
  kind: 'payment_slip',
  title: '払込票',
  opening: `この払込票をコンビニエンスストアのレジにお持ちになり、${subject.venue.nameJa}の利用料金をお支払いください。`,
  amount: { label: '払込金額', amountYen: slip.amountYen },
  facts: [
    { label: '払込期限', value: eraDay(slip.dueOn) },
    { label: '払込人', value: `${subject.organization.name} 様` },
    ...eventFacts(subject).slice(0, 1),
  ],
  remarksTitle: 'ご注意',
  remarks: [
    ...(slip.isSample
      ? [
          '【見本】収納代行会社との契約の前に作った見本です。コンビニエンスストアではお支払いいただけません。',
        ]
      : []),
    '払込期限を過ぎると、コンビニエンスストアではお支払いいただけません。',
    '印刷するときは、縮小せず、バーコードを折り曲げないでください。',
  ],
  validUntil: slip.dueOn,
  slipDigits: slip.digits,
});
