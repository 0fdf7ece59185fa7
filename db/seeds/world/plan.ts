import { holidayOn } from '#api/shared/holidays.ts';
import {
  addDays,
  addMonths,
  dayOf,
  daysFrom,
  firstOfMonth,
  fiscalYearOf,
  instantAt,
  lastOfMonth,
  localDay,
  weekdayOf,
  type LocalDay,
} from '#api/shared/time.ts';
import { openBuilding, type Building } from './building.ts';
import {
  fairs,
  rotations,
  series,
  specials,
  type Band,
  type Fair,
  type Rotation,
  type Series,
  type Special,
  type Venue,
} from './programme.ts';

export interface PlannedUse {
  readonly room: string;
  readonly configuration: string;
  readonly date: LocalDay;
  readonly band: Band;
  readonly phase: 'setup' | 'event' | 'rehearsal' | 'teardown';
  readonly layout?: string;
  readonly coolingHours?: number;
  readonly heatingHours?: number;
  readonly wiredLan?: boolean;
}

export interface PlannedBooking {
  readonly key: string;
  readonly venue: Venue;
  readonly organization: string;
  readonly title: string;
  readonly purpose: string;
  readonly attendance: number;
  readonly admissionMaxYen: number;
  readonly isCommercial: boolean;
  readonly isPublic: boolean;
  readonly uses: readonly PlannedUse[];
  readonly heldAt: Date;
  /** How it goes on; what lies after today does not happen yet. */
  readonly end: Special['end'];
  readonly reason?: string;
  readonly ground?: string;
}

interface Asked {
  readonly venue: Venue;
  readonly room: string;
  readonly configuration?: string;
  readonly organization: string;
  readonly title: string;
  readonly purpose: string;
  readonly layout?: string;
  readonly attendance: number;
  readonly admissionMaxYen?: number;
  readonly isCommercial?: boolean;
  readonly isPublic?: boolean;
}

interface Wanted {
  readonly date: LocalDay;
  readonly band: Band;
  readonly phase: PlannedUse['phase'];
}

interface Setting {
  readonly building: Building;
  readonly now: Date;
  readonly today: LocalDay;
  readonly from: LocalDay;
  readonly until: LocalDay;
}

/** A number from 0 to `most` that is always the same for the same words. */
export const spread = (words: string, most: number): number => {
  let hash = 2_166_136_261;
  for (const letter of words) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619) >>> 0;
  }
  return hash % (most + 1);
};

const hotMonths = ['07', '08', '09'];
const coldMonths = ['12', '01', '02', '03'];
const largeRooms = ['exhibition-hall', 'convention-hall', 'multipurpose-hall'];

const airHours = (asked: Asked, { date, phase }: Wanted) => {
  if (!largeRooms.includes(asked.room) || phase !== 'event') return {};
  const month = date.slice(5, 7);
  const hours = 4 + spread(asked.title, 4);
  if (hotMonths.includes(month)) return { coolingHours: hours };
  return coldMonths.includes(month) ? { heatingHours: hours } : {};
};

/** The booths of the great hall take a line; elsewhere none is lent. */
const hasLan = (asked: Asked, { phase }: Wanted) =>
  asked.venue === 'big-palette' && asked.room === 'exhibition-hall' && phase === 'event';

/** People book by day, each at an hour of their own, and never before booking opens. */
const heldAtOf = (setting: Setting, asked: Asked, uses: readonly PlannedUse[], day: LocalDay) => {
  const minutes = 15 + spread(`${asked.title}${day}`, 480);
  const wished = instantAt(day, '09:00').getTime() + minutes * 60_000;
  const openings = uses.map((use) =>
    setting.building.opensAt({ venue: asked.venue, ...use }, use.date).getTime(),
  );
  return new Date(Math.max(wished, Math.max(...openings) + minutes * 60_000));
};

