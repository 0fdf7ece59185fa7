import { dayOf } from '../../shared/time.ts';
import { dayWithWeekday, momentWithWeekday } from '../../shared/wording.ts';
import { firstStart, type Booking } from './booking.ts';
import type { MailText } from './mails.ts';
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

const subjects: Record<LineNews, string> = {
  optioned: '候補として受け付けました',
  waiting: '空き待ちに登録しました',
  promoted: '繰り上がりました',
  challenged: '申請か解放のお願い（期限があります）',
  challenge_answered: '前の予約が使用承認を申請しました',
  challenge_dropped: '申請か解放のお願いは取り下げられました',
  challenge_moved: '前の予約の期限が変わりました',
  reminded: '仮予約の期限が近づいています',
  extended: '仮予約の期限を延長しました',
  line_over: '順番待ちが終わりました',
};

const lastDay = (booking: Booking) =>
  dayWithWeekday(dayOf(new Date(booking.holdExpiresAt.getTime() - 1)));

const holdDeadline = (booking: Booking) =>
  `${momentWithWeekday(booking.holdExpiresAt)}（最終日 ${lastDay(booking)}）`;

const apply = (booking: Booking) =>
  `${holdDeadline(booking)}までに、予約のページから使用承認を申請してください。期限を過ぎると自動的に取り消され、次にお待ちの方へご案内します。`;

const whatNext = (news: LineNews, booking: Booking, { rank, reason }: LineFacts): string => {
  switch (news) {
    case 'optioned':
      return `現在の順位は第${rank ?? 2}候補です。前の予約が取り消されると自動的に繰り上がり、このアドレスへお知らせします。順位と前の予約の期限は、予約のページでいつでも確かめられます。`;
    case 'waiting':
      return 'ご希望の部屋と時間がすべて空くと、順番に仮予約としてお取り置きし、このアドレスへお知らせします。';
    case 'promoted':
      return `ご希望の部屋と時間をお取り置きしました。\n${apply(booking)}`;
    case 'challenged':
      return `同じ日時を希望する次の候補の方がいます。使用される場合は使用承認を申請し、使用されない場合は取り下げてください。\n${apply(booking)}`;
    case 'challenge_answered':
      return '前の予約は審査に進みました。承認されなかったときは、順番に繰り上がります。';
    case 'challenge_dropped':
      return `次の候補の方が取り下げたため、期限は元に戻りました。\n${apply(booking)}`;
    case 'challenge_moved':
      return '会館の判断により、前の予約の申請期限が延びました。新しい期限は予約のページでご確認ください。';
    case 'reminded':
      return apply(booking);
    case 'extended':
      return `理由：${reason ?? ''}\n${apply(booking)}`;
    case 'line_over':
      return `使用開始の時刻（${momentWithWeekday(firstStart(booking.uses))}）までに空きませんでした。ご期待に沿えず申し訳ございません。`;
  }
};

/** What those in line, and those they wait for, are told; never who the other is. */
export const lineMail = (
  news: LineNews,
  booking: Booking,
  to: { readonly name: string; readonly publicUrl: string; readonly parts: PartNames },
  facts: LineFacts = {},
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
    whatNext(news, booking, facts),
    '',
    `予約のページ：${to.publicUrl}/bookings/${booking.id}`,
  ].join('\n'),
});
