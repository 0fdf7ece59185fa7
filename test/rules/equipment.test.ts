import { describe, expect, test } from 'vitest';
import type { BookingUse } from '#api/bookings/rules/booking.ts';
import { quoteEquipment, type PricedRequest } from '#api/equipment/rules/price.ts';
import { allot, freeForUse, peakOf, type Ask, type Take } from '#api/equipment/rules/stock.ts';
import type { EquipmentItem } from '#api/equipment/schema.ts';
import type { UseId } from '#api/shared/ids.ts';
import { localDay } from '#api/shared/time.ts';

const at = (time: string) => new Date(`2027-02-14T${time}:00+09:00`);

const makeUse = (id: string, starts: string, ends: string, roomId = 'hall') => ({
  id: id as UseId,
  roomId,
  usedOn: localDay('2027-02-14') as BookingUse['usedOn'],
  startsAt: at(starts),
  endsAt: at(ends),
});

const makeItem = (changes: Partial<EquipmentItem> = {}): EquipmentItem => ({
  id: 'desk',
  venueId: 'big-palette',
  code: 'desk',
  kind: 'equipment',
  nameJa: '長机',
  nameEn: 'Folding table',
  groupJa: '机',
  groupEn: 'Furniture',
  stock: 100,
  unitJa: '台',
  unitEn: 'tables',
  priceUnit: 'use',
  unitFeeYen: 110,
  moveMinutes: 30,
  isRetired: false,
  publication: 'provisional',
  source: '仮の値',
  sortOrder: 1,
  ...changes,
});

const makeTake = (from: string, until: string, quantity: number): Take => ({
  from: at(from),
  until: at(until),
  quantity,
});

const ask = (useId: string, quantity: number): Ask => ({
  requestId: `r-${useId}`,
  itemId: 'desk',
  useId,
  quantity,
});

const nobody = new Map<string, Take[]>();

describe('the peak of what is away', () => {
  test('is counted where times lie over each other, not where one ends as the next begins', () => {
    const takes = [
      makeTake('09:00', '12:00', 40),
      makeTake('12:00', '15:00', 50),
      makeTake('14:00', '16:00', 30),
    ];
    expect(peakOf(takes, at('08:00'), at('20:00'))).toEqual({ quantity: 80, at: at('14:00') });
    expect(peakOf(takes, at('09:00'), at('13:00'))).toEqual({ quantity: 50, at: at('12:00') });
    expect(peakOf([], at('09:00'), at('13:00')).quantity).toBe(0);
  });
});

describe('pieces promised to a use', () => {
  test('are away until they are carried back', () => {
    const { takes } = allot([ask('a', 60)], [makeUse('a', '09:00', '13:00')], [makeItem()], nobody);
    expect(takes.get('r-a')).toEqual([makeTake('09:00', '13:30', 60)]);
  });

  test('of two rooms half an hour apart are not the same pieces', () => {
    const uses = [makeUse('a', '09:00', '13:00'), makeUse('b', '13:00', '17:00', 'other-room')];
    const { takes, shortages } = allot([ask('a', 60), ask('b', 60)], uses, [makeItem()], nobody);
    expect([...takes.keys()]).toEqual(['r-a']);
    expect(shortages).toMatchObject([{ useId: 'b', wanted: 60, free: 40, peak: 60, stock: 100 }]);
  });

  test('stay where the next use of the same room needs them, and count once', () => {
    const uses = [makeUse('a', '09:00', '13:00'), makeUse('b', '13:00', '17:00')];
    const { takes, shortages } = allot([ask('a', 90), ask('b', 60)], uses, [makeItem()], nobody);
    expect(shortages).toEqual([]);
    expect(takes.get('r-a')).toEqual([
      makeTake('09:00', '13:00', 60),
      makeTake('09:00', '13:30', 30),
    ]);
    expect(takes.get('r-b')).toEqual([makeTake('13:00', '17:30', 60)]);
  });

  test('are granted in the order asked, wholly or not at all, beside what others have', () => {
    const uses = [makeUse('a', '09:00', '13:00'), makeUse('b', '09:00', '13:00', 'other-room')];
    const others = new Map([['desk', [makeTake('12:00', '18:00', 30)]]]);
    const { takes, shortages } = allot([ask('a', 50), ask('b', 30)], uses, [makeItem()], others);
    expect([...takes.keys()]).toEqual(['r-a']);
    expect(shortages).toMatchObject([{ useId: 'b', free: 20, peakAt: at('12:00') }]);
  });

  test('leave free what neither others nor another room of the booking has', () => {
    const uses = [
      makeUse('a', '09:00', '13:00'),
      makeUse('b', '13:00', '17:00'),
      makeUse('c', '13:00', '17:00', 'other-room'),
    ];
    const taken = [
      { ...makeTake('09:00', '13:30', 50), useId: 'a' },
      { ...makeTake('13:00', '17:30', 20), useId: 'c' },
      { ...makeTake('16:00', '18:00', 10), useId: 'of another booking' },
    ];
    expect(freeForUse(makeItem(), uses[1]!, taken, uses)).toBe(70);
    expect(freeForUse(makeItem({ stock: 5 }), uses[1]!, taken, uses)).toBe(0);
  });
});

