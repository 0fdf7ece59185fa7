import type { LocalDay } from '../../shared/time.ts';

/** Days on which a venue, or one room of it, is closed; yearly spans are month-days such as `12-29`. */
export interface ClosedSpan {
  readonly venueId: string;
  readonly roomId: string | null;
  readonly isYearly: boolean;
  readonly from: string;
  readonly to: string;
  readonly reasonJa: string;
  readonly reasonEn: string;
}

interface Place {
  readonly id: string;
  readonly venueId: string;
}

/** `12-29` to `01-03` runs over the end of the year. */
const holdsMonthDay = ({ from, to }: ClosedSpan, monthDay: string) =>
  from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to;

const holdsDay = (span: ClosedSpan, day: LocalDay) =>
  span.isYearly ? holdsMonthDay(span, day.slice(5)) : span.from <= day && day <= span.to;

export const closureOn = (
  spans: readonly ClosedSpan[],
  room: Place,
  day: LocalDay,
): ClosedSpan | undefined =>
  spans.find(
    (span) =>
      span.venueId === room.venueId &&
      (span.roomId === null || span.roomId === room.id) &&
      holdsDay(span, day),
  );
