import type { Language } from '../../shared/languages.ts';
import { bookingPage, letterTo, type Letter, type Reader } from '../../shared/letter.ts';
import type { LocalDay } from '../../shared/time.ts';
import { dayWithWeekday } from '../../shared/wording.ts';

interface Closed {
  readonly startsOn: LocalDay;
  readonly endsOn: LocalDay;
  readonly reasonJa: string;
  readonly reasonEn: string;
}

interface Told {
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

const daysIn = ({ startsOn, endsOn }: Closed, language: Language) =>
  [...new Set([startsOn, endsOn])].map((day) => dayWithWeekday(day, language));

/** What an organizer is written whose booking the house had to take back. */
export const closingLetter = (closed: Closed, booking: Told, to: Reader): Letter =>
  letterTo(to, {
    subject: {
      ja: 'ご予約の取消しについてのお詫び',
      en: 'We are sorry: your booking is cancelled',
    },
    about: booking.number,
    lines: [
      {
        ja: `「${booking.title}」のご予約（${booking.number}）は、会館の都合により、お使いいただけなくなりました。\n誠に申し訳ございません。`,
        en: `For reasons of the venue, your booking “${booking.title}” (${booking.number}) cannot take place.\nWe are very sorry.`,
      },
      '',
      [
        { ja: '閉鎖の期間', en: 'Closed' },
        {
          ja: daysIn(closed, 'ja').join('から') + (closed.startsOn === closed.endsOn ? '' : 'まで'),
          en: daysIn(closed, 'en').join(' to '),
        },
      ],
      [
        { ja: '理由', en: 'Reason' },
        { ja: closed.reasonJa, en: closed.reasonEn },
      ],
      '',
      {
        ja: '利用料金はいただきません。すでにお支払いいただいた分は、全額をお返しします。\n別の日や部屋をお探しのときは、次のページの近い候補をご覧になるか、窓口へご連絡ください。',
        en: 'There is nothing to pay, and we return all that you have paid.\nFor other days or rooms, please see what is near on the pages below, or call the desk.',
      },
      '',
      bookingPage(booking.id, to),
      [{ ja: '空きを探す', en: 'Find what is free' }, `${to.publicUrl}/find`],
    ],
  });
