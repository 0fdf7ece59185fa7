import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  clash,
  draw,
  drawOrder,
  nextInLine,
  orderText,
  type DrawEntry,
} from '#api/openings/rules/draw.ts';
import {
  allowedOfEntry,
  decideAnswer,
  decideDrawing,
  decideEntry,
  decideEntryWithdrawal,
  followedState,
  offerEnd,
  stateOf,
  type Entry,
  type EntryState,
  type Lottery,
} from '#api/openings/rules/lottery.ts';
import { decidePeriod, type AskedPeriod } from '#api/openings/rules/period.ts';
import { localDay } from '#api/shared/time.ts';
import type { Result } from '#api/shared/result.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const at = (text: string) => new Date(`${text}+09:00`);
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

const seed = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const hashesOf = (numbers: readonly number[], of = seed) =>
  new Map(numbers.map((number) => [number, sha256(orderText(of, number))] as const));

/** A wish for some cells on a morning of February 2027. */
const wish = (number: number, cells: readonly string[], day = 1, hours = [0, 4]): DrawEntry => ({
  number,
  claims: cells.map((cellId) => ({
    cellId,
    from: `2027-02-0${day}T0${hours[0]}:00:00.000Z`,
    until: `2027-02-0${day}T0${hours[1]}:00:00.000Z`,
  })),
});
const numbersOf = (entries: readonly DrawEntry[]) => entries.map(({ number }) => number);

describe('the draw', () => {
  test('can be repeated with any SHA-256 tool: the published vector', () => {
    expect(sha256(seed)).toBe('6c86c6aac5fb24bcf5d9939cb7d7d5645ce39418f449e03b262dd4fa14b4b92b');
    expect(orderText(seed, 1)).toBe(`${seed}:1`);
    expect(Object.fromEntries(hashesOf([1, 2, 3, 4]))).toEqual({
      1: 'eca0e32af39d3344f1fdc8d50a7a79d42c2c3b6a44e6b76901b50b1118e268ac',
      2: '2c08483bc928442438b23dcb26b68113c2d2db7527922a515dda0a91798bb3a2',
      3: 'b3670f6056dc2e9b992885728f510969880a478eed320e5ab60bf8c8cd91ee7b',
      4: '30228f89d1dcd5f23cd4957815c30b01daac50610b2a6bca285a2af711a1fe8d',
    });
    expect(drawOrder(hashesOf([1, 2, 3, 4]))).toEqual([2, 4, 3, 1]);
  });

  test('gives a time to the first in its order, and everybody else a place in line', () => {
    const entries = [1, 2, 3, 4].map((number) => wish(number, ['a']));
    const result = draw({ entries, hashes: hashesOf([1, 2, 3, 4]), blocked: [] });
    expect(result).toEqual({
      order: [2, 4, 3, 1],
      won: [2],
      lost: [
        { number: 4, lostTo: 2, position: 1 },
        { number: 3, lostTo: 2, position: 2 },
        { number: 1, lostTo: 2, position: 3 },
      ],
    });
  });

  test('lets wishes win side by side where they need other cells, days or hours', () => {
    const entries = [wish(1, ['a']), wish(2, ['b']), wish(3, ['a'], 2), wish(4, ['a'], 1, [4, 8])];
    const { won } = draw({ entries, hashes: hashesOf([1, 2, 3, 4]), blocked: [] });
    expect(won.toSorted()).toEqual([1, 2, 3, 4]);
  });

  test('weighs a combination of parts against each of them', () => {
    const entries = [wish(2, ['a']), wish(4, ['a', 'b']), wish(3, ['b'])];
    const { won, lost } = draw({ entries, hashes: hashesOf([2, 3, 4]), blocked: [] });
    expect(won).toEqual([2, 3]);
    expect(lost).toEqual([{ number: 4, lostTo: 2, position: 1 }]);
  });

  test('passes over what was taken before it, and says that nobody won that', () => {
    const entries = [wish(2, ['a']), wish(4, ['a', 'b']), wish(3, ['b'])];
    const { won, lost } = draw({ entries, hashes: hashesOf([2, 3, 4]), blocked: [2] });
    expect(won).toEqual([4]);
    expect(lost).toEqual([
      { number: 2, lostTo: null, position: 1 },
      { number: 3, lostTo: 4, position: 1 },
    ]);
  });

  test('of no entries has no winners', () => {
    expect(draw({ entries: [], hashes: new Map(), blocked: [] })).toEqual({
      order: [],
      won: [],
      lost: [],
    });
  });
});

/** A small generator of its own: the same wishes on every run. */
const dice = (start: number) => {
  let at = start;
  return (sides: number) => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((at / 2_147_483_648) * sides);
  };
};

