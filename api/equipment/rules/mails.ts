import type { Booking } from '../../bookings/rules/booking.ts';
import { bookingLines, letterTo, type Letter, type Reader } from '../../shared/letter.ts';
import { momentWithWeekday } from '../../shared/wording.ts';

interface Missing {
  readonly nameJa: string;
  readonly nameEn: string;
  readonly unitJa: string;
  readonly wanted: number;
  readonly free: number;
  readonly from: Date;
}

/** What the organizer is told when a booking moved to a time at which something is not there. */
export const shortageMail = (
  booking: Pick<Booking, 'id' | 'number' | 'title'>,
  missing: readonly Missing[],
  to: Reader,
): Letter =>
  letterTo(to, {
    subject: { ja: '備品が足りなくなりました', en: 'Some equipment is not available any more' },
    about: booking.number,
    lines: [
      {
        ja: '予約の変更により、次の備品は新しい時間に必要な数をご用意できません。',
        en: 'Your booking has changed, and at the new time there is too little of this equipment:',
      },
      '',
      ...bookingLines(booking),
      ...missing.map(({ nameJa, nameEn, unitJa, wanted, free, from }) => ({
        ja: `・${momentWithWeekday(from)}から ${nameJa}：ご希望 ${wanted}${unitJa}／空き ${free}${unitJa}`,
        en: `・${nameEn} from ${momentWithWeekday(from, 'en')}: ${wanted} wanted, ${free} free`,
      })),
      '',
      {
        ja: '備品のページで数を減らすか、別の備品をお選びください。空きが出たときは自動的に確保し、ページに表示します。',
        en: 'Please ask for less or for other equipment. What comes free is given to you by itself and shown on the page.',
      },
      '',
      [{ ja: '備品のページ', en: 'Equipment' }, `${to.publicUrl}/bookings/${booking.id}/equipment`],
    ],
  });
