import { fiscalYearOf } from '#api/shared/time.ts';
import { todayAtVenue } from '#web/venues/today.ts';

const oneOf = <Value extends string>(asked: string | null, values: readonly [Value, ...Value[]]) =>
  values.find((value) => value === asked) ?? values[0];

/** What the report is asked for: without a word from the beginning of the fiscal year to this month. */
export const askedOf = ({ searchParams }: URL) => {
  const day = todayAtVenue();
  return {
    from: searchParams.get('from') || `${fiscalYearOf(day)}-04`,
    to: searchParams.get('to') || day.slice(0, 7),
    by: oneOf(searchParams.get('by'), ['figure', 'room']),
    definition: oneOf(searchParams.get('definition'), ['day', 'slot']),
    setup: oneOf(searchParams.get('setup'), ['include', 'exclude']),
    venue: searchParams.get('venue') ?? '',
  };
};

export const occupancyQuery = (
  { venue, ...asked }: ReturnType<typeof askedOf>,
  more: Record<string, string> = {},
): string => new URLSearchParams({ ...asked, ...(venue ? { venue } : {}), ...more }).toString();
