import type { LocalDay } from '../../shared/time.ts';
import { dayWithWeekday } from '../../shared/wording.ts';

interface Closed {
  readonly startsOn: LocalDay;
  readonly endsOn: LocalDay;
  readonly reasonJa: string;
}

interface Told {
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

const daysJa = ({ startsOn, endsOn }: Closed) =>
  startsOn === endsOn
    ? dayWithWeekday(startsOn)
    : `${dayWithWeekday(startsOn)}から${dayWithWeekday(endsOn)}まで`;

/** What an organizer is written whose booking the house had to take back. */
export const closingLetter = (
  closed: Closed,
  booking: Told,
  to: { readonly name: string; readonly publicUrl: string },
): { subject: string; body: string } => ({
  subject: `【会館】ご予約の取消しについてのお詫び（${booking.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `「${booking.title}」のご予約（${booking.number}）は、会館の都合により、お使いいただけなくなりました。`,
    '誠に申し訳ございません。',
    '',
    `閉鎖の期間：${daysJa(closed)}`,
    `理由：${closed.reasonJa}`,
    '',
    '利用料金はいただきません。すでにお支払いいただいた分は、全額をお返しします。',
    '別の日や部屋をお探しのときは、次のページの近い候補をご覧になるか、窓口へご連絡ください。',
    '',
    `予約のページ：${to.publicUrl}/bookings/${booking.id}`,
    `空きを探す：${to.publicUrl}/find`,
  ].join('\n'),
});
