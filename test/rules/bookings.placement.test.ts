import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAsked, type AskedPlace } from '#api/bookings/rules/asked.ts';
import { hasOvertime, type BookingUse } from '#api/bookings/rules/booking.ts';
import { blockedSlots, type LiveTime } from '#api/bookings/rules/obstacles.ts';
import {
  claimsOf,
  repeatedUse,
  stretchOf,
  wholeStretch,
  type CellClaim,
  type PlacedUse,
  type SlotClock,
} from '#api/bookings/rules/placement.ts';
import type { UseId } from '#api/shared/ids.ts';
import { addDays, addMinutes, instantAt, localDay } from '#api/shared/time.ts';

const day = localDay('2027-02-14');

const clock: SlotClock = {
  zone: 'Asia/Tokyo',
  slots: [
    { code: 'morning', startsTime: '09:00', endsTime: '13:00' },
    { code: 'afternoon', startsTime: '13:00', endsTime: '17:00' },
    { code: 'evening', startsTime: '17:00', endsTime: '21:00' },
  ],
};

interface Ask extends Partial<BookingUse> {
  readonly cells?: readonly string[];
  readonly slots?: readonly string[];
  readonly bufferMinutes?: number;
}

const place = (id: string, ask: Ask = {}, at: SlotClock = clock): PlacedUse => {
  const { cells = ['a'], slots = ['morning'], bufferMinutes = 0, ...changes } = ask;
  const usedOn = ask.usedOn ?? day;
  const minutes = { earlyMinutes: ask.earlyMinutes ?? 0, lateMinutes: ask.lateMinutes ?? 0 };
  const { from, until } = wholeStretch(stretchOf(slots, usedOn, at), minutes);
  return {
    cellIds: cells,
    slotCodes: slots,
    bufferMinutes,
    use: {
      id: id as UseId,
      position: 0,
      roomId: 'hall',
      configurationId: 'hall.a',
      bandCode: 'morning',
      phase: 'event',
      layout: null,
      attendance: null,
      coolingMinutes: 0,
      heatingMinutes: 0,
      wiredLan: false,
      ...changes,
      ...minutes,
      usedOn,
      startsAt: from,
      endsAt: until,
    },
  };
};

const told = (claims: readonly CellClaim[]) =>
  claims.map(({ useId, from, until, isBuffer }) => [
    useId,
    from.toISOString().slice(5, 16),
    until.toISOString().slice(5, 16),
    ...(isBuffer ? ['buffer'] : []),
  ]);

describe('time outside the hours of the house', () => {
  it('is claimed in one piece with its band', () => {
    const use = place('use_1', { slots: ['evening'], earlyMinutes: 30, lateMinutes: 90 });
    expect(told(claimsOf([use], clock))).toEqual([['use_1', '02-14T07:30', '02-14T13:30']]);
    expect(hasOvertime({ uses: [use.use] })).toBe(true);
    expect(hasOvertime({ uses: [place('use_2').use] })).toBe(false);
  });

  it('that runs into another use leaves it its band, and is claimed once', () => {
    const uses = [
      place('use_setup', { phase: 'setup', lateMinutes: 300 }),
      place('use_event', { slots: ['afternoon'] }),
    ];
    expect(told(claimsOf(uses, clock))).toEqual([
      ['use_event', '02-14T04:00', '02-14T08:00'],
      ['use_setup', '02-14T00:00', '02-14T04:00'],
      ['use_setup', '02-14T08:00', '02-14T09:00'],
    ]);
    expect(repeatedUse(uses)).toBeUndefined();
  });

  it('of one night and the next morning is shared without a gap', () => {
    const uses = [
      place('use_1', { slots: ['evening'], lateMinutes: 720 }),
      place('use_2', { usedOn: addDays(day, 1), earlyMinutes: 180 }),
    ];
    expect(told(claimsOf(uses, clock))).toEqual([
      ['use_1', '02-14T08:00', '02-15T00:00'],
      ['use_2', '02-15T00:00', '02-15T04:00'],
    ]);
  });

  it('may not run into a day on which the house is closed', () => {
    const use = place('use_1', {
      usedOn: localDay('2027-12-28'),
      slots: ['evening'],
      lateMinutes: 720,
    });
    const asked: AskedPlace = { ...use, opensMonthsBefore: 24 };
    const rules = {
      zone: clock.zone,
      opensAtTime: '09:00',
      closedDayRules: [
        { fromMonthDay: '12-29', toMonthDay: '01-03', reasonJa: '年末年始', reasonEn: 'New Year' },
      ],
    };
    const now = new Date('2026-11-24T01:00:00Z');
    expect(decideAsked([asked], rules, now)).toMatchObject({
      error: { code: 'slots.closed_day', options: { params: { day: '2027-12-29' } } },
    });
  });
});

