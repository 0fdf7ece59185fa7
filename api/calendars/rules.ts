import { agreedStates, type BookingState } from '../bookings/rules/booking.ts';
import { eraDayWithWeekday } from '../documents/rules/words.ts';
import type { Phase } from '../fees/schema.ts';
import { phaseWords } from '../fees/rules/wording.ts';
import { dayWithWeekday, placeName, timeSpan } from '../shared/wording.ts';
import { addDays, dayOf, daysFrom, instantAt, type LocalDay } from '../shared/time.ts';

const daysBack = 60;
const daysAhead = 400;
const daysCancelledIsShown = 90;

export interface CalendarSpan {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly cancelledSince: Date;
}

/** What a calendar shows: two months back, a year and a month ahead. */
export const calendarSpan = (now: Date, zone: string): CalendarSpan => {
  const today = dayOf(now, zone);
  return {
    from: addDays(today, -daysBack),
    to: addDays(today, daysAhead),
    cancelledSince: instantAt(addDays(today, -daysCancelledIsShown), '00:00', zone),
  };
};

export const spanInstants = ({ from, to }: CalendarSpan, zone: string) => ({
  from: instantAt(from, '00:00', zone),
  until: instantAt(to, '24:00', zone),
});

export interface CalendarUse {
  readonly useId: string;
  readonly bookingId: string;
  readonly number: string;
  readonly version: number;
  readonly state: BookingState;
  readonly title: string;
  readonly isPublic: boolean;
  readonly holdExpiresAt: Date;
  readonly updatedAt: Date;
  readonly venueNameJa: string;
  readonly zone: string;
  readonly roomId: string;
  readonly roomNameJa: string;
  readonly configurationNameJa: string;
  readonly usedOn: LocalDay;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly phase: Phase;
}

export interface CalendarEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly summary: string;
  readonly location: string;
  readonly description?: string;
  readonly url?: string;
  readonly changedAt: Date;
}

export interface CalendarClosure {
  readonly id: string;
  readonly startsOn: LocalDay;
  readonly endsOn: LocalDay;
  readonly reasonJa: string;
  /** Rooms and parts that are shut; none where the whole venue is. */
  readonly places: readonly string[];
  /** Shut for these hours of each day only. */
  readonly hours: { readonly startsTime: string; readonly endsTime: string } | null;
  readonly createdAt: Date;
}

export const closureSummary = ({ places, reasonJa }: CalendarClosure): string =>
  places.length === 0 ? `休館（${reasonJa}）` : `${places.join('、')} 休止（${reasonJa}）`;

const distinct = (words: readonly string[]) => [...new Set(words)];

/** Set-up and take-down are told, so that nobody stands before a closed door. */
const phaseOf = ({ phase }: CalendarUse) =>
  phase === 'event' ? '' : `（${phaseWords[phase].ja}）`;

/** One event a use: its name stays as long as the use, whatever is put before it or dropped. */
const eventOf = (
  use: CalendarUse,
  words: { summary: string; status: CalendarEvent['status'] },
): CalendarEvent => ({
  uid: `${use.useId}@kaikan`,
  sequence: use.version,
  startsAt: use.startsAt,
  endsAt: use.endsAt,
  location: `${use.venueNameJa} ${placeName(use.roomNameJa, use.configurationNameJa)}`,
  changedAt: use.updatedAt,
  ...words,
});

export const publicStates = agreedStates;

/** What anybody may know of a venue: that it is used, and by what if the organizer agreed. */
export const publicEvents = (uses: readonly CalendarUse[]): CalendarEvent[] =>
  uses.map((use) =>
    eventOf(use, {
      summary: use.isPublic ? `${use.title}${phaseOf(use)}` : '使用あり',
      status: use.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    }),
  );

export interface PublicUse {
  readonly bookingId: string;
  readonly venueId: string;
  readonly venueNameJa: string;
  readonly venueNameEn: string;
  readonly title: string;
  readonly usedOn: LocalDay;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
}

const lastMomentOf = (instant: Date) => new Date(instant.getTime() - 1);

/**
 * One entry for each event and day it is on, with all its rooms; past midnight it is on the next day
 * too. Uses come in the order of their start.
 */
export const publicDays = (
  uses: readonly PublicUse[],
  { from, to }: Pick<CalendarSpan, 'from' | 'to'>,
) => {
  const groups = new Map<string, { day: LocalDay; uses: PublicUse[] }>();
  for (const use of uses) {
    for (const day of daysFrom(dayOf(use.startsAt), dayOf(lastMomentOf(use.endsAt)))) {
      if (day < from || to < day) continue;
      const key = `${use.bookingId} ${use.usedOn} ${day}`;
      groups.set(key, { day, uses: [...(groups.get(key)?.uses ?? []), use] });
    }
  }
  const byDay = [...groups.values()].sort((one, other) =>
    one.day < other.day ? -1 : Number(one.day > other.day),
  );
  return byDay.map(({ day, uses: group }) => {
    const { venueId, venueNameJa, venueNameEn, title, startsAt } = group[0]!;
    const endsAt = new Date(Math.max(...group.map((use) => use.endsAt.getTime())));
    return {
      venueId,
      venueNameJa,
      venueNameEn,
      title,
      usedOn: day,
      startsAt,
      endsAt,
      roomNamesJa: distinct(group.map(({ roomNameJa }) => roomNameJa)),
      roomNamesEn: distinct(group.map(({ roomNameEn }) => roomNameEn)),
    };
  });
};

