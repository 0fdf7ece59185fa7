import type { CatalogueFile } from './format.ts';
import type { Problem } from './tariff_checks.ts';

const dayLength = 86_400_000;
/** Days since 1 January of a leap year, so that every month and day has a place. */
const placeInYear = (monthDay: string) =>
  (Date.parse(`2000-${monthDay}T00:00:00Z`) - Date.parse('2000-01-01T00:00:00Z')) / dayLength;
const daysOfYear = 366;

/** One stretch of the year, or two where it runs over the year end. */
const stretchesOf = ({ from, to }: { from: string; to: string }): [number, number][] => {
  const [first, last] = [placeInYear(from), placeInYear(to)];
  return first <= last
    ? [[first, last]]
    : [
        [first, daysOfYear - 1],
        [0, last],
      ];
};

const closedTwice = (file: CatalogueFile): Problem[] => {
  const entries = Object.entries(file.closedDays);
  return entries.flatMap(([code, span], at) =>
    entries
      .slice(0, at)
      .filter(([, earlier]) =>
        stretchesOf(span).some(([from, to]) =>
          stretchesOf(earlier).some(([first, last]) => from <= last && first <= to),
        ),
      )
      .map(([other]) => ({
        path: `closedDays.${code}`,
        message: `closedDays.${other} と重なっています。一つにまとめてください / overlaps closedDays.${other}`,
      })),
  );
};

const slotsInOrder = (file: CatalogueFile): Problem[] => {
  const slots = Object.entries(file.slots);
  return slots.flatMap(([code, { starts, ends }], at) => {
    const problems: Problem[] = [];
    if (ends <= starts) {
      problems.push({
        path: `slots.${code}.ends`,
        message: '始まりより後の時刻にしてください / not after starts',
      });
    }
    const before = slots[at - 1];
    if (before && starts < before[1].ends) {
      problems.push({
        path: `slots.${code}.starts`,
        message:
          '前の時間帯が終わってからにしてください / before the end of the slot before it, or out of order',
      });
    }
    return problems;
  });
};

/** A band is sold from its first slot's start to its last slot's end: nothing may lie between. */
const bandsWithoutGaps = (file: CatalogueFile): Problem[] => {
  const order = Object.keys(file.slots);
  return Object.entries(file.bands).flatMap(([band, { slots }]) => {
    const places = [...new Set(slots)].map((slot) => order.indexOf(slot)).toSorted((a, b) => a - b);
    const isWhole = places.every((place, at) => at === 0 || place === places[at - 1]! + 1);
    return isWhole
      ? []
      : [
          {
            path: `bands.${band}.slots`,
            message: '隣り合う時間帯だけを並べてください / slots that are not neighbours',
          },
        ];
  });
};

const reversed = (
  path: string,
  from: string,
  until: string | undefined,
  name: string,
): Problem[] =>
  until !== undefined && until < from
    ? [{ path, message: `${name} より前の日です / before ${name}` }]
    : [];

const daysInOrder = (file: CatalogueFile): Problem[] => [
  ...Object.entries(file.tariffs).flatMap(([code, { effectiveFrom, effectiveUntil }]) =>
    reversed(`tariffs.${code}.effectiveUntil`, effectiveFrom, effectiveUntil, 'effectiveFrom'),
  ),
  ...file.parking.flatMap(({ startsOn, endsOn }, at) =>
    reversed(`parking.${at}.endsOn`, startsOn, endsOn, 'startsOn'),
  ),
];

/** What the calendar and the clock cannot do, or what would be closed twice. */
export const calendarProblems = (file: CatalogueFile): Problem[] => [
  ...closedTwice(file),
  ...slotsInOrder(file),
  ...bandsWithoutGaps(file),
  ...daysInOrder(file),
];
