import type { Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import { dayWithWeekday, yenText } from '../../shared/wording.ts';
import type { DunningLevel } from './dunning.ts';

interface Debt {
  readonly bookingId: string;
  readonly number: string;
  readonly title: string;
  readonly contactName: string;
  readonly venueName: string;
  readonly venuePhone: string | null;
  readonly dueOn: LocalDay;
  readonly openYen: Yen;
  readonly publicUrl: string;
}

const leadOf = ({ daysAfterDue, sendsLetter }: DunningLevel): string[] => {
  if (daysAfterDue <= 0) return ['利用料金の納入期限が近づきましたので、お知らせします。'];
  return [
    '次の利用料金の入金を、納入期限を過ぎても確認できておりません。お早めにお支払いください。',
    ...(sendsLetter ? ['同じ内容の文書を予約のページに置きました。'] : []),
  ];
};

/** Says what is owed and how to pay; that a use may be lost is never said, for it is not. */
export const dunningMail = (
  level: DunningLevel,
  debt: Debt,
): { subject: string; body: string } => ({
  subject: `【会館】${level.nameJa}（${debt.number}）`,
  body: [
    `${debt.contactName} 様`,
    '',
    ...leadOf(level),
    '',
    `予約番号：${debt.number}`,
    `催事名：${debt.title}`,
    `施設：${debt.venueName}`,
    `納入期限：${dayWithWeekday(debt.dueOn)}`,
    `お支払いいただく額：${yenText(debt.openYen)}`,
    '',
    `お支払いはこちらから：${debt.publicUrl}/bookings/${debt.bookingId}#money`,
    '',
    '行き違いでお支払いがお済みの場合は、ご容赦ください。期限までのお支払いが難しい場合は、早めにご相談ください。',
    ...(debt.venuePhone ? [`${debt.venueName} ${debt.venuePhone}`] : []),
  ].join('\n'),
});
