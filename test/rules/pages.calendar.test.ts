import { describe, expect, it } from 'vitest';
import { timeLeft } from '#web/bookings/line_views.ts';
import { instantOf, typedTime } from '#web/plans/clock.ts';
import { markOf, spansOf } from '#web/reports/board.ts';
import type { BoardEntry } from '#web/reports/views.ts';
import {
  dayKind,
  gridOf,
  hasTooLate,
  type Availability,
  type AvailabilityCell,
} from '#web/slots/grid.ts';
import { freeRoomsByDay } from '#web/slots/week.ts';
import { strongestState } from '#web/ui/marks.ts';

const cellWith = (changes: Partial<AvailabilityCell>) =>
  ({
    configurationId: 'hall.all',
    date: '2027-01-12',
    slot: 'morning',
    state: 'free',
    isPast: false,
    ...changes,
  }) as Partial<AvailabilityCell> as AvailabilityCell;

const late = cellWith({ slot: 'evening', state: 'closed', reason: 'deadline' });

describe('the calendar', () => {
  it('shows of several slots what stands most in the way', () => {
    expect(strongestState(['free', 'held', 'taken'])).toBe('taken');
    expect(strongestState(['free', 'too_late'])).toBe('too_late');
    expect(strongestState([])).toBe('free');
  });

  it('says of a slot that is only too late that it is, and of one nobody knows that it is closed', () => {
    const grid = gridOf({ states: [cellWith({}), late] });
    const state = (...slots: string[]) => grid.state('hall.all', '2027-01-12', slots);
    expect([state('morning'), state('evening'), state('morning', 'evening')]).toEqual([
      ...['free', 'too_late', 'too_late'],
    ]);
    expect([state('night'), grid.state('hall.a', '2027-01-12', ['morning'])]).toEqual([
      ...['closed', 'closed'],
    ]);
    expect([hasTooLate({ states: [cellWith({})] }), hasTooLate({ states: [late] })]).toEqual([
      ...[false, true],
    ]);
  });

  it('tells a holiday from a Sunday, a Sunday from a Saturday', () => {
    const kinds = [1, 6, 7].map((weekday) => dayKind({ weekday, isHoliday: false }));
    expect(kinds).toEqual(['weekday', 'saturday', 'sunday']);
    expect(dayKind({ weekday: 7, isHoliday: true })).toBe('holiday');
  });
});

describe('a week at a glance', () => {
  const days = [{ date: '2027-01-12' }, { date: '2027-01-13' }] as Availability['days'];
  const configurations = [
    { id: 'hall.all', roomId: 'hall' },
    { id: 'hall.a', roomId: 'hall' },
    { id: 'room.all', roomId: 'room' },
  ] as Availability['configurations'];
  const week = (...states: AvailabilityCell[]) =>
    freeRoomsByDay({ days, configurations, states } as Partial<Availability> as Availability);

  it('counts rooms, not their parts, that are free for all that is left of the day', () => {
    const [day] = week(
      cellWith({}),
      cellWith({ configurationId: 'hall.a' }),
      cellWith({ configurationId: 'room.all' }),
      cellWith({ configurationId: 'room.all', slot: 'evening', state: 'taken' }),
    );
    expect(day).toMatchObject({ freeCount: 1, isOver: false, isTooLate: false });
  });

  it('forgets what is past, and says when nothing is left, or only too late', () => {
    const [today, tomorrow] = week(
      cellWith({ state: 'taken', isPast: true }),
      late,
      cellWith({ date: '2027-01-13', isPast: true }),
    );
    expect(today).toMatchObject({ freeCount: 0, isOver: false, isTooLate: true });
    expect(tomorrow).toMatchObject({ freeCount: 0, isOver: true, isTooLate: false });
  });
});

describe('the board of the day', () => {
  const entry = (changes: Partial<BoardEntry>) =>
    ({
      bookingId: 'bkg_1',
      state: 'approved',
      phase: 'event',
      ...changes,
    }) as Partial<BoardEntry> as BoardEntry;

  it('draws neighbouring slots of one booking and phase as one, and free ones each', () => {
    const slots = [
      ...[entry({ phase: 'setup' }), entry({}), entry({}), entry({ bookingId: 'bkg_2' })],
      ...[entry({ state: 'free' }), entry({ state: 'free' })],
    ];
    expect(spansOf(slots).map((span) => span.slots)).toEqual([1, 2, 1, 1, 1]);
  });

  it('marks as the public calendar does', () => {
    const states = ['free', 'closed', 'held', 'requested', 'approved', 'in_use'] as const;
    expect(states.map(markOf)).toEqual(['free', 'closed', 'held', 'held', 'taken', 'taken']);
  });
});

describe('clocks', () => {
  it('what is left of a time is whole days, hours and minutes, never less than nothing', () => {
    const now = Date.parse('2027-01-12T00:00:00Z');
    expect(timeLeft('2027-01-13T23:00:59Z', now)).toEqual({ days: 1, hours: 23, minutes: 0 });
    expect(timeLeft('2027-01-11T00:00:00Z', now)).toEqual({ days: 0, hours: 0, minutes: 0 });
  });

  it.each([
    ['14:00', '2027-01-12T05:00:00.000Z'],
    ['１４時３０分', '2027-01-12T05:30:00.000Z'],
    ['25:30', '2027-01-12T16:30:00.000Z'],
  ])('%s of a day is typed as people write it, past midnight too', (typed, instant) => {
    expect(instantOf('2027-01-12', typed)).toBe(instant);
    const again = typedTime('2027-01-12', instant);
    expect(instantOf('2027-01-12', again)).toBe(instant);
  });

  it.each([
    ['2027-01-12', '48:00'],
    ['2027-01-12', '9:60'],
    ['2027-01-12', 'noon'],
    ['2027-02-30', '9:00'],
  ])('%s %s is no time', (day, typed) => {
    expect(instantOf(day, typed)).toBeUndefined();
  });
});