const makeRequest = (
  useId: string | null,
  changes: Partial<PricedRequest> = {},
): PricedRequest => ({
  id: `r-${useId}`,
  useId,
  itemId: 'desk',
  quantity: 3,
  actualQuantity: null,
  unitFeeYen: 1_100,
  state: 'promised',
  ...changes,
});

const morning = makeUse('a', '09:00', '13:00');
const afternoon = makeUse('b', '13:00', '16:30');
const elsewhere = makeUse('c', '13:00', '16:30', 'other-room');
const uses = [morning, afternoon, elsewhere];

const priced = (item: Partial<EquipmentItem>, requests: readonly PricedRequest[]) =>
  quoteEquipment(requests, [makeItem(item)], uses);

describe('the price of equipment', () => {
  test('per use is paid for each use', () => {
    const quote = priced({ priceUnit: 'use' }, [makeRequest('a'), makeRequest('b')]);
    expect(quote).toMatchObject({
      totalYen: 6_600,
      taxYen: 600,
      isProvisional: true,
      isOpen: false,
    });
    expect(quote.lines[0]!.reasonJa).toBe('1回1,100円 × 3台');
  });

  test('per day is paid once for a room, by the most it has that day', () => {
    const requests = [
      makeRequest('a', { quantity: 2 }),
      makeRequest('b', { quantity: 5 }),
      makeRequest('c', { quantity: 1 }),
    ];
    const quote = priced({ priceUnit: 'day' }, requests);
    expect(quote.lines.map(({ quantity, amountYen }) => [quantity, amountYen])).toEqual([
      [5, 5_500],
      [1, 1_100],
    ]);
    expect(quote.lines[0]!.requestIds).toEqual(['r-a', 'r-b']);
  });

  test('per hour counts hours begun', () => {
    const [line] = priced({ priceUnit: 'hour' }, [makeRequest('b', { quantity: 2 })]).lines;
    expect(line).toMatchObject({
      amountYen: 8_800,
      reasonJa: '1時間1,100円 × 4時間(1時間未満は切上げ) × 2台',
    });
  });

  test('metered is open until it is measured', () => {
    const open = priced({ priceUnit: 'metered', unitJa: 'kg' }, [makeRequest('a')]);
    expect(open).toMatchObject({ totalYen: 0, isOpen: true });
    expect(open.lines[0]!.reasonJa).toContain('使用後に実績で精算します(1,100円/kg)');
    const measured = priced({ priceUnit: 'metered' }, [makeRequest('a', { actualQuantity: 12 })]);
    expect(measured).toMatchObject({ totalYen: 13_200, isOpen: false });
  });

  test('is that of what was really used, and of what was promised', () => {
    const requests = [
      makeRequest('a', { actualQuantity: 1 }),
      makeRequest('b', { state: 'short' }),
      makeRequest('c', { state: 'dropped' }),
      makeRequest(null),
    ];
    expect(priced({}, requests)).toMatchObject({ totalYen: 1_100, lines: [{ quantity: 1 }] });
  });

  test('is the one shown when it was asked for, whatever the catalogue says now', () => {
    expect(priced({ unitFeeYen: 9_999 }, [makeRequest('a')]).totalYen).toBe(3_300);
  });
});
