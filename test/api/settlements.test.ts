import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;
let desk: Person;
let second: Person;
let lastDay = 0;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, stranger, manager, desk, second] = await Promise.all([
    app.organizer('甲'),
    app.organizer('乙'),
    app.staff('manager'),
    app.staff('desk'),
    app.staff('desk'),
  ]);
});
afterAll(() => app.close());
afterEach(() => app.clock.set(testNow));

const book = async () => {
  lastDay += 1;
  const date = `2027-02-${String(lastDay).padStart(2, '0')}`;
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const booking = await makeApprovedBooking(app, { organizer, manager }, { uses });
  await app.runJobs();
  return { ...booking, date, useId: booking.uses[0].id as string };
};

const path = (id: string) => `/api/bookings/${id}/settlement`;
const settlementOf = async (id: string, as: Person = desk) =>
  (await app.call(path(id), { as })).body.settlement;
const settle = (id: string, totalYen: number, as: Person = desk) =>
  app.call(path(id), { as, json: { totalYen } });
const put = (address: string, json: object) => app.call(address, { as: desk, json, method: 'PUT' });

const anyItem = async (priceUnit: string) => {
  const [row] = await app.sql`select id, unit_fee_yen from equipment_items
    where venue_id = 'big-palette' and price_unit = ${priceUnit} and unit_fee_yen > 0
    order by sort_order limit 1`;
  return { itemId: row!['id'] as string, unitFeeYen: row!['unit_fee_yen'] as number };
};

const order = async (id: string, useId: string, itemId: string, quantity: number) => {
  const lines = [{ useId, itemId, quantity }];
  const { status, body } = await app.call(`/api/bookings/${id}/equipment`, {
    as: desk,
    json: { lines },
  });
  expect(status).toBe(200);
  return body.requests[0].id as string;
};

describe('the settlement of a booking', () => {
  test('waits until the use is over', async () => {
    const { id } = await book();
    expect(await settlementOf(id)).toMatchObject({ state: 'draft', lines: [], maySettle: true });
    expect((await settle(id, 0)).body.error.code).toBe('bookings.not_over_yet');
  });

  test('of nothing beside the fee charges nothing and ends the booking', async () => {
    const { id, date } = await book();
    app.clock.set(`${date}T12:00:00Z`);
    expect((await settle(id, 0)).body.settlement).toMatchObject({ state: 'settled', totalYen: 0 });
    await app.runJobs();
    const shown = await app.call(`/api/bookings/${id}`, { as: organizer });
    expect(shown.body.booking.state).toBe('settled');
    const charges = await app.sql`select kind from charges where billing_account_id = ${id}`;
    expect(charges.map(({ kind }) => kind as string)).toEqual(['booking']);
    expect((await settle(id, 0)).body.error.code).toBe('bookings.not_allowed_in_state');
  });

  test('counts the equipment really used, and charges it once', async () => {
    const { id, date, useId } = await book();
    const { itemId, unitFeeYen } = await anyItem('use');
    const requestId = await order(id, useId, itemId, 2);
    app.clock.set(`${date}T12:00:00Z`);
    await app.call(`/api/bookings/${id}/equipment/actuals`, {
      as: desk,
      json: { lines: [{ requestId, actualQuantity: 3 }] },
    });
    const drawn = await settlementOf(id);
    expect(drawn).toMatchObject({ totalYen: 3 * unitFeeYen, isProvisional: true });
    const stale = await settle(id, 2 * unitFeeYen);
    expect(stale.body.error).toMatchObject({
      code: 'settlements.changed',
      detail: { totalYen: 3 * unitFeeYen },
    });
    expect((await settle(id, 3 * unitFeeYen)).status).toBe(200);
    await app.runJobs();
    await app.runJobs();
    const charges = await app.sql`select amount_yen from charges
      where billing_account_id = ${id} and kind = 'settlement'`;
    expect(charges.map((row) => row['amount_yen'] as number)).toEqual([3 * unitFeeYen]);
    const revenue = await app.call(
      `/api/closings/revenue?venue=big-palette&from=${date}&to=${date}`,
      {
        as: manager,
      },
    );
    expect(revenue.body).toMatchObject({
      rooms: [{ roomId: 'big-palette.exhibition-hall', amountYen: 3 * unitFeeYen }],
      categories: [{ category: 'equipment', amountYen: 3 * unitFeeYen }],
    });
    const [mail] = await app.sql`select body from mails
      where subject_id = ${id} and topic = 'settlements.settled'`;
    expect(mail!['body']).toContain('精算額');
    const owed = await app.call(`/api/bookings/${id}/payments`, { as: organizer });
    expect(owed.body.charge.balanceYen).toBe(217_800 + 3 * unitFeeYen);
  });

  test('asks for what is metered and for the second pair of eyes', async () => {
    const { id, date, useId } = await book();
    const { itemId } = await anyItem('metered').catch(() => ({ itemId: '' }));
    if (itemId) await order(id, useId, itemId, 1);
    app.clock.set(`${date}T12:00:00Z`);
    const { meters } = (await app.call(`/api/bookings/${id}/readings`, { as: desk })).body;
    const meterId = meters.find((meter: { utility: string }) => meter.utility === 'electricity').id;
    const read = await app.call(`/api/bookings/${id}/readings`, {
      as: desk,
      json: { meterId, usedOn: date, startValue: '100' },
    });
    const readingId = read.body.readings[0].id as string;
    expect((await settle(id, 0)).body.error.code).toBe('settlements.readings_open');
    const step = (name: string, as: Person, json: object) =>
      app.call(`/api/utilities/readings/${readingId}/${name}`, { as, json });
    await step('end', desk, { endValue: '150.5' });
    expect((await step('check', second, {})).status).toBe(200);
    const drawn = await settlementOf(id);
    const line = drawn.lines.find(({ kind }: { kind: string }) => kind === 'utility');
    expect(line.amountYen).toBeGreaterThan(0);
    expect(line.reasonJa).toContain('50.5kWh');
    if (itemId) {
      expect((await settle(id, drawn.totalYen)).body.error.code).toBe('settlements.equipment_open');
    }
  });

  test('adds the hours people stayed beyond what they had booked', async () => {
    const { id, date, useId } = await book();
    app.clock.set(`${date}T14:00:00Z`);
    const presence = {
      arrivedAt: `${date}T00:00:00Z`,
      leftAt: `${date}T09:10:00Z`,
    };
    await put(`/api/bookings/${id}/uses/${useId}/presence`, presence);
    const drawn = await settlementOf(id);
    const [line] = drawn.lines;
    expect(line).toMatchObject({ kind: 'overtime', usedOn: date, publication: 'provisional' });
    expect(line.amountYen).toBeGreaterThan(0);
    expect((await settle(id, drawn.totalYen)).status).toBe(200);
  });

  test('is frozen once it is made: the database forbids to change it', async () => {
    const { id, date } = await book();
    app.clock.set(`${date}T12:00:00Z`);
    await settle(id, 0);
    const change = app.sql`update settlements set total_yen = 1 where booking_id = ${id}`;
    await expect(change).rejects.toMatchObject({ code: '23001' });
  });

  test('is seen by the organizer, made by staff, unknown to others', async () => {
    const { id, date } = await book();
    app.clock.set(`${date}T12:00:00Z`);
    expect(await settlementOf(id, organizer)).toMatchObject({ maySettle: false });
    expect((await app.call(path(id), { as: stranger })).status).toBe(404);
    expect((await settle(id, 0, stranger)).status).toBe(404);
    expect((await settle(id, 0, organizer)).status).toBe(404);
  });
});
