import type { BasisPoints, Yen } from '../../shared/money.ts';
import { weekdayOf, type LocalDay } from '../../shared/time.ts';

interface Era {
  readonly name: string;
  readonly from: string;
}

const eras: readonly Era[] = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
];

const weekdays = '月火水木金土日';

/** `令和8年11月24日`: official papers count years by era, and the first is 元年. */
export const eraDay = (day: LocalDay): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const era = eras.find(({ from }) => from <= day);
  const rest = `${month}月${date}日`;
  if (!era) return `${year}年${rest}`;
  const eraYear = year - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${eraYear === 1 ? '元' : eraYear}年${rest}`;
};

export const eraDayWithWeekday = (day: LocalDay): string =>
  `${eraDay(day)}(${weekdays[weekdayOf(day) - 1]!})`;

export const yen = (amount: Yen): string => {
  const digits = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, ',');
  return amount < 0 ? `▲${digits}` : digits;
};

export const percent = (rateBp: BasisPoints): string => `${rateBp / 100}%`;

export const provisionalMark = '【暫定】';
