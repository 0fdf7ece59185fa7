import { dayOf } from '../../shared/time.ts';
import {
  eventFacts,
  headingOf,
  provisionalRemarks,
  usesOf,
  type Issue,
  type PaperContent,
  type PaperFact,
  type PaperSubject,
} from './content.ts';
import { eraDay, provisionalMark, yen } from './words.ts';

const attendanceFacts = ({ booking }: PaperSubject): PaperFact[] => [
  ...(booking.attendance === null
    ? []
    : [{ label: '予定人員', value: `${yen(booking.attendance)}人` }]),
  {
    label: '入場料',
    value: booking.admissionMaxYen > 0 ? `最高 ${yen(booking.admissionMaxYen)}円` : '徴収しない',
  },
];

const requestedDayWords = ({ booking, venue }: PaperSubject) =>
  booking.requestedAt ? `${eraDay(dayOf(booking.requestedAt, venue.zone))}付けで` : '';

export const approvalLetterOf = (subject: PaperSubject, issue: Issue): PaperContent => {
  const { quote, venue } = subject;
  const mark = quote.isProvisional ? provisionalMark : '';
  return {
    ...headingOf(subject, issue, false),
    kind: 'approval_letter',
    title: '使用承認書',
    opening: `${requestedDayWords(subject)}申請のあった${venue.nameJa}の使用について、次のとおり承認します。`,
    facts: [
      ...eventFacts(subject),
      ...attendanceFacts(subject),
      {
        label: '利用料金',
        value: `${yen(quote.totalYen)}円(うち消費税 ${yen(quote.taxYen)}円)${mark}`,
      },
    ],
    uses: usesOf(subject),
    remarksTitle: '使用にあたって',
    remarks: [
      '利用料金は、別に交付する請求書の納入期限までに納入してください。',
      '使用にあたっては、施設の条例、規則および利用規約を守り、職員の指示に従ってください。',
      '使用の内容を変更するとき、または使用を取りやめるときは、すみやかに施設へ申し出てください。',
      ...provisionalRemarks(subject),
    ],
  };
};

/** What was approved, changed: the newest letter of a booking is the one that holds. */
export const changedApprovalLetterOf = (subject: PaperSubject, issue: Issue): PaperContent => {
  const letter = approvalLetterOf(subject, issue);
  const { number, decidedAt } = subject.booking;
  const approvedOn = decidedAt ? eraDay(dayOf(decidedAt, subject.venue.zone)) : '';
  return {
    ...letter,
    title: '使用変更承認書',
    opening: `${approvedOn}付けで承認した${subject.venue.nameJa}の使用(${number})について、次のとおり変更を承認します。`,
    remarks: ['この承認書は、変更前の承認書に代わるものです。', ...letter.remarks],
  };
};

/** The notice on remedies the law asks for with every refusal. */
const remediesOf = ({ issuer }: PaperSubject): string[] => [
  // 地方自治法244条の4: 審査請求は地方公共団体の長に対してする。行政不服審査法18条: 3か月以内。
  'この処分に不服があるときは、この処分があったことを知った日の翌日から起算して3か月以内に、施設を設置する地方公共団体の長に対して審査請求をすることができます(地方自治法第244条の4、行政不服審査法第18条)。',
  // 行政事件訴訟法14条・46条: 6か月以内、被告の教示。
  `処分の取消しの訴えは、この処分があったことを知った日の翌日から起算して6か月以内に、${issuer.name}を被告として提起することができます。審査請求をしたときは、その裁決があったことを知った日の翌日から起算して6か月以内に提起することができます(行政事件訴訟法第14条)。`,
  'いずれも、処分または裁決の日の翌日から起算して1年を経過したときは、正当な理由がない限りすることができません。',
];

export const refusalLetterOf = (subject: PaperSubject, issue: Issue): PaperContent => ({
  ...headingOf(subject, issue, false),
  kind: 'refusal_letter',
  title: '不承認通知書',
  opening: `${requestedDayWords(subject)}申請のあった${subject.venue.nameJa}の使用について、次の理由により承認しないこととしたので通知します。`,
  facts: [
    ...eventFacts(subject),
    { label: '不承認の理由', value: subject.booking.refusalReason ?? '' },
    { label: '根拠', value: subject.booking.refusalGround ?? '' },
  ],
  uses: usesOf(subject),
  remarksTitle: '審査請求等について',
  remarks: remediesOf(subject),
});
