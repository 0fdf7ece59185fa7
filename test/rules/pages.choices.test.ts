import { describe, expect, it } from 'vitest';
import type { Room } from '#api/rooms/schema.ts';
import { menuFor } from '#web/accounts/console_menu.ts';
import { stateOf, type ClosureRow } from '#web/closures/views.ts';
import {
  askedBody,
  askedQuery,
  changeLines,
  emptyLine,
  readAsked,
  roomOf,
} from '#web/fees/asked.ts';
import {
  groupByDate,
  longWarnings,
  shortWarnings,
  type Quote,
  type QuoteLine,
  type QuoteWarning,
} from '#web/fees/quote.ts';
import { chosenDebtor, debtorKey } from '#web/invoices/debtors.ts';
import { atOurFields, readWish, wishBody, wishQuery } from '#web/proposals/wish.ts';
import { routeNow } from '#web/refunds/route_now.ts';
import { layoutsOf, mostPeople, wholeOf } from '#web/rooms/configurations.ts';
import { isPurpose, servedBy } from '#web/rooms/finder.ts';
import { layPlan } from '#web/rooms/plan.ts';

describe('the console', () => {
  const namesFor = (...roles: string[]): string[] =>
    menuFor(roles).flatMap(({ items }) => items.map(({ name }) => name as string));

  it('shows nobody an entry that would be refused, and an administrator all', () => {
    expect(namesFor('desk')).not.toContain('transfers');
    expect(namesFor('finance')).toEqual(expect.arrayContaining(['transfers', 'revenue']));
    expect(namesFor('manager')).toContain('receivables');
    expect(namesFor('finance', 'manager')).not.toContain('members');
    const all = namesFor('administrator');
    expect(all).toEqual(expect.arrayContaining([...namesFor('finance', 'manager'), 'members']));
  });
});

type Configuration = Room['configurations'][number];
const configurationWith = (id: string, isWhole: boolean, ...layouts: [string, number][]) =>
  ({
    id,
    isWhole,
    layouts: layouts.map(([layout, capacity]) => ({ layout, capacity })),
  }) as Partial<Configuration> as Configuration;
const roomWith = (...configurations: Configuration[]) =>
  ({ configurations }) as Partial<Room> as Room;

describe('a room', () => {
  const part = configurationWith('a', false, ['school', 40], ['booths', 90]);
  const whole = configurationWith('all', true, ['theatre', 120], ['school', 80]);

  it('is known by its whole, or by what stands first', () => {
    expect(wholeOf(roomWith(part, whole)).id).toBe('all');
    expect(wholeOf(roomWith(part)).id).toBe('a');
  });

  it('takes the most people of any seating; booths are not people', () => {
    expect(mostPeople(part)).toEqual({ layout: 'school', capacity: 40 });
    expect(mostPeople(whole)).toEqual({ layout: 'theatre', capacity: 120 });
    expect(layoutsOf(roomWith(part, whole))).toEqual(['school', 'booths', 'theatre']);
  });

  it('that is long lies on its side, and its parts stay beside each other', () => {
    const cellAt = (id: string, planX: number, planY: number) => ({
      ...{ id, nameJa: id, nameEn: id, planX, planY, planWidth: 10, planHeight: 30 },
    });
    const { width, height, boxes, scaleMetres } = layPlan([
      ...[cellAt('a', 5, 2), cellAt('b', 15, 2), cellAt('c', 5, 32)],
    ]);
    expect([width, height, scaleMetres]).toEqual([60, 20, 10]);
    expect(boxes.map(({ cell, x, y }) => [cell.id, x, y])).toEqual([
      ['a', 0, 10],
      ['b', 0, 0],
      ['c', 30, 10],
    ]);
    const [wide] = layPlan([{ ...cellAt('d', 5, 7), planWidth: 40 }]).boxes;
    expect([wide!.x, wide!.y, wide!.width, wide!.height]).toEqual([0, 0, 40, 30]);
  });

  it('is found by what people come for', () => {
    expect(servedBy('outdoor')).toEqual({ layouts: ['booths'], roomClass: 'outdoor' });
    expect(servedBy('')).toEqual({ layouts: [] });
    expect([isPurpose('banquet'), isPurpose('toString')]).toEqual([true, false]);
  });
});