const anyEntries = (roll: (sides: number) => number): DrawEntry[] =>
  Array.from({ length: 1 + roll(30) }, (_, index) => {
    const first = roll(4);
    const cells = ['a', 'b', 'c', 'd'].slice(first, first + 1 + roll(2));
    const hour = roll(3) * 2;
    return wish(index + 1, cells, 1 + roll(3), [hour, hour + 2 + roll(2)]);
  });

test('in 300 draws no two winners clash, every loser clashes or was blocked, and the order of entering does not matter', () => {
  const roll = dice(7);
  for (let round = 0; round < 300; round += 1) {
    const entries = anyEntries(roll);
    const hashes = hashesOf(numbersOf(entries), `${seed}${round}`);
    const blocked = numbersOf(entries).filter(() => roll(10) === 0);
    const result = draw({ entries, hashes, blocked });
    const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
    const winners = result.won.map((number) => byNumber.get(number)!);
    for (const one of winners) {
      expect(blocked).not.toContain(one.number);
      expect(winners.filter((other) => other !== one && clash(one, other))).toEqual([]);
    }
    for (const { number, lostTo } of result.lost) {
      if (lostTo === null) expect(blocked).toContain(number);
      else {
        expect(result.won).toContain(lostTo);
        expect(clash(byNumber.get(number)!, byNumber.get(lostTo)!)).toBe(true);
      }
    }
    expect(result.won.length + result.lost.length).toBe(entries.length);
    expect(draw({ entries: entries.toReversed(), hashes, blocked })).toEqual(result);
  }
});

describe('the line', () => {
  const line = [wish(1, ['a']), wish(3, ['a', 'b']), wish(4, ['b'])];
  const order = [2, 4, 3, 1];

  test('is asked in the order drawn, and two that clash are not asked at once', () => {
    expect(nextInLine(order, line, () => true)).toEqual([4, 1]);
  });

  test('passes over who cannot have all they wished for', () => {
    expect(nextInLine(order, line, ({ number }) => number !== 4)).toEqual([3]);
    expect(nextInLine(order, line, () => false)).toEqual([]);
  });

  test('keeps an offer for some hours, never past the opening', () => {
    const opensAt = at('2027-01-20T09:00:00');
    expect(offerEnd(at('2027-01-15T09:00:00'), 48, opensAt)).toEqual(at('2027-01-17T09:00:00'));
    expect(offerEnd(at('2027-01-19T09:00:00'), 48, opensAt)).toEqual(opensAt);
  });
});

const lottery: Lottery = {
  id: 'lot_1' as Lottery['id'],
  openingPeriodId: 'opn_1',
  venueId: 'big-palette' as Lottery['venueId'],
  roomClass: 'meeting',
  usesFrom: localDay('2027-07-01'),
  usesUntil: localDay('2027-07-31'),
  collectsFrom: at('2027-01-01T09:00:00'),
  collectsUntil: at('2027-01-10T17:00:00'),
  drawsAt: at('2027-01-11T10:00:00'),
  acceptBy: at('2027-01-16T17:00:00'),
  opensAt: at('2027-01-20T09:00:00'),
  entriesMost: 2,
  seedHash: sha256(seed),
  drawnAt: null,
};
const collecting = at('2027-01-05T12:00:00');
const use = { position: 0, usedOn: localDay('2027-07-15'), roomClass: 'meeting' };

describe('a lottery', () => {
  test('is announced, collects, closes, is drawn, and ends with the opening to all', () => {
    expect(stateOf(lottery, at('2026-12-31T23:59:59'))).toBe('announced');
    expect(stateOf(lottery, lottery.collectsFrom)).toBe('collecting');
    expect(stateOf(lottery, lottery.collectsUntil)).toBe('closed');
    const drawn = { ...lottery, drawnAt: lottery.drawsAt };
    expect(stateOf(drawn, lottery.drawsAt)).toBe('drawn');
    expect(stateOf(drawn, lottery.opensAt)).toBe('open');
  });

  test('is drawn at its time and once', () => {
    const early = decideDrawing(lottery, at('2027-01-11T09:59:59'));
    expect(codeOf(early)).toBe('openings.draw_too_early');
    expect(codeOf(decideDrawing(lottery, lottery.drawsAt))).toBe('ok');
    const drawn = { ...lottery, drawnAt: lottery.drawsAt };
    expect(codeOf(decideDrawing(drawn, lottery.drawsAt))).toBe('openings.already_drawn');
  });
});