describe('the time a room asks for after a use', () => {
  it('is claimed after the last use of each cell', () => {
    const use = place('use_1', { cells: ['a', 'b'], bufferMinutes: 30, lateMinutes: 60 });
    expect(told(claimsOf([use], clock))).toEqual([
      ['use_1', '02-14T00:00', '02-14T05:00'],
      ['use_1', '02-14T05:00', '02-14T05:30', 'buffer'],
      ['use_1', '02-14T00:00', '02-14T05:00'],
      ['use_1', '02-14T05:00', '02-14T05:30', 'buffer'],
    ]);
  });

  it('is not asked for between neighbouring uses of one booking', () => {
    const uses = [
      place('use_1', { bufferMinutes: 30 }),
      place('use_2', { slots: ['afternoon'], bufferMinutes: 30 }),
    ];
    expect(told(claimsOf(uses, clock))).toEqual([
      ['use_1', '02-14T00:00', '02-14T04:00'],
      ['use_2', '02-14T04:00', '02-14T08:00'],
      ['use_2', '02-14T08:00', '02-14T08:30', 'buffer'],
    ]);
  });
});

describe('whatever a booking asks for', () => {
  const ask = fc.record({
    cells: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
    slots: fc.constantFrom(['morning'], ['afternoon'], ['morning', 'afternoon'], ['evening']),
    phase: fc.constantFrom('setup' as const, 'event' as const, 'teardown' as const),
    usedOn: fc.constantFrom(day, addDays(day, 1)),
    earlyMinutes: fc.constantFrom(0, 15, 180, 540),
    lateMinutes: fc.constantFrom(0, 45, 240, 720),
    bufferMinutes: fc.constantFrom(0, 30, 300),
  });
  const asks = fc.array(ask, { minLength: 1, maxLength: 6 });
  const placesOf = (all: readonly Ask[]) =>
    all.map((one, index) => place(`use_${index}`, { ...one, position: index }));

  it('its claims never overlap each other', () => {
    fc.assert(
      fc.property(asks, (all) => {
        const claims = claimsOf(placesOf(all), clock);
        const clashes = claims.filter((one, at) =>
          claims
            .slice(at + 1)
            .some(
              (other) =>
                one.cellId === other.cellId && one.from < other.until && other.from < one.until,
            ),
        );
        expect(clashes).toEqual([]);
      }),
    );
  });

  it('every moment of every use is claimed on each of its cells, and nothing else but buffers', () => {
    const quarter = 15;
    fc.assert(
      fc.property(asks, (all) => {
        const uses = placesOf(all);
        const claims = claimsOf(uses, clock);
        const claimedAt = (cell: string, at: Date) =>
          claims.some(
            ({ cellId, from, until, isBuffer }) =>
              !isBuffer && cellId === cell && from <= at && at < until,
          );
        const usedAt = (cell: string, at: Date) =>
          uses.some(
            ({ cellIds, use }) => cellIds.includes(cell) && use.startsAt <= at && at < use.endsAt,
          );
        const first = instantAt(day, '00:00', clock.zone);
        for (let minutes = 0; minutes < 3 * 1_440; minutes += quarter) {
          const at = addMinutes(first, minutes);
          for (const cell of ['a', 'b', 'c']) {
            if (claimedAt(cell, at) !== usedAt(cell, at)) {
              throw new Error(`${cell} at ${at.toISOString()}`);
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('what is in the way outside the slots', () => {
  const live = (from: string, until: string, rest: Partial<LiveTime> = {}): LiveTime => ({
    cellId: 'a',
    from: instantAt(day, from, clock.zone),
    until: instantAt(day, until, clock.zone),
    state: 'approved',
    expiresAt: null,
    ...rest,
  });
  const use = place('use_1', {
    slots: ['afternoon'],
    earlyMinutes: 60,
    lateMinutes: 60,
    bufferMinutes: 30,
  });
  const partsOf = (obstacle: LiveTime) =>
    blockedSlots([use], [obstacle], clock).map(({ slot, state, part }) => [slot, state, part]);

  it('is told as the time before, after, or to clear the room', () => {
    expect(partsOf(live('09:00', '13:00'))).toEqual([['afternoon', 'taken', 'early']]);
    expect(partsOf(live('17:30', '18:00'))).toEqual([['afternoon', 'taken', 'late']]);
    expect(partsOf(live('18:00', '21:00'))).toEqual([['afternoon', 'taken', 'buffer']]);
    expect(partsOf(live('18:30', '21:00'))).toEqual([]);
  });

  it('is called a buffer where nobody uses the room', () => {
    const buffer = live('13:00', '13:30', { isBuffer: true });
    expect(partsOf(buffer)).toEqual([['afternoon', 'buffer', undefined]]);
    const both = blockedSlots([use], [buffer, live('13:00', '14:00')], clock);
    expect(both).toMatchObject([{ state: 'taken' }]);
  });

  it('in the gap between two slots counts to the slot before it', () => {
    const [morning, afternoon, evening] = clock.slots;
    const gapped = { ...clock, slots: [{ ...morning!, endsTime: '12:00' }, afternoon!, evening!] };
    const whole = place('use_1', { slots: ['morning', 'afternoon'] }, gapped);
    expect(blockedSlots([whole], [live('12:15', '12:45')], gapped)).toMatchObject([
      { slot: 'morning', state: 'taken' },
    ]);
  });
});

describe('a zone whose clocks change', () => {
  const helsinki = { ...clock, zone: 'Europe/Helsinki' };
  const hoursOf = (date: string, lateMinutes: number) => {
    const use = place(
      'use_1',
      { usedOn: localDay(date), slots: ['evening'], lateMinutes },
      helsinki,
    );
    const next = place(
      'use_2',
      { usedOn: addDays(localDay(date), 1), slots: ['morning'] },
      helsinki,
    );
    const claims = claimsOf([use, next], helsinki);
    return told(claims);
  };

  it('keeps bands at their local hours and out-of-hours time at its length', () => {
    // The night of 27 March 2027 has one hour less: twelve hours run into the next morning.
    expect(hoursOf('2027-03-27', 720)).toEqual([
      ['use_1', '03-27T15:00', '03-28T06:00'],
      ['use_2', '03-28T06:00', '03-28T10:00'],
    ]);
    // The night of 30 October 2027 has one more: an hour stays free.
    expect(hoursOf('2027-10-30', 720)).toEqual([
      ['use_1', '10-30T14:00', '10-31T06:00'],
      ['use_2', '10-31T07:00', '10-31T11:00'],
    ]);
  });

  it('keeps a leap day and the year end as long as any day', () => {
    expect(hoursOf('2028-02-29', 720)).toEqual([
      ['use_1', '02-29T15:00', '03-01T07:00'],
      ['use_2', '03-01T07:00', '03-01T11:00'],
    ]);
    expect(hoursOf('2027-12-31', 720)).toEqual([
      ['use_1', '12-31T15:00', '01-01T07:00'],
      ['use_2', '01-01T07:00', '01-01T11:00'],
    ]);
  });
});
