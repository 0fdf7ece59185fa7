import type { Booking } from '../../bookings/rules/booking.ts';
import { letterTo, type Letter, type Reader } from '../../shared/letter.ts';
import { momentWithWeekday } from '../../shared/wording.ts';

/** What the organizer is told when the meeting is set or moved. */
export const meetingMail = (
  booking: Pick<Booking, 'id' | 'number' | 'title'>,
  meetsAt: Date,
  to: Reader,
): Letter =>
  letterTo(to, {
    subject: { ja: '使用計画の打合せのお知らせ', en: 'Your planning meeting' },
    about: booking.number,
    lines: [
      {
        ja: `「${booking.title}」の使用計画の打合せを、次の日時にお願いいたします。`,
        en: `We would like to meet you to plan “${booking.title}”.`,
      },
      '',
      [{ ja: '日時', en: 'When' }, momentWithWeekday(meetsAt, to.language)],
      [{ ja: '予約番号', en: 'Booking number' }, booking.number],
      '',
      {
        ja: '会場図などの書類は、打合せまでに次のページからお送りください。ご都合が悪いときは窓口へご連絡ください。',
        en: 'Please send floor plans and other papers before the meeting on the page below. If the time does not suit you, please call the desk.',
      },
      '',
      [
        { ja: '打合せのページ', en: 'Planning meeting' },
        `${to.publicUrl}/bookings/${booking.id}/plan`,
      ],
    ],
  });
