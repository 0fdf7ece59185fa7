import { formatDay, formatInstant, dayOfInstant, type InstantStyle } from './format.ts';
import type { bookingPages } from './ja/booking_pages.ts';
import { locale, wordsIn } from './words.ts';

export const bookingWords = wordsIn<typeof bookingPages>(
  import.meta.glob('./*/booking_pages.ts', { eager: true, import: 'bookingPages' }),
);

const minute = 60_000;

/** A deadline at midnight is the end of the day before: nobody reads 0:00 as the evening. */
export const formatDeadline = (instant: string, style: Exclude<InstantStyle, 'time'> = 'long') => {
  const isMidnight = formatInstant(instant, 'ja', 'time') === '0:00';
  if (!isMidnight) return formatInstant(instant, locale(), style);
  const evening = new Date(new Date(instant).getTime() - minute).toISOString();
  return formatDay(dayOfInstant(evening), locale(), style);
};

/** What the fields of an event are called where a summary of errors names them. */
export const eventLabels = () => {
  const { organizer, eventTitle, purpose, attendance, admission } = bookingWords().form;
  return {
    organizationId: organizer,
    title: eventTitle,
    purpose,
    attendance,
    admissionMaxYen: admission,
  };
};