describe('what is asked a price for', () => {
  const line = {
    ...emptyLine,
    configuration: 'big-palette.exhibition-hall.a+b',
    date: '2027-01-12',
  };
  const asked = {
    ...{ venue: 'big-palette', uses: [line, { ...line, phase: 'setup', wiredLan: true }] },
    ...{
      admissionMaxYen: '500',
      attendance: '80',
      isCommercial: true,
      customerClass: 'sme' as const,
    },
  };

  it('is the same again out of the address of the page', () => {
    expect(readAsked(new URLSearchParams(askedQuery(asked)))).toEqual(asked);
  });

  it('names the room of a configuration, and the people at the event only', () => {
    expect(roomOf(line.configuration)).toBe('big-palette.exhibition-hall');
    const [event, setup] = askedBody(asked).uses;
    expect(event).toMatchObject({ room: 'big-palette.exhibition-hall', attendance: '80' });
    expect(setup).not.toHaveProperty('attendance');
  });

  it('gains a line like the last without its day, and loses the one pointed at', () => {
    const longer = changeLines([{ ...line, lateHours: '2' }], 'add');
    expect(longer[1]).toEqual({ ...line, date: '' });
    expect(changeLines(longer, 'remove-0')).toEqual([longer[1]]);
    expect(changeLines(longer, 'price')).toBe(longer);
  });
});

describe('a wish', () => {
  const query =
    'date=2027-01-12&needs.0.people=30&needs.1.people=&needs.2.people=8&needs.2.purpose=meeting';
  const wish = readWish(new URLSearchParams(query));

  it('is the same again out of the address of the page', () => {
    expect(readWish(new URLSearchParams(wishQuery(wish)))).toEqual(wish);
    const changed = new URLSearchParams(wishQuery(wish, { date: '2027-02-01' }));
    expect(changed.get('date')).toBe('2027-02-01');
  });

  it('leaves rows out that say nothing, and finds what is refused at the row of the form', () => {
    const { needs } = wishBody(wish, 3);
    expect(needs.map(({ people }) => people)).toEqual(['30', '8']);
    const fields = [
      { path: 'needs.1.people', message: '' },
      { path: 'from', message: '' },
    ];
    const told = atOurFields(
      { code: 'x', message: '', fields } as Parameters<typeof atOurFields>[0],
      wish,
    );
    expect(told.fields.map(({ path }) => path)).toEqual(['needs.2.people', 'date']);
  });

  it('keeps one row, and no more than eight', () => {
    const acted = (text: string) => readWish(new URLSearchParams(text)).needs.length;
    expect(acted('needs.0.people=1&do=remove-0')).toBe(1);
    const eight = Array.from({ length: 8 }, (_, at) => `needs.${at}.people=1`).join('&');
    expect([acted(`${eight}&do=add`), acted('needs.0.people=1&do=add')]).toEqual([8, 2]);
  });
});

describe('small decisions', () => {
  it('what Stripe could not return leaves from our own account', () => {
    expect(routeNow({ route: 'stripe', state: 'failed' })).toBe('bank');
    expect(routeNow({ route: 'stripe', state: 'approved' })).toBe('stripe');
    expect(routeNow({ route: 'cash', state: 'failed' })).toBe('cash');
  });

  it('a closure can be put back until its letters have left', () => {
    const closure = (changes: Partial<ClosureRow>) =>
      stateOf({
        state: 'active',
        lettersLeaveAt: null,
        lettersSentAt: null,
        ...changes,
      } as ClosureRow);
    const leaves = { lettersLeaveAt: '2027-01-12T00:00:00Z' } as Partial<ClosureRow>;
    expect(closure(leaves)).toBe('waiting');
    expect(closure({ ...leaves, lettersSentAt: leaves.lettersLeaveAt! })).toBe('in_force');
    expect(closure({})).toBe('in_force');
    expect(closure({ ...leaves, state: 'undone' } as Partial<ClosureRow>)).toBe('undone');
  });

  it('venue and organizer are one choice, and two again', () => {
    const key = debtorKey({ venueId: 'big-palette', organizationId: 'org_1' });
    expect(chosenDebtor(key)).toEqual({ venue: 'big-palette', organization: 'org_1' });
  });

  it('a quote is told by day, and its longest warning apart', () => {
    const lines = ['2027-01-13', '2027-01-12', '2027-01-13'].map(
      (date) => ({ date }) as Partial<QuoteLine> as QuoteLine,
    );
    const groups = groupByDate({ lines });
    expect(groups.map(({ date, lines: own }) => [date, own.length])).toEqual([
      ['2027-01-12', 1],
      ['2027-01-13', 2],
    ]);
    const warnings = ['fees.provisional_tariff', 'fees.other'].map(
      (code) => ({ code }) as Partial<QuoteWarning> as QuoteWarning,
    );
    const quote = { warnings } as Partial<Quote> as Quote;
    expect(longWarnings(quote)).toEqual([warnings[0]]);
    expect(shortWarnings(quote)).toEqual([warnings[1]]);
  });
});
