import { inLanguage, type Language } from '../../shared/languages.ts';
import type { Line } from '../../shared/letter.ts';
import { dayWithWeekday, placeName, timeSpan } from '../../shared/wording.ts';
import type { Booking } from './booking.ts';

interface PartName {
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly nameJa: string;
  readonly nameEn: string;
}

export type PartNames = ReadonlyMap<string, PartName>;

export const partNameIn = (part: PartName, language: Language): string =>
  placeName(
    inLanguage({ ja: part.roomNameJa, en: part.roomNameEn }, language),
    inLanguage({ ja: part.nameJa, en: part.nameEn }, language),
  );

/** When and where, a line a use: day with weekday, hours, room. */
export const useLines = (
  { uses }: Pick<Booking, 'uses'>,
  parts: PartNames,
  language: Language,
): Line[] => [
  { ja: '使用日時と場所：', en: 'Times and places:' },
  ...uses.map(({ usedOn, startsAt, endsAt, configurationId }) => {
    const part = parts.get(configurationId);
    const place = part ? partNameIn(part, language) : configurationId;
    return `・${dayWithWeekday(usedOn, language)} ${timeSpan(usedOn, startsAt, endsAt, { language })} ${place}`;
  }),
];
