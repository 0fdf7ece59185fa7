import { inLanguage, type Language, type Sentence } from '../../shared/languages.ts';
import { reasonLine, type Letter, type Line, type Reader } from '../../shared/letter.ts';
import { dayWithWeekday, yenText } from '../../shared/wording.ts';
import type { Booking } from './booking.ts';
import type { ChangedField, NamedChanges, NamedFacts } from './changes.ts';
import { bookingLetter } from './mails.ts';
import { partNameIn } from './places.ts';

export type AmendmentNews = 'amended' | 'amendment_proposed' | 'amendment_declined' | 'split';

const subjects: Readonly<Record<AmendmentNews, Sentence>> = {
  amended: { ja: '予約の内容を変更しました', en: 'Your booking is changed' },
  amendment_proposed: {
    ja: '予約の変更案をご確認ください',
    en: 'Please look at a proposed change of your booking',
  },
  amendment_declined: { ja: '変更のお申し出について', en: 'About the change you asked for' },
  split: { ja: '予約を2つに分けました', en: 'Your booking is split in two' },
};

const fieldNames: Readonly<Record<ChangedField, Sentence>> = {
  title: { ja: '催事名', en: 'Event' },
  purpose: { ja: '使用目的', en: 'Purpose' },
  attendance: { ja: '予定人員', en: 'Expected attendance' },
  admissionMaxYen: { ja: '入場料の最高額', en: 'Highest admission' },
  isCommercial: { ja: '営利・営業の目的', en: 'Commercial purpose' },
  isPublic: { ja: '公開カレンダーへの掲載', en: 'Shown in the public calendar' },
  reduction: { ja: '減免', en: 'Reduction' },
};

const kinds = {
  added: { ja: '追加', en: 'Added' },
  moved: { ja: '移動', en: 'Moved' },
  changed: { ja: '変更', en: 'Changed' },
  dropped: { ja: '取りやめ', en: 'Dropped' },
} as const satisfies Record<string, Sentence>;

const valueWords = (value: string | number | boolean | null): Sentence => {
  if (value === null) return { ja: 'なし', en: 'none' };
  if (typeof value !== 'boolean') return { ja: String(value), en: String(value) };
  return value ? { ja: 'はい', en: 'yes' } : { ja: 'いいえ', en: 'no' };
};

const placeWords = (facts: NamedFacts, language: Language) => {
  const { usedOn, configurationNameJa: nameJa, configurationNameEn: nameEn } = facts;
  return `${dayWithWeekday(usedOn, language)} ${partNameIn({ ...facts, nameJa, nameEn }, language)}`;
};

/** The changes as lines to be read in a mail. */
const changeLines = (changes: NamedChanges, language: Language): Line[] => {
  const marked = ({ ja, en }: Sentence): Sentence => ({ ja: `・${ja}`, en: `・${en}` });
  const fields = changes.fields.map(({ field, before, after }): Line => {
    const [old, now] = [before, after].map((value) => inLanguage(valueWords(value), language));
    return [marked(fieldNames[field]), `${old} → ${now}`];
  });
  const uses = changes.uses.map(({ kind, before, after }): Line => {
    const places = [before, after].flatMap((facts) => (facts ? [placeWords(facts, language)] : []));
    return [marked(kinds[kind]), [...new Set(places)].join(' → ')];
  });
  return [...fields, ...uses];
};

export const differenceWords = (yen: number): Sentence => {
  if (yen === 0) return { ja: '変わりません', en: 'unchanged' };
  const amount = Math.abs(yen);
  return {
    ja: `${yenText(amount)}の${yen > 0 ? '増額' : '減額'}`,
    en: `${yenText(amount, 'en')} ${yen > 0 ? 'more' : 'less'}`,
  };
};

const whatNext: Readonly<Record<AmendmentNews, Sentence>> = {
  amended: {
    ja: '変更の経緯と料金の内訳は、予約のページからご覧いただけます。',
    en: 'What changed and what it costs is on the booking page.',
  },
  amendment_proposed: {
    ja: '予約のページで内容と料金をお確かめのうえ、承諾するか辞退してください。お返事があるまで予約は変わりません。',
    en: 'Please look at it and its price on the booking page, and accept or decline. Until then nothing changes.',
  },
  amendment_declined: {
    ja: '予約は変更前の内容のままです。',
    en: 'Your booking stays as it was.',
  },
  split: {
    ja: 'それぞれの予約のページから、内容と料金をご覧いただけます。',
    en: 'Each has a page of its own with what it holds and costs.',
  },
};

export interface AmendmentFacts {
  readonly changes?: NamedChanges;
  readonly differenceYen?: number;
  readonly reason?: string;
  readonly otherNumber?: string;
}

/** What the organizer is told of a change, proposed or made, and what it costs. */
export const amendmentMail = (
  news: AmendmentNews,
  booking: Booking,
  facts: AmendmentFacts,
  to: Reader,
): Letter =>
  bookingLetter(to, booking, subjects[news], [
    ...(facts.otherNumber
      ? [[{ ja: '分けた予約', en: 'The other booking' }, facts.otherNumber] as const]
      : []),
    ...(facts.changes ? ['', ...changeLines(facts.changes, to.language)] : []),
    ...(facts.differenceYen === undefined
      ? []
      : ['', [{ ja: '利用料金', en: 'Fee' }, differenceWords(facts.differenceYen)] as const]),
    ...(facts.reason ? [reasonLine(facts.reason)] : []),
    '',
    whatNext[news],
  ]);
