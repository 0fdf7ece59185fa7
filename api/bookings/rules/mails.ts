import { dayOf } from '../../shared/time.ts';
import { dayWithWeekday } from '../../shared/wording.ts';
import type { Booking } from './booking.ts';
import { useLines, type PartNames } from './places.ts';
import { moneyLines, type ReleasedMoney } from './release.ts';

export type BookingNews =
  | 'held'
  | 'requested'
  | 'approved'
  | 'refused'
  | 'cancelled'
  | 'withdrawn'
  | 'expired'
  | 'restored';

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

const subjects: Record<BookingNews, string> = {
  held: '仮予約を受け付けました',
  requested: '使用承認申請を受け付けました',
  approved: '使用を承認しました',
  refused: '使用承認申請の結果について',
  cancelled: '予約を取り消しました',
  withdrawn: '予約を取り下げました',
  expired: '仮予約の期限が過ぎました',
  restored: '入金を確認し、取り消した予約を元に戻しました',
};

const whatNext = (news: BookingNews, booking: Booking): string => {
  switch (news) {
    case 'held':
      return `${dayWithWeekday(dayOf(new Date(booking.holdExpiresAt.getTime() - 1)))}までに、予約のページから使用承認を申請してください。期限を過ぎると仮予約は自動的に取り消されます。`;
    case 'requested':
      return '内容を確認し、結果をあらためてお知らせします。';
    case 'approved':
      return '使用承認書と請求書は予約のページからご覧いただけます。利用料金は期日までにお支払いください。';
    case 'refused':
      return `誠に恐れ入りますが、次の理由により承認できませんでした。\n理由：${booking.refusalReason ?? ''}\n根拠：${booking.refusalGround ?? ''}`;
    case 'cancelled':
      return `理由：${booking.cancelReason ?? ''}`;
    case 'withdrawn':
      return 'またのご利用をお待ちしております。';
    case 'restored':
      return '同じ部屋・同じ日時でご利用いただけます。備品や駐車場を予約していた場合は、お手数ですがもう一度お申し込みください。';
    case 'expired':
      return '引き続きご希望の場合は、空き状況を確かめて、もう一度仮予約してください。';
  }
};

/** What the organizer is told of a change of the booking. */
export const bookingMail = (
  news: BookingNews,
  booking: Booking,
  to: {
    readonly name: string;
    readonly publicUrl: string;
    readonly parts: PartNames;
    readonly money?: ReleasedMoney | undefined;
  },
): MailText => ({
  subject: `【会館】${subjects[news]}（${booking.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `${subjects[news]}。`,
    '',
    `予約番号：${booking.number}`,
    `催事名：${booking.title}`,
    ...useLines(booking, to.parts),
    '',
    whatNext(news, booking),
    '',
    ...(to.money ? [...moneyLines(to.money), ''] : []),
    `予約のページ：${to.publicUrl}/bookings/${booking.id}`,
  ].join('\n'),
});
