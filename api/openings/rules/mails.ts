import { dayWithWeekday, momentWithWeekday } from '../../shared/wording.ts';
import type { Entry, Lottery } from './lottery.ts';

export type EntryNews = 'entered' | 'won' | 'lost' | 'promoted' | 'accepted' | 'line_over';

export interface EntryFacts {
  readonly position?: number;
  readonly acceptBy?: Date;
  readonly bookingNumber?: string;
}

const subjects: Record<EntryNews, string> = {
  entered: '抽選への応募を受け付けました',
  won: '抽選に当選しました',
  lost: '抽選の結果について',
  promoted: '繰り上げで当選しました',
  accepted: '当選した日時の仮予約を確定しました',
  line_over: '繰り上げの受付を終わりました',
};

const accepting = ({ acceptBy, bookingNumber }: EntryFacts) =>
  `予約番号${bookingNumber ?? ''}として日時を押さえました。${acceptBy ? momentWithWeekday(acceptBy) : ''}までに、抽選のページで「この日時で確定する」を選ぶか、予約のページから使用承認を申請してください。期限を過ぎると、次の順番の方に移ります。`;

const whatNext = (news: EntryNews, lottery: Lottery, facts: EntryFacts): string => {
  switch (news) {
    case 'entered':
      return `${momentWithWeekday(lottery.collectsUntil)}に締め切り、${momentWithWeekday(lottery.drawsAt)}に抽選します。結果はメールでお知らせします。締切までは取り下げることができます。`;
    case 'won':
      return accepting(facts);
    case 'promoted':
      return `先の順番の方が使わなくなった日時をご案内します。${accepting(facts)}`;
    case 'lost':
      return `今回は当選しませんでした。同じ日時の繰り上げの順番は${facts.position ?? 1}番目です。空いた場合は順番にメールでお知らせします。空いている日時は${momentWithWeekday(lottery.opensAt)}から先着で受け付けます。`;
    case 'accepted':
      return `仮予約として${facts.acceptBy ? momentWithWeekday(facts.acceptBy) : ''}まで日時を押さえています。それまでに予約のページから使用承認を申請してください。`;
    case 'line_over':
      return '先着の受付が始まったため、繰り上げの受付を終わりました。空いている日時は、空き状況のページからお申し込みいただけます。';
  }
};

/** What an organizer is told of an entry. */
export const entryMail = (
  news: EntryNews,
  { entry, lottery }: { readonly entry: Entry; readonly lottery: Lottery },
  to: { readonly name: string; readonly publicUrl: string },
  facts: EntryFacts = {},
): { subject: string; body: string } => ({
  subject: `【会館】${subjects[news]}（応募番号 ${entry.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `${subjects[news]}。`,
    '',
    `応募番号：${entry.number}`,
    `催事名：${entry.asked.title}`,
    `使用日：${[...new Set(entry.uses.map(({ date }) => dayWithWeekday(date)))].join('、')}`,
    '',
    whatNext(news, lottery, facts),
    '',
    `抽選のページ：${to.publicUrl}/lotteries/${lottery.id}`,
  ].join('\n'),
});
