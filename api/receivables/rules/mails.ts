import type { Sentence } from '../../shared/languages.ts';
import { bookingLines, letterTo, type Letter, type Reader } from '../../shared/letter.ts';
import type { Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import { dayWithWeekday, yenText } from '../../shared/wording.ts';
import type { DunningLevel } from './dunning.ts';

interface Debt {
  readonly number: string;
  readonly title: string;
  readonly venue: {
    readonly nameJa: string;
    readonly nameEn: string;
    readonly phone: string | null;
  };
  readonly dueOn: LocalDay;
  readonly openYen: Yen;
  /** Where the page of what is paid for lies: `/bookings/bkg_…`. */
  readonly page: string;
}

const leadOf = ({ daysAfterDue, sendsLetter }: DunningLevel): Sentence[] => {
  if (daysAfterDue <= 0) {
    return [
      {
        ja: '利用料金の納入期限が近づきましたので、お知らせします。',
        en: 'The day to pay your fee is near.',
      },
    ];
  }
  const lead: Sentence = {
    ja: '次の利用料金の入金を、納入期限を過ぎても確認できておりません。お早めにお支払いください。',
    en: 'The day to pay this fee has passed and we have not seen the payment. Please pay soon.',
  };
  if (!sendsLetter) return [lead];
  return [
    lead,
    {
      ja: '同じ内容の文書を予約のページに置きました。',
      en: 'A paper that says the same is on the booking page.',
    },
  ];
};

/** Says what is owed and how to pay; that a use may be lost is never said, for it is not. */
export const dunningMail = (level: DunningLevel, debt: Debt, to: Reader): Letter => {
  const { venue } = debt;
  const venueName: Sentence = { ja: venue.nameJa, en: venue.nameEn };
  return letterTo(to, {
    subject: { ja: level.nameJa, en: level.nameEn },
    about: debt.number,
    lines: [
      ...leadOf(level),
      '',
      ...bookingLines(debt),
      [{ ja: '施設', en: 'Venue' }, venueName],
      [{ ja: '納入期限', en: 'Due' }, dayWithWeekday(debt.dueOn, to.language)],
      [{ ja: 'お支払いいただく額', en: 'Amount to pay' }, yenText(debt.openYen, to.language)],
      '',
      [{ ja: 'お支払いはこちらから', en: 'Pay here' }, `${to.publicUrl}${debt.page}#money`],
      '',
      {
        ja: '行き違いでお支払いがお済みの場合は、ご容赦ください。期限までのお支払いが難しい場合は、早めにご相談ください。',
        en: 'If you have just paid, please excuse this mail. If you cannot pay by then, please talk to us early.',
      },
      ...(venue.phone
        ? [{ ja: `${venue.nameJa} ${venue.phone}`, en: `${venue.nameEn} ${venue.phone}` }]
        : []),
    ],
  });
};