export const ownStates: readonly BookingState[] = ['held', 'requested', ...publicStates];

const endedWords: Partial<Record<BookingState, { mark: string; said: string }>> = {
  cancelled: { mark: '【取消】', said: '取り消されました。' },
  refused: { mark: '【不承認】', said: '使用は承認されませんでした。' },
  withdrawn: { mark: '【取下げ】', said: '取り下げられました。' },
  expired: { mark: '【期限切れ】', said: '仮予約の期限が過ぎました。' },
};

const markOf = (state: BookingState) => {
  if (state === 'held') return '【仮予約】';
  if (state === 'requested') return '【仮予約・申請中】';
  return endedWords[state]?.mark ?? '';
};

const nextStepOf = ({ state, holdExpiresAt, zone }: CalendarUse): string => {
  if (state === 'held') {
    const day = eraDayWithWeekday(dayOf(lastMomentOf(holdExpiresAt), zone));
    return `仮予約の期限は${day}です。それまでに使用承認を申請してください。`;
  }
  if (state === 'requested') return '使用承認を申請中です。結果をお待ちください。';
  return endedWords[state]?.said ?? '使用が承認されています。';
};

const statusOf = (state: BookingState): CalendarEvent['status'] => {
  if (endedWords[state]) return 'CANCELLED';
  return state === 'held' || state === 'requested' ? 'TENTATIVE' : 'CONFIRMED';
};

const hasLapsed = ({ state, holdExpiresAt }: CalendarUse, now: Date) =>
  state === 'held' && holdExpiresAt.getTime() <= now.getTime();

/** An organizer's own bookings: what is not sure yet is tentative and says until when. */
export const ownEvents = (
  uses: readonly CalendarUse[],
  now: Date,
  publicUrl: string,
): CalendarEvent[] =>
  uses
    .filter((use) => !hasLapsed(use, now))
    .map((use) => {
      const url = `${publicUrl}/bookings/${use.bookingId}`;
      const time = timeSpan(use.usedOn, use.startsAt, use.endsAt, { zone: use.zone });
      return {
        ...eventOf(use, {
          summary: `${markOf(use.state)}${use.title}${phaseOf(use)}`,
          status: statusOf(use.state),
        }),
        description: [
          `予約番号 ${use.number}`,
          `${dayWithWeekday(use.usedOn)} ${time}`,
          nextStepOf(use),
          url,
        ].join('\n'),
        url,
      };
    });

/** When anything a calendar tells was last changed. */
export const lastChangeOf = (changes: readonly Date[]): Date | undefined =>
  changes.length === 0
    ? undefined
    : new Date(Math.max(...changes.map((instant) => instant.getTime())));

export type BusyKind = 'BUSY' | 'BUSY-TENTATIVE' | 'BUSY-UNAVAILABLE';

export interface BusyPeriod {
  readonly kind: BusyKind;
  readonly from: Date;
  readonly until: Date;
}

export const busyKindOf = {
  held: 'BUSY-TENTATIVE',
  requested: 'BUSY-TENTATIVE',
  approved: 'BUSY',
  closed: 'BUSY-UNAVAILABLE',
} as const;

interface Named {
  readonly id: string;
  readonly nameJa: string;
}

/** Whose time is told: the whole venue's or one room's. */
export const busyPlace = (venue: Named, room: Named | undefined) => ({
  venueId: venue.id,
  ...(room ? { roomId: room.id } : {}),
  uid: `${room?.id ?? venue.id}.freebusy@kaikan`,
  name: `${venue.nameJa}${room ? ` ${room.nameJa}` : ''} 空き時間`,
});

/** Overlapping and adjoining times of one kind become one. */
export const mergedPeriods = (periods: readonly BusyPeriod[]): BusyPeriod[] => {
  const sorted = [...periods].sort(
    (one, other) =>
      (one.kind < other.kind ? -1 : Number(one.kind > other.kind)) ||
      one.from.getTime() - other.from.getTime(),
  );
  const merged: BusyPeriod[] = [];
  for (const period of sorted) {
    const last = merged.at(-1);
    if (last?.kind === period.kind && last.until.getTime() >= period.from.getTime()) {
      const until = last.until > period.until ? last.until : period.until;
      merged[merged.length - 1] = { ...last, until };
    } else merged.push(period);
  }
  return merged.sort((one, other) => one.from.getTime() - other.from.getTime());
};