/** Books what is free of what is wanted; nothing if all of it is needed and part is taken. */
const book = (
  setting: Setting,
  asked: Asked,
  wanted: readonly Wanted[],
  how: {
    key: string;
    heldOn: LocalDay;
    isWhole: boolean;
    end?: Special['end'];
    reason?: string;
    ground?: string;
  },
): PlannedBooking[] => {
  const { building } = setting;
  const configuration = asked.configuration ?? building.wholeOf(asked.venue, asked.room) ?? '2';
  const place = { venue: asked.venue, room: asked.room, configuration };
  const free = wanted.filter(({ date, band }) => building.isFree(place, date, band));
  if (free.length === 0 || (how.isWhole && free.length < wanted.length)) return [];
  const uses = free.map((one): PlannedUse => ({
    room: asked.room,
    configuration,
    ...one,
    ...(asked.layout ? { layout: asked.layout } : {}),
    ...airHours(asked, one),
    ...(hasLan(asked, one) ? { wiredLan: true } : {}),
  }));
  const heldAt = heldAtOf(setting, asked, uses, how.heldOn);
  if (heldAt > setting.now || heldAt >= instantAt(uses[0]!.date, '00:00')) return [];
  for (const { date, band } of uses) building.take(place, date, band);
  return [
    {
      key: how.key,
      venue: asked.venue,
      organization: asked.organization,
      title: asked.title,
      purpose: asked.purpose,
      attendance: asked.attendance,
      admissionMaxYen: asked.admissionMaxYen ?? 0,
      isCommercial: asked.isCommercial ?? false,
      isPublic: asked.isPublic ?? false,
      uses,
      heldAt,
      end: how.end ?? 'paid',
      ...(how.reason ? { reason: how.reason } : {}),
      ...(how.ground ? { ground: how.ground } : {}),
    },
  ];
};

const searchDays = 21;

const planSpecial = (setting: Setting, special: Special): PlannedBooking[] => {
  const first = addDays(setting.today, special.usedAfterDays);
  const days = special.usedAfterDays === 0 ? [first] : daysFrom(first, addDays(first, searchDays));
  for (const date of days) {
    const planned = book(setting, special, [{ date, band: special.band, phase: 'event' }], {
      key: `special ${special.title}`,
      heldOn: addDays(setting.today, -special.heldBeforeDays),
      isWhole: true,
      end: special.end,
      ...(special.reason ? { reason: special.reason } : {}),
      ...(special.ground ? { ground: special.ground } : {}),
    });
    if (planned.length > 0) return planned;
  }
  return [];
};

const nthSaturday = (month: LocalDay, week: number): LocalDay =>
  addDays(month, ((6 - weekdayOf(month) + 7) % 7) + 7 * (week - 1));

const monthsOf = ({ from, until }: Setting): LocalDay[] => {
  const months: LocalDay[] = [];
  for (let month = firstOfMonth(from); month <= until; month = addMonths(month, 1)) {
    months.push(month);
  }
  return months;
};

/** Set-up before, the event around its Saturday, take-down after, or on the last evening. */
const fairDays = (fair: Fair, saturday: LocalDay): Wanted[] => {
  const starts = fair.eventDays > 2 ? addDays(saturday, -1) : saturday;
  const day = (offset: number) => addDays(starts, offset);
  const run = (count: number, from: number, phase: Wanted['phase'], band: Band): Wanted[] =>
    Array.from({ length: count }, (_, at) => ({ date: day(from + at), band, phase }));
  const closing: Wanted[] = fair.teardownDays
    ? run(fair.teardownDays, fair.eventDays, 'teardown', 'daytime')
    : [{ date: day(fair.eventDays - 1), band: 'evening', phase: 'teardown' }];
  return [
    ...run(fair.setupDays, -fair.setupDays, 'setup', 'all_day'),
    ...run(fair.eventDays, 0, 'event', 'daytime'),
    ...closing,
  ];
};

const planFair = (setting: Setting, fair: Fair, month: LocalDay): PlannedBooking[] => {
  const year = month.slice(0, 4);
  const wanted = fairDays(fair, nthSaturday(month, fair.week));
  const leads = fair.configuration === 'all' ? [300, 130] : [170, 90];
  const lead = leads[0]! + spread(fair.title, leads[1]!);
  return book(setting, { ...fair, title: `${fair.title} ${year}` }, wanted, {
    key: `fair ${fair.venue} ${fair.title} ${month}`,
    heldOn: addDays(wanted[0]!.date, -lead),
    isWhole: true,
  });
};

