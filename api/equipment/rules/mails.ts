import type { Booking } from '../../bookings/rules/booking.ts';
import { momentWithWeekday } from '../../shared/wording.ts';

interface Missing {
  readonly nameJa: string;
  readonly unitJa: string;
  readonly wanted: number;
  readonly free: number;
  readonly from: Date;
}

/** What the organizer is told when a booking moved to a time at which something is not there. */
export const shortageMail = (
  booking: Pick<Booking, 'id' | 'number' | 'title'>,
  missing: readonly Missing[],
  to: { readonly name: string; readonly publicUrl: string },
) => ({
  subject: `【会館】備品が足りなくなりました（${booking.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `予約の変更により、次の備品は新しい時間に必要な数をご用意できません。`,
    '',
    `予約番号：${booking.number}`,
    `催事名：${booking.title}`,
    ...missing.map(
      ({ nameJa, unitJa, wanted, free, from }) =>
        `・${momentWithWeekday(from)}から ${nameJa}：ご希望 ${wanted}${unitJa}／空き ${free}${unitJa}`,
    ),
    '',
    '備品のページで数を減らすか、別の備品をお選びください。空きが出たときは自動的に確保し、ページに表示します。',
    '',
    `備品のページ：${to.publicUrl}/bookings/${booking.id}/equipment`,
  ].join('\n'),
});
