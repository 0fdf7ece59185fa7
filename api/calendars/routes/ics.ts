import ICAL from 'ical.js';
import ical, {
  ICalCalendarMethod,
  ICalEventRepeatingFreq,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalCalendar,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { asLine } from '../../shared/text.ts';
import { addDays, daysBetween, instantAt, venueZone, type LocalDay } from '../../shared/time.ts';
import type { Calendar, FreeBusy } from '../actions.ts';
import { closureSummary, type CalendarClosure, type CalendarEvent } from '../rules.ts';

const productId = '-//kaikan//kaikan//JA';
const refreshSeconds = 3_600;

// Japan keeps no summer time since 1951.
const timezone = [
  'BEGIN:VTIMEZONE',
  `TZID:${venueZone}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0900',
  'TZOFFSETTO:+0900',
  'TZNAME:JST',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

const local = (instant: Date) => DateTime.fromJSDate(instant, { zone: venueZone });
const midnight = (day: LocalDay) => local(instantAt(day, '00:00', venueZone));

const addEvent = (calendar: ICalCalendar, event: CalendarEvent, madeAt?: Date) => {
  const { uid, sequence, startsAt, endsAt, changedAt, status, description, url } = event;
  calendar.createEvent({
    id: uid,
    sequence,
    start: local(startsAt),
    end: local(endsAt),
    timezone: venueZone,
    stamp: local(madeAt ?? changedAt),
    lastModified: local(changedAt),
    summary: asLine(event.summary),
    location: asLine(event.location),
    status: ICalEventStatus[status],
    ...(description ? { description } : {}),
    ...(url ? { url } : {}),
  });
};

/** Whole days in one piece, or the same hours of each day. */
const closedTime = ({ startsOn, endsOn, hours }: CalendarClosure) =>
  hours
    ? {
        start: local(instantAt(startsOn, hours.startsTime, venueZone)),
        end: local(instantAt(startsOn, hours.endsTime, venueZone)),
        ...(startsOn === endsOn
          ? {}
          : {
              repeating: {
                freq: ICalEventRepeatingFreq.DAILY,
                count: daysBetween(startsOn, endsOn) + 1,
              },
            }),
      }
    : { start: midnight(startsOn), end: midnight(addDays(endsOn, 1)), allDay: true };

const addClosure = (calendar: ICalCalendar, closure: CalendarClosure) => {
  const { id, createdAt } = closure;
  calendar.createEvent({
    ...closedTime(closure),
    id: `${id}@kaikan`,
    sequence: 0,
    timezone: venueZone,
    stamp: local(createdAt),
    lastModified: local(createdAt),
    summary: asLine(closureSummary(closure)),
    transparency: ICalEventTransparency.TRANSPARENT,
    status: ICalEventStatus.CONFIRMED,
  });
};

/** RFC 5545 wants what a calendar says of itself before what it holds. */
const propertiesFirst = (text: string): string =>
  `${new ICAL.Component(ICAL.parse(text) as unknown[]).toString()}\r\n`;

/** For a subscriber; or sent, with the method and the moment it was made for that. */
export const writeCalendar = (
  { name, events, closures }: Calendar,
  sent?: { readonly method: 'PUBLISH'; readonly madeAt: Date },
): string => {
  // Named here, the zone would also be taken for the stamps, which RFC 5545 wants in UTC.
  const calendar = ical({ name, timezone: { name: null, generator: () => timezone } });
  calendar.prodId({ company: 'kaikan', product: 'kaikan', language: 'JA' });
  if (sent) calendar.method(ICalCalendarMethod[sent.method]);
  else calendar.ttl(refreshSeconds);
  calendar.x('X-WR-TIMEZONE', venueZone);
  for (const event of events) addEvent(calendar, event, sent?.madeAt);
  for (const closure of closures) addClosure(calendar, closure);
  return propertiesFirst(calendar.toString());
};

const inUtc = (instant: Date) => ICAL.Time.fromJSDate(instant, true);

/** One period a line: none is long enough to be folded. */
export const writeFreeBusy = ({ name, uid, madeAt, from, until, periods }: FreeBusy): string => {
  const root = new ICAL.Component('vcalendar');
  root.addPropertyWithValue('version', '2.0');
  root.addPropertyWithValue('prodid', productId);
  root.addPropertyWithValue('x-wr-calname', name);
  const freeBusy = new ICAL.Component('vfreebusy');
  freeBusy.addPropertyWithValue('uid', uid);
  freeBusy.addPropertyWithValue('dtstamp', inUtc(madeAt));
  freeBusy.addPropertyWithValue('dtstart', inUtc(from));
  freeBusy.addPropertyWithValue('dtend', inUtc(until));
  for (const { kind, ...period } of periods) {
    const value = ICAL.Period.fromData({ start: inUtc(period.from), end: inUtc(period.until) });
    freeBusy.addPropertyWithValue('freebusy', value).setParameter('fbtype', kind);
  }
  root.addSubcomponent(freeBusy);
  return `${root.toString()}\r\n`;
};