const mondayOf = (day: LocalDay) => addDays(day, 1 - weekdayOf(day));
const firstMonday = localDay('2024-01-01');

/** Weeks are counted from one Monday for all, so that a rotation does not depend on today. */
const weeksOf = ({ from, until }: Setting): { monday: LocalDay; number: number }[] => {
  const weeks: { monday: LocalDay; number: number }[] = [];
  for (let monday = mondayOf(from); monday <= until; monday = addDays(monday, 7)) {
    const number = Math.round((Date.parse(monday) - Date.parse(firstMonday)) / 604_800_000);
    weeks.push({ monday, number });
  }
  return weeks;
};

const planRotation = (setting: Setting, rotation: Rotation): PlannedBooking[] =>
  weeksOf(setting).flatMap(({ monday, number }) => {
    if (number % rotation.everyWeeks !== 0) return [];
    const turn = number / rotation.everyWeeks;
    const event = rotation.events[turn % rotation.events.length]!;
    const { weekday, days, band, firstDay, ...asked } = event;
    const first = addDays(monday, weekday - 1);
    const wanted = Array.from({ length: days }, (_, at): Wanted => {
      const phase = at === 0 && firstDay ? firstDay : 'event';
      return { date: addDays(first, at), band, phase };
    });
    const round = Math.floor(turn / rotation.events.length) + 1;
    const { venue, room } = rotation;
    const title = `第${round}回 ${asked.title}`;
    return book(setting, { ...asked, venue, room, title }, wanted, {
      key: `rotation ${venue} ${room} ${first}`,
      heldOn: addDays(first, -rotation.leadDays - spread(title, 40)),
      isWhole: true,
    });
  });

/** A quarter of a series in one booking, on its weekdays that are no holidays. */
const planSeries = (setting: Setting, one: Series, quarter: LocalDay): PlannedBooking[] => {
  const last = lastOfMonth(addMonths(quarter, 2));
  const isItsWeek = (day: LocalDay) =>
    one.fortnight === undefined ||
    Math.round((Date.parse(mondayOf(day)) - Date.parse(firstMonday)) / 604_800_000) % 2 ===
      one.fortnight;
  const days = daysFrom(quarter, last).filter(
    (day) => one.weekdays.includes(weekdayOf(day)) && !holidayOn(day) && isItsWeek(day),
  );
  return book(
    setting,
    one,
    days.map((date) => ({ date, band: one.band, phase: 'event' })),
    {
      key: `series ${one.venue} ${one.room} ${one.title} ${quarter}`,
      heldOn: addDays(quarter, -30 - spread(`${one.room}${one.title}`, 85)),
      isWhole: false,
    },
  );
};

const monthsAhead = 14;
const historyMonths = 6;

/**
 * Everything that is booked in the invented world, seen from `now`: the fiscal year of today, at least
 * half a year back, and what is booked up to fourteen months ahead.
 */
export const planWorld = (now: Date): PlannedBooking[] => {
  const today = dayOf(now);
  const yearStart = localDay(`${fiscalYearOf(today)}-04-01`);
  const halfYearAgo = addMonths(firstOfMonth(today), -historyMonths);
  const setting: Setting = {
    building: openBuilding(),
    now,
    today,
    from: yearStart < halfYearAgo ? yearStart : halfYearAgo,
    until: addMonths(today, monthsAhead),
  };
  const months = monthsOf(setting);
  const quarters = months.filter((month) => (Number(month.slice(5, 7)) - 1) % 3 === 0);
  return [
    ...specials.flatMap((special) => planSpecial(setting, special)),
    ...months.flatMap((month) =>
      fairs
        .filter((fair) => fair.month === Number(month.slice(5, 7)))
        .flatMap((fair) => planFair(setting, fair, month)),
    ),
    ...rotations.flatMap((rotation) => planRotation(setting, rotation)),
    ...quarters.flatMap((quarter) => series.flatMap((one) => planSeries(setting, one, quarter))),
  ].sort((one, other) => one.heldAt.getTime() - other.heldAt.getTime());
};
