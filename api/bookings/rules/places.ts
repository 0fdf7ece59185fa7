import { dayWithWeekday, placeName, timeSpan } from '../../shared/wording.ts';
import type { Booking } from './booking.ts';

export type PartNames = ReadonlyMap<
  string,
  { readonly roomNameJa: string; readonly nameJa: string }
>;

/** When and where, a line a use: day with weekday, hours, room. */
export const useLines = ({ uses }: Pick<Booking, 'uses'>, parts: PartNames): string[] => [
  '使用日時と場所：',
  ...uses.map(({ usedOn, startsAt, endsAt, configurationId }) => {
    const part = parts.get(configurationId);
    const place = part ? placeName(part.roomNameJa, part.nameJa) : configurationId;
    return `・${dayWithWeekday(usedOn)} ${timeSpan(usedOn, startsAt, endsAt)} ${place}`;
  }),
];
