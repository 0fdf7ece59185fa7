import type { Language, Sentence } from '../../shared/languages.ts';
import { letterTo, type Letter, type Reader } from '../../shared/letter.ts';
import { dayWithWeekday, momentWithWeekday } from '../../shared/wording.ts';
import type { Entry, Lottery } from './lottery.ts';

export type EntryNews = 'entered' | 'won' | 'lost' | 'promoted' | 'accepted' | 'line_over';

export interface EntryFacts {
  readonly position?: number;
  readonly acceptBy?: Date;
  readonly bookingNumber?: string;
}

const subjects: Readonly<Record<EntryNews, Sentence>> = {
  entered: { ja: '抽選への応募を受け付けました', en: 'You have entered the lottery' },
  won: { ja: '抽選に当選しました', en: 'You have won in the lottery' },
  lost: { ja: '抽選の結果について', en: 'The result of the lottery' },
  promoted: { ja: '繰り上げで当選しました', en: 'You have won after all' },
  accepted: { ja: '当選した日時の仮予約を確定しました', en: 'You have kept what you won' },
  line_over: { ja: '繰り上げの受付を終わりました', en: 'Moving up has ended' },
};

const accepting = ({ acceptBy, bookingNumber = '' }: EntryFacts): Sentence => {
  const by = (language: Language) => (acceptBy ? momentWithWeekday(acceptBy, language) : '');
  return {
    ja: `予約番号${bookingNumber}として日時を押さえました。${by('ja')}までに、抽選のページで「この日時で確定する」を選ぶか、予約のページから使用承認を申請してください。期限を過ぎると、次の順番の方に移ります。`,
    en: `The time is held as booking ${bookingNumber}. Please choose “Keep this time” on the page of the lottery, or apply for approval on the booking page, before ${by('en')}. After that it goes to whoever is next.`,
  };
};

const whatNext = (news: EntryNews, lottery: Lottery, facts: EntryFacts): Sentence => {
  switch (news) {
    case 'entered':
      return {
        ja: `${momentWithWeekday(lottery.collectsUntil)}に締め切り、${momentWithWeekday(lottery.drawsAt)}に抽選します。結果はメールでお知らせします。締切までは取り下げることができます。`,
        en: `Entries close ${momentWithWeekday(lottery.collectsUntil, 'en')}, and lots are drawn ${momentWithWeekday(lottery.drawsAt, 'en')}. We write to you with the result. Until entries close you can withdraw.`,
      };
    case 'won':
      return accepting(facts);
    case 'promoted': {
      const { ja, en } = accepting(facts);
      return {
        ja: `先の順番の方が使わなくなった日時をご案内します。${ja}`,
        en: `Somebody before you has given the time back. ${en}`,
      };
    }
    case 'lost':
      return {
        ja: `今回は当選しませんでした。同じ日時の繰り上げの順番は${facts.position ?? 1}番目です。空いた場合は順番にメールでお知らせします。空いている日時は${momentWithWeekday(lottery.opensAt)}から先着で受け付けます。`,
        en: `You did not win this time. You are number ${facts.position ?? 1} to move up for the same time, and we write to you in turn. What is free can be booked by whoever comes first from ${momentWithWeekday(lottery.opensAt, 'en')}.`,
      };
    case 'accepted': {
      const by = (language: Language) =>
        facts.acceptBy ? momentWithWeekday(facts.acceptBy, language) : '';
      return {
        ja: `仮予約として${by('ja')}まで日時を押さえています。それまでに予約のページから使用承認を申請してください。`,
        en: `The time is held for you until ${by('en')}. Please apply for approval on the booking page before then.`,
      };
    }
    case 'line_over':
      return {
        ja: '先着の受付が始まったため、繰り上げの受付を終わりました。空いている日時は、空き状況のページからお申し込みいただけます。',
        en: 'Whoever comes first can book now, so nobody moves up any more. What is free can be booked on the page of availability.',
      };
  }
};

/** What an organizer is told of an entry. */
export const entryMail = (
  news: EntryNews,
  { entry, lottery }: { readonly entry: Entry; readonly lottery: Lottery },
  to: Reader,
  facts: EntryFacts = {},
): Letter => {
  const { ja, en } = subjects[news];
  const days = (language: Language) => [
    ...new Set(entry.uses.map(({ date }) => dayWithWeekday(date, language))),
  ];
  return letterTo(to, {
    subject: { ja, en },
    about: { ja: `応募番号 ${entry.number}`, en: `entry ${entry.number}` },
    lines: [
      { ja: `${ja}。`, en: `${en}.` },
      '',
      [{ ja: '応募番号', en: 'Entry number' }, String(entry.number)],
      [{ ja: '催事名', en: 'Event' }, entry.asked.title],
      [
        { ja: '使用日', en: 'Days of use' },
        { ja: days('ja').join('、'), en: days('en').join('; ') },
      ],
      '',
      whatNext(news, lottery, facts),
      '',
      [{ ja: '抽選のページ', en: 'Lottery' }, `${to.publicUrl}/lotteries/${lottery.id}`],
    ],
  });
};