describe('an entry', () => {
  const entering = (uses: readonly (typeof use)[], own = 0, now = collecting) =>
    decideEntry(lottery, { uses, own }, now);

  test('is taken while entries are collected', () => {
    expect(codeOf(entering([use]))).toBe('ok');
    expect(codeOf(entering([use], 0, at('2026-12-31T12:00:00')))).toBe('openings.not_collecting');
    expect(codeOf(entering([use], 0, lottery.collectsUntil))).toBe('openings.not_collecting');
  });

  test('is for the days and rooms of the lottery; the field that is not is named', () => {
    const outside = { ...use, position: 1, usedOn: localDay('2027-08-01') };
    const refused = entering([use, outside]);
    expect(codeOf(refused)).toBe('openings.other_days');
    expect(refused.ok ? [] : refused.error.options.fields).toMatchObject([{ path: 'uses.1.date' }]);
    const hall = entering([{ ...use, roomClass: 'hall' }]);
    expect(codeOf(hall)).toBe('openings.other_rooms');
    expect(hall.ok ? [] : hall.error.options.fields).toMatchObject([{ path: 'uses.0.room' }]);
  });

  test('is one of so many an organization may make', () => {
    expect(codeOf(entering([use], 1))).toBe('ok');
    expect(codeOf(entering([use], 2))).toBe('openings.entries_full');
  });

  const entry = (state: EntryState) => ({ state }) as Entry;

  test('is withdrawn only while entries are collected, answered only after winning', () => {
    expect(codeOf(decideEntryWithdrawal(entry('entered'), lottery, collecting))).toBe('ok');
    const late = decideEntryWithdrawal(entry('entered'), lottery, lottery.collectsUntil);
    expect(codeOf(late)).toBe('openings.not_collecting');
    const twice = decideEntryWithdrawal(entry('withdrawn'), lottery, collecting);
    expect(codeOf(twice)).toBe('openings.entry_fixed');
    expect(decideAnswer(entry('won'), 'accepted')).toMatchObject({ value: { state: 'accepted' } });
    expect(codeOf(decideAnswer(entry('next_in_line'), 'accepted'))).toBe('openings.entry_fixed');
    expect(allowedOfEntry(entry('entered'), lottery, collecting)).toEqual(['withdraw']);
    expect(allowedOfEntry(entry('entered'), lottery, lottery.drawsAt)).toEqual([]);
    expect(allowedOfEntry(entry('won'), lottery, lottery.drawsAt)).toEqual(['accept', 'decline']);
  });

  test.each([
    ['held', 'won'],
    ['requested', 'accepted'],
    ['approved', 'accepted'],
    ['expired', 'declined'],
    ['withdrawn', 'declined'],
  ] as const)('that won follows its booking: %s makes it %s', (booking, state) => {
    expect(followedState('won', booking)).toBe(state);
    expect(followedState('accepted', booking)).toBe('accepted');
  });
});

describe('a period', () => {
  const asked: AskedPeriod = {
    roomClass: 'meeting',
    usesFrom: localDay('2027-07-01'),
    usesUntil: localDay('2027-07-31'),
    opensAt: lottery.opensAt,
    lottery,
  };
  const around = { now: at('2026-12-01T09:00:00'), zone: 'Asia/Tokyo', others: [] };
  const deciding = (change: Partial<AskedPeriod>) => decidePeriod({ ...asked, ...change }, around);
  const steps = (change: Partial<Lottery>) => deciding({ lottery: { ...lottery, ...change } });
  const fieldsOf = (result: Result<unknown>) =>
    result.ok ? [] : result.error.options.fields?.map(({ path }) => path);

  test('has its steps in order; the step that is not is named', () => {
    expect(codeOf(deciding({}))).toBe('ok');
    expect(codeOf(deciding({ lottery: null }))).toBe('ok');
    const closesFirst = steps({ collectsUntil: lottery.collectsFrom });
    expect(codeOf(closesFirst)).toBe('openings.steps_out_of_order');
    expect(fieldsOf(closesFirst)).toEqual(['collectsUntil']);
    expect(fieldsOf(steps({ drawsAt: at('2027-01-10T16:59:59') }))).toEqual(['drawsAt']);
    expect(fieldsOf(steps({ acceptBy: lottery.drawsAt }))).toEqual(['acceptBy']);
    expect(fieldsOf(deciding({ opensAt: at('2027-01-16T16:00:00') }))).toEqual(['opensAt']);
  });

  test('lies ahead, and opens before its first day', () => {
    expect(codeOf(deciding({ usesUntil: localDay('2027-06-30') }))).toBe('openings.days_reversed');
    const late = decidePeriod(asked, { ...around, now: lottery.collectsUntil });
    expect(codeOf(late)).toBe('openings.already_over');
    expect(codeOf(deciding({ opensAt: at('2027-07-01T00:00:01') }))).toBe(
      'openings.opens_too_late',
    );
  });

  test('is the only one for its rooms and days', () => {
    const other = {
      roomClass: 'meeting',
      usesFrom: localDay('2027-07-31'),
      usesUntil: localDay('2027-08-31'),
    };
    const beside = (others: readonly (typeof other)[]) =>
      decidePeriod(asked, { ...around, others });
    expect(codeOf(beside([other]))).toBe('openings.period_overlaps');
    expect(codeOf(beside([{ ...other, roomClass: 'hall' }]))).toBe('ok');
    expect(codeOf(beside([{ ...other, usesFrom: localDay('2027-08-01') }]))).toBe('ok');
  });
});
