import type { Sentence } from '../../shared/languages.ts';
import {
  bookingLines,
  bookingPage,
  letterTo,
  type Letter,
  type Line,
  type Reader,
} from '../../shared/letter.ts';
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

const subjects: Readonly<Record<BookingNews, Sentence>> = {
  held: { ja: '仮予約を受け付けました', en: 'Your hold is registered' },
  requested: { ja: '使用承認申請を受け付けました', en: 'Your application is received' },
  approved: { ja: '使用を承認しました', en: 'Your use is approved' },
  refused: { ja: '使用承認申請の結果について', en: 'The result of your application' },
  cancelled: { ja: '予約を取り消しました', en: 'Your booking is cancelled' },
  withdrawn: { ja: '予約を取り下げました', en: 'Your booking is withdrawn' },
  expired: { ja: '仮予約の期限が過ぎました', en: 'Your hold has ended' },
  restored: {
    ja: '入金を確認し、取り消した予約を元に戻しました',
    en: 'Your payment has arrived and your cancelled booking is put back',
  },
};

const lastDay = ({ holdExpiresAt }: Booking) => dayOf(new Date(holdExpiresAt.getTime() - 1));

const whatNext = (news: BookingNews, booking: Booking): Sentence => {
  switch (news) {
    case 'held':
      return {
        ja: `${dayWithWeekday(lastDay(booking))}までに、予約のページから使用承認を申請してください。期限を過ぎると仮予約は自動的に取り消されます。`,
        en: `Please apply for approval on the booking page by ${dayWithWeekday(lastDay(booking), 'en')}. After that the hold ends by itself.`,
      };
    case 'requested':
      return {
        ja: '内容を確認し、結果をあらためてお知らせします。',
        en: 'We look at it and write to you again with the result.',
      };
    case 'approved':
      return {
        ja: '使用承認書と請求書は予約のページからご覧いただけます。利用料金は期日までにお支払いください。',
        en: 'The letter of approval and the invoice are on the booking page. Please pay the fee by its due day.',
      };
    case 'refused': {
      const { refusalReason, refusalGround } = booking;
      return {
        ja: `誠に恐れ入りますが、次の理由により承認できませんでした。\n理由：${refusalReason ?? ''}\n根拠：${refusalGround ?? ''}`,
        en: `We are sorry: it could not be approved.\nReason: ${refusalReason ?? ''}\nGround: ${refusalGround ?? ''}`,
      };
    }
    case 'cancelled': {
      const reason = booking.cancelReason ?? '';
      return { ja: `理由：${reason}`, en: `Reason: ${reason}` };
    }
    case 'withdrawn':
      return { ja: 'またのご利用をお待ちしております。', en: 'We hope to see you again.' };
    case 'restored':
      return {
        ja: '同じ部屋・同じ日時でご利用いただけます。備品や駐車場を予約していた場合は、お手数ですがもう一度お申し込みください。',
        en: 'Rooms and times are the same. Please ask again for equipment or parking you had booked.',
      };
    case 'expired':
      return {
        ja: '引き続きご希望の場合は、空き状況を確かめて、もう一度仮予約してください。',
        en: 'If you still want it, please see what is free and hold it again.',
      };
  }
};

/** A letter about a booking: what happened, which booking, what follows. */
export const bookingLetter = (
  to: Reader,
  booking: Booking,
  subject: Sentence,
  lines: readonly Line[],
): Letter =>
  letterTo(to, {
    subject,
    about: booking.number,
    lines: [
      { ja: `${subject.ja}。`, en: `${subject.en}.` },
      '',
      ...bookingLines(booking),
      ...lines,
      '',
      bookingPage(booking.id, to),
    ],
  });

/** What the organizer is told of a change of the booking. */
export const bookingMail = (
  news: BookingNews,
  booking: Booking,
  to: Reader,
  { parts, money }: { readonly parts: PartNames; readonly money?: ReleasedMoney | undefined },
): Letter =>
  bookingLetter(to, booking, subjects[news], [
    ...useLines(booking, parts, to.language),
    '',
    whatNext(news, booking),
    ...(money ? ['', ...moneyLines(money, to.language)] : []),
  ]);
