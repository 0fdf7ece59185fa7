import type { Language, Sentence } from '../../shared/languages.ts';
import type { Letter, Reader } from '../../shared/letter.ts';
import { dayOf } from '../../shared/time.ts';
import { dayWithWeekday, momentWithWeekday } from '../../shared/wording.ts';
import { firstStart, type Booking } from './booking.ts';
import { bookingLetter } from './mails.ts';
import { useLines, type PartNames } from './places.ts';

export type LineNews =
  | 'optioned'
  | 'waiting'
  | 'promoted'
  | 'challenged'
  | 'challenge_answered'
  | 'challenge_dropped'
  | 'challenge_moved'
  | 'reminded'
  | 'extended'
  | 'line_over';

/** What a mail about the line needs to know beyond the booking. */
export interface LineFacts {
  readonly rank?: number;
  readonly reason?: string;
}

const subjects: Readonly<Record<LineNews, Sentence>> = {
  optioned: { ja: '候補として受け付けました', en: 'You are registered as an option' },
  waiting: { ja: '空き待ちに登録しました', en: 'You are on the waitlist' },
  promoted: { ja: '繰り上がりました', en: 'You have moved up' },
  challenged: {
    ja: '申請か解放のお願い（期限があります）',
    en: 'Please apply or release by the deadline',
  },
  challenge_answered: {
    ja: '前の予約が使用承認を申請しました',
    en: 'The booking before yours has applied for approval',
  },
  challenge_dropped: {
    ja: '申請か解放のお願いは取り下げられました',
    en: 'You are no longer asked to apply or release',
  },
  challenge_moved: {
    ja: '前の予約の期限が変わりました',
    en: 'The deadline of the booking before yours has changed',
  },
  reminded: { ja: '仮予約の期限が近づいています', en: 'Your hold ends soon' },
  extended: { ja: '仮予約の期限を延長しました', en: 'Your hold has more time' },
  line_over: { ja: '順番待ちが終わりました', en: 'Your waiting has ended' },
};

const holdDeadline = ({ holdExpiresAt }: Booking, language: Language) => ({
  moment: momentWithWeekday(holdExpiresAt, language),
  lastDay: dayWithWeekday(dayOf(new Date(holdExpiresAt.getTime() - 1)), language),
});

const apply = (booking: Booking): Sentence => {
  const [ja, en] = [holdDeadline(booking, 'ja'), holdDeadline(booking, 'en')];
  return {
    ja: `${ja.moment}（最終日 ${ja.lastDay}）までに、予約のページから使用承認を申請してください。期限を過ぎると自動的に取り消され、次にお待ちの方へご案内します。`,
    en: `Please apply for approval on the booking page before ${en.moment} (last day ${en.lastDay}). After that it is cancelled by itself and offered to whoever waits next.`,
  };
};

const thenApply = (booking: Booking, { ja, en }: Sentence): Sentence => {
  const next = apply(booking);
  return { ja: `${ja}\n${next.ja}`, en: `${en}\n${next.en}` };
};

const whatNext = (news: LineNews, booking: Booking, { rank, reason }: LineFacts): Sentence => {
  switch (news) {
    case 'optioned':
      return {
        ja: `現在の順位は第${rank ?? 2}候補です。前の予約が取り消されると自動的に繰り上がり、このアドレスへお知らせします。順位と前の予約の期限は、予約のページでいつでも確かめられます。`,
        en: `You are option number ${rank ?? 2}. When the booking before yours is cancelled you move up by yourself and we write to this address. Your place and the deadline before yours are always on the booking page.`,
      };
    case 'waiting':
      return {
        ja: 'ご希望の部屋と時間がすべて空くと、順番に仮予約としてお取り置きし、このアドレスへお知らせします。',
        en: 'When all the rooms and times you want are free we hold them for you in turn and write to this address.',
      };
    case 'promoted':
      return thenApply(booking, {
        ja: 'ご希望の部屋と時間をお取り置きしました。',
        en: 'We hold the rooms and times you wanted.',
      });
    case 'challenged':
      return thenApply(booking, {
        ja: '同じ日時を希望する次の候補の方がいます。使用される場合は使用承認を申請し、使用されない場合は取り下げてください。',
        en: 'Somebody else wants the same time. If you will use it, please apply for approval; if not, please withdraw.',
      });
    case 'challenge_answered':
      return {
        ja: '前の予約は審査に進みました。承認されなかったときは、順番に繰り上がります。',
        en: 'It is being looked at. If it is not approved, you move up in turn.',
      };
    case 'challenge_dropped':
      return thenApply(booking, {
        ja: '次の候補の方が取り下げたため、期限は元に戻りました。',
        en: 'The next option has withdrawn, so your deadline is as it was.',
      });
    case 'challenge_moved':
      return {
        ja: '会館の判断により、前の予約の申請期限が延びました。新しい期限は予約のページでご確認ください。',
        en: 'The venue gave the booking before yours more time. The new deadline is on the booking page.',
      };
    case 'reminded':
      return apply(booking);
    case 'extended':
      return thenApply(booking, { ja: `理由：${reason ?? ''}`, en: `Reason: ${reason ?? ''}` });
    case 'line_over': {
      const start = firstStart(booking.uses);
      return {
        ja: `使用開始の時刻（${momentWithWeekday(start)}）までに空きませんでした。ご期待に沿えず申し訳ございません。`,
        en: `Nothing came free before the use would have begun (${momentWithWeekday(start, 'en')}). We are sorry.`,
      };
    }
  }
};

/** What those in line, and those they wait for, are told; never who the other is. */
export const lineMail = (
  news: LineNews,
  booking: Booking,
  to: Reader,
  { parts, ...facts }: LineFacts & { readonly parts: PartNames },
): Letter =>
  bookingLetter(to, booking, subjects[news], [
    ...useLines(booking, parts, to.language),
    '',
    whatNext(news, booking, facts),
  ]);
