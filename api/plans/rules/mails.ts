import type { Booking } from '../../bookings/rules/booking.ts';
import { momentWithWeekday } from '../../shared/wording.ts';

/** What the organizer is told when the meeting is set or moved. */
export const meetingMail = (
  booking: Pick<Booking, 'id' | 'number' | 'title'>,
  meetsAt: Date,
  to: { readonly name: string; readonly publicUrl: string },
): { subject: string; body: string } => ({
  subject: `【会館】使用計画の打合せのお知らせ（${booking.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `「${booking.title}」の使用計画の打合せを、次の日時にお願いいたします。`,
    '',
    `日時：${momentWithWeekday(meetsAt)}`,
    `予約番号：${booking.number}`,
    '',
    '会場図などの書類は、打合せまでに次のページからお送りください。ご都合が悪いときは窓口へご連絡ください。',
    '',
    `打合せのページ：${to.publicUrl}/bookings/${booking.id}/plan`,
  ].join('\n'),
});
