import { dayWithWeekday, placeName } from '../../shared/wording.ts';
import type { Booking } from './booking.ts';
import type { ChangedField, NamedChanges, NamedFacts } from './changes.ts';
import type { MailText } from './mails.ts';

export type AmendmentNews = 'amended' | 'amendment_proposed' | 'amendment_declined' | 'split';

const subjects: Record<AmendmentNews, string> = {
  amended: '予約の内容を変更しました',
  amendment_proposed: '予約の変更案をご確認ください',
  amendment_declined: '変更のお申し出について',
  split: '予約を2つに分けました',
};

const fieldNames: Record<ChangedField, string> = {
  title: '催事名',
  purpose: '使用目的',
  attendance: '予定人員',
  admissionMaxYen: '入場料の最高額',
  isCommercial: '営利・営業の目的',
  isPublic: '公開カレンダーへの掲載',
  reduction: '減免',
};

const kinds = { added: '追加', moved: '移動', changed: '変更', dropped: '取りやめ' } as const;

const valueWords = (value: string | number | boolean | null): string => {
  if (value === null) return 'なし';
  return typeof value === 'boolean' ? (value ? 'はい' : 'いいえ') : String(value);
};

const placeWords = ({ usedOn, roomNameJa, configurationNameJa }: NamedFacts) =>
  `${dayWithWeekday(usedOn)} ${placeName(roomNameJa, configurationNameJa)}`;

/** The changes as lines to be read in a mail. */
export const changeLines = (changes: NamedChanges): string[] => [
  ...changes.fields.map(
    ({ field, before, after }) =>
      `・${fieldNames[field]}：${valueWords(before)} → ${valueWords(after)}`,
  ),
  ...changes.uses.map(({ kind, before, after }) => {
    const places = [before, after].flatMap((facts) => (facts ? [placeWords(facts)] : []));
    return `・${kinds[kind]}：${[...new Set(places)].join(' → ')}`;
  }),
];

const withSeparators = (yen: number) => String(Math.abs(yen)).replace(/\B(?=(\d{3})+$)/g, ',');

export const differenceWords = (yen: number): string => {
  if (yen === 0) return '変わりません';
  return yen > 0 ? `${withSeparators(yen)}円の増額` : `${withSeparators(yen)}円の減額`;
};

const whatNext: Record<AmendmentNews, string> = {
  amended: '変更の経緯と料金の内訳は、予約のページからご覧いただけます。',
  amendment_proposed:
    '予約のページで内容と料金をお確かめのうえ、承諾するか辞退してください。お返事があるまで予約は変わりません。',
  amendment_declined: '予約は変更前の内容のままです。',
  split: 'それぞれの予約のページから、内容と料金をご覧いただけます。',
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
  to: { name: string; publicUrl: string },
): MailText => ({
  subject: `【会館】${subjects[news]}（${booking.number}）`,
  body: [
    `${to.name} 様`,
    '',
    `${subjects[news]}。`,
    '',
    `予約番号：${booking.number}`,
    `催事名：${booking.title}`,
    ...(facts.otherNumber ? [`分けた予約：${facts.otherNumber}`] : []),
    ...(facts.changes ? ['', ...changeLines(facts.changes)] : []),
    ...(facts.differenceYen === undefined
      ? []
      : ['', `利用料金：${differenceWords(facts.differenceYen)}`]),
    ...(facts.reason ? [`理由：${facts.reason}`] : []),
    '',
    whatNext[news],
    '',
    `予約のページ：${to.publicUrl}/bookings/${booking.id}`,
  ].join('\n'),
});
