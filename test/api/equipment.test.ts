import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, localDay } from '#api/shared/time.ts';
import { dayWithWeekday } from '#api/shared/wording.ts';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;
let desk: Person;
let elsewhere: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  stranger = await app.organizer('会津写真愛好会');
  manager = await app.staff('manager');
  desk = await app.staff('desk');
  elsewhere = await app.staff('manager', 'corasse');
});

afterAll(() => app.close());

const projector = 'big-palette.projector';
const chair = 'big-palette.chair';
const waste = 'big-palette.waste';

let days = 0;
const nextDay = () => addDays(localDay('2027-01-12'), (days += 1));

interface Room {
  readonly room: string;
  readonly configuration?: string;
  readonly date: string;
  readonly band?: string;
}

const hallA = (date: string): Room => ({
  room: 'exhibition-hall',
  configuration: 'a',
  date,
  band: 'daytime',
});

const holdFor = async (as: Organizer, ...uses: Room[]) => {
  const json = askHold(as.organizationId, { uses });
  const { status, body } = await app.call('/api/bookings', { as, json });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.booking as { id: string; version: number; uses: { id: string }[] };
};

const lookAt = async (id: string, as: Person = organizer) =>
  (await app.call(`/api/bookings/${id}/equipment`, { as })).body;

const ask = (id: string, lines: object[], as: Person = organizer, more: object = {}) =>
  app.call(`/api/bookings/${id}/equipment`, { as, json: { lines, ...more } });

const line = (booking: { uses: { id: string }[] }, itemId: string, quantity: number, at = 0) => ({
  useId: booking.uses[at]!.id,
  itemId,
  quantity,
});

const itemOf = (body: { items: { id: string; free: Record<string, number> }[] }, id: string) =>
  body.items.find((item) => item.id === id)!;

/** What an amendment says of the event. */
const wanted = { title: '秋の住宅フェア', purpose: '住宅設備の展示と相談会' };

/** Pieces away at noon. */
const promisedOn = async (day: string, itemId: string) => {
  const [row] = await app.sql`
    select coalesce(sum(quantity), 0)::int as pieces from equipment_takes
    where item_id = ${itemId} and released_at is null
      and during @> ${`${day}T12:00+09:00`}::timestamptz`;
  return row!['pieces'] as number;
};

describe('the catalogue', () => {
  test('says what a venue lends, provisional, and how many are free at a time', async () => {
    const day = nextDay();
    const booking = await holdFor(organizer, hallA(day));
    await ask(booking.id, [line(booking, projector, 3)]);
    const window = `from=${day}T09:00:00%2B09:00&until=${day}T12:00:00%2B09:00`;
    const { status, body } = await app.call(`/api/equipment?venue=big-palette&${window}`, {
      as: stranger,
    });
    expect(status).toBe(200);
    expect(itemOf(body, projector)).toMatchObject({
      nameJa: 'プロジェクター',
      stock: 8,
      free: 5,
      publication: 'provisional',
      source: expect.stringContaining('仮の値'),
    });
    const plain = await app.call('/api/equipment?venue=corasse', { as: stranger });
    expect(plain.body.items[0]).not.toHaveProperty('free');
    const reversed = `from=${day}T12:00:00Z&until=${day}T09:00:00Z`;
    const wrong = await app.call(`/api/equipment?venue=big-palette&${reversed}`, { as: stranger });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'equipment.time_reversed']);
    expect((await app.call('/api/equipment?venue=nowhere', { as: stranger })).status).toBe(404);
  });

  test('is changed by the manager of the venue alone', async () => {
    const change = (as: Person, json: object) =>
      app.call('/api/equipment/items/big-palette.lectern', { as, json });
    for (const person of [organizer, desk, elsewhere]) {
      expect((await change(person, { unitFeeYen: 1 })).status).toBe(403);
    }
    const changed = await change(manager, {
      unitFeeYen: '１，２００',
      source: '2027年度の料金表',
      publication: 'published',
    });
    expect(changed.body.item).toMatchObject({
      unitFeeYen: 1_200,
      stock: 6,
      publication: 'published',
    });
    const missing = await app.call('/api/equipment/items/big-palette.nothing', {
      as: manager,
      json: { stock: 1 },
    });
    expect([missing.status, missing.body.error.code]).toEqual([404, 'equipment.unknown_item']);
  });

  test('takes a new item once', async () => {
    const json = {
      venue: 'big-palette',
      code: 'flower-stand',
      kind: 'equipment',
      nameJa: '花台',
      nameEn: 'Flower stand',
      groupJa: '机・椅子・演台',
      groupEn: 'Furniture',
      stock: 2,
      unitJa: '台',
      unitEn: 'stands',
      priceUnit: 'use',
      unitFeeYen: 330,
      moveMinutes: 15,
      publication: 'provisional',
      source: '職員が設定',
    };
    expect((await app.call('/api/equipment/items', { as: desk, json })).status).toBe(403);
    expect((await app.call('/api/equipment/items', { as: manager, json })).status).toBe(201);
    const again = await app.call('/api/equipment/items', { as: manager, json });
    expect([again.status, again.body.error.code]).toEqual([409, 'equipment.code_taken']);
  });

  test('keeps what was promised: a stock is not lowered below it, and the day is named', async () => {
    const day = nextDay();
    const booking = await holdFor(organizer, hallA(day));
    await ask(booking.id, [line(booking, 'big-palette.whiteboard', 15)]);
    const lowered = await app.call('/api/equipment/items/big-palette.whiteboard', {
      as: manager,
      json: { stock: 14 },
    });
    expect(lowered.status).toBe(409);
    expect(lowered.body.error).toMatchObject({
      code: 'equipment.stock_promised',
      message: expect.stringContaining(`${dayWithWeekday(localDay(day))}に15台`),
      detail: { peak: 15, day },
      fields: [{ path: 'stock' }],
    });
    const { sql } = app;
    await expect(
      sql`update equipment_items set stock = 14 where id = 'big-palette.whiteboard'`,
    ).rejects.toThrow(/promised/);
    const enough = await app.call('/api/equipment/items/big-palette.whiteboard', {
      as: manager,
      json: { stock: 15 },
    });
    expect(enough.status).toBe(200);
  });
});

describe('a request', () => {
  test('is promised with its price, and set to nought dropped', async () => {
    const booking = await holdFor(organizer, hallA(nextDay()));
    const asked = await ask(
      booking.id,
      [line(booking, projector, 2), { ...line(booking, chair, 100), note: '壁際に重ねて' }],
      organizer,
      { version: booking.version },
    );
    expect(asked.status).toBe(200);
    expect(asked.body.quote).toMatchObject({ totalYen: 2 * 8_800 + 100 * 55, isProvisional: true });
    expect(asked.body.requests).toMatchObject([
      { itemId: projector, quantity: 2, state: 'promised', unitFeeYen: 8_800 },
      { itemId: chair, note: '壁際に重ねて' },
    ]);
    expect(itemOf(asked.body, chair).free[booking.uses[0]!.id]).toBe(3_000);
    const dropped = await ask(booking.id, [line(booking, projector, 0)]);
    expect(dropped.body.requests).toMatchObject([{ itemId: chair }]);
    const history = await app.call(`/api/bookings/${booking.id}/history`, { as: organizer });
    const acts = history.body.entries.map((entry: { action: string }) => entry.action);
    expect(acts.filter((act: string) => act === 'equipment.request')).toHaveLength(2);
  });

  test('beyond the stock is refused whole; only staff learn whose bookings are in the way', async () => {
    const day = nextDay();
    const first = await holdFor(stranger, hallA(day));
    await ask(first.id, [line(first, projector, 6)], stranger);
    const second = await holdFor(organizer, {
      room: 'convention-hall',
      date: day,
      band: 'morning',
    });
    const lines = [line(second, chair, 10), line(second, projector, 3)];
    const refused = await ask(second.id, lines);
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'equipment.not_enough',
      fields: [{ path: 'lines.1.quantity', message: expect.stringContaining('空きは2台') }],
      detail: { shortages: [{ itemId: projector, wanted: 3, free: 2, stock: 8, peak: 6 }] },
    });
    const [seen] = refused.body.error.detail.shortages;
    expect(Object.keys(seen.conflicts[0])).toEqual(['from', 'until']);
    expect((await lookAt(second.id)).requests).toEqual([]);
    const byDesk = await ask(second.id, lines, desk);
    expect(byDesk.body.error.detail.shortages[0].conflicts[0]).toMatchObject({
      quantity: 6,
      bookingId: first.id,
      bookingNumber: expect.stringContaining('BP'),
    });
    expect((await ask(second.id, [line(second, projector, 2)])).status).toBe(200);
  });

  test('waits for the time to carry things: the next room cannot have them at once', async () => {
    const day = nextDay();
    const morning = await holdFor(stranger, {
      room: 'convention-hall',
      date: day,
      band: 'morning',
    });
    await ask(morning.id, [line(morning, projector, 8)], stranger);
    const afternoon = await holdFor(organizer, { ...hallA(day), band: 'afternoon' });
    const refused = await ask(afternoon.id, [line(afternoon, projector, 1)]);
    expect(refused.body.error.detail.shortages[0].conflicts).toEqual([
      { from: `${day}T00:00:00.000Z`, until: `${day}T04:30:00.000Z` },
    ]);
  });

  test('names what exists: items of the venue, uses of the booking, the version of the page', async () => {
    const booking = await holdFor(organizer, hallA(nextDay()));
    const other = await holdFor(organizer, hallA(nextDay()));
    const wrongs: [object[], object, number, string][] = [
      [[line(booking, 'corasse.chair', 1)], {}, 404, 'equipment.unknown_item'],
      [[line(other, chair, 1)], {}, 422, 'equipment.unknown_use'],
      [[line(booking, chair, 1)], { version: 9 }, 409, 'bookings.stale_version'],
      [[{ ...line(booking, chair, 1), quantity: '半分' }], {}, 400, 'http.invalid_input'],
    ];
    for (const [lines, more, status, code] of wrongs) {
      const refused = await ask(booking.id, lines, organizer, more);
      expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    }
  });

  test('belongs to those who may know of the booking', async () => {
    const booking = await holdFor(organizer, hallA(nextDay()));
    for (const person of [stranger, elsewhere]) {
      expect((await app.call(`/api/bookings/${booking.id}/equipment`, { as: person })).status).toBe(
        404,
      );
      expect((await ask(booking.id, [line(booking, chair, 1)], person)).status).toBe(404);
    }
    const finance = await app.staff('finance');
    expect((await lookAt(booking.id, finance)).canChange).toBe(false);
    expect((await ask(booking.id, [line(booking, chair, 1)], finance)).status).toBe(404);
  });

  test('of an organizer closes with the deadline of the rooms; the desk goes on until the settlement', async () => {
    const day = nextDay();
    const booking = await makeApprovedBooking(app, { organizer, manager }, { uses: [hallA(day)] });
    const { changeableUntil } = await lookAt(booking.id);
    app.clock.set(changeableUntil);
    try {
      const late = await ask(booking.id, [line(booking, chair, 10)]);
      expect([late.status, late.body.error.code]).toEqual([409, 'equipment.too_late']);
      expect((await lookAt(booking.id)).canChange).toBe(false);
      expect((await ask(booking.id, [line(booking, chair, 10)], desk)).status).toBe(200);
    } finally {
      app.clock.set(testNow);
    }
  });

  test('keeps the price it was shown when the catalogue changes', async () => {
    const booking = await holdFor(organizer, hallA(nextDay()));
    const batten = 'big-palette.hanging-batten';
    await ask(booking.id, [line(booking, batten, 1)]);
    await app.call(`/api/equipment/items/${batten}`, { as: manager, json: { unitFeeYen: 9_900 } });
    expect((await lookAt(booking.id)).quote.totalYen).toBe(3_300);
  });
});

describe('what was really used', () => {
  test('is written down by the desk and decides the price', async () => {
    const booking = await makeApprovedBooking(
      app,
      { organizer, manager },
      { uses: [hallA(nextDay())] },
    );
    const asked = await ask(booking.id, [line(booking, waste, 1), line(booking, chair, 10)]);
    expect(asked.body.quote).toMatchObject({ totalYen: 550, isOpen: true });
    const [first] = asked.body.requests;
    const record = (as: Person, requestId: string) =>
      app.call(`/api/bookings/${booking.id}/equipment/actuals`, {
        as,
        json: { lines: [{ requestId, actualQuantity: '48' }] },
      });
    expect((await record(organizer, first.id)).status).toBe(404);
    const recorded = await record(desk, first.id);
    expect(recorded.body.quote).toMatchObject({ totalYen: 550 + 48 * 55, isOpen: false });
    const unknown = await record(desk, app.house.newId('equipment_request'));
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'equipment.unknown_request']);
    const held = await holdFor(organizer, hallA(nextDay()));
    const early = await ask(held.id, [line(held, chair, 1)]);
    const tooEarly = await app.call(`/api/bookings/${held.id}/equipment/actuals`, {
      as: desk,
      json: { lines: [{ requestId: early.body.requests[0].id, actualQuantity: 1 }] },
    });
    expect(tooEarly.body.error.code).toBe('bookings.not_allowed_in_state');
  });
});

describe('a booking', () => {
  test('that ends gives everything back, and who fell short gets it', async () => {
    const [day, other] = [nextDay(), nextDay()];
    const first = await holdFor(stranger, hallA(day));
    await ask(first.id, [line(first, projector, 8)], stranger);
    const second = await holdFor(organizer, {
      room: 'convention-hall',
      date: other,
      band: 'morning',
    });
    await ask(second.id, [line(second, projector, 4), line(second, chair, 20)]);
    const moved = await app.call(`/api/bookings/${second.id}/amendments`, {
      as: organizer,
      json: {
        version: second.version,
        asked: {
          ...wanted,
          uses: [{ id: second.uses[0]!.id, room: 'convention-hall', date: day, band: 'morning' }],
        },
      },
    });
    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    await app.runJobs();
    const short = await lookAt(second.id);
    expect(short.requests).toMatchObject([
      { itemId: projector, state: 'short' },
      { itemId: chair, state: 'promised' },
    ]);
    expect(short.shortages).toMatchObject([{ itemId: projector, wanted: 4, free: 0 }]);
    expect(short.quote.totalYen).toBe(20 * 55);
    const mails = await app.sql`select subject, body from mails where topic = 'equipment.short'`;
    expect(mails).toHaveLength(1);
    expect(mails[0]!['body']).toContain('プロジェクター：ご希望 4台／空き 0台');
    const board = await app.call(`/api/equipment/day?venue=big-palette&date=${day}`, { as: desk });
    expect(board.body.shortages).toMatchObject([
      { bookingId: second.id, itemId: projector, quantity: 4 },
    ]);

    expect((await ask(second.id, [line(second, chair, 30)])).status).toBe(200);
    await app.call(`/api/bookings/${first.id}/withdraw`, { as: stranger, json: { version: 1 } });
    await app.runJobs();
    await app.runJobs();
    expect((await lookAt(first.id, stranger)).requests).toEqual([]);
    expect((await lookAt(second.id)).requests).toMatchObject([
      { itemId: projector, state: 'promised' },
      { itemId: chair, state: 'promised' },
    ]);
  });

  test('that is split takes what its uses have along', async () => {
    const day = nextDay();
    const both = await holdFor(organizer, hallA(day), {
      room: 'convention-hall',
      date: day,
      band: 'daytime',
    });
    await ask(both.id, [line(both, chair, 30), line(both, chair, 40, 1)]);
    const parted = await app.call(`/api/bookings/${both.id}/split`, {
      as: organizer,
      json: { version: both.version, useIds: [both.uses[1]!.id] },
    });
    expect(parted.status, JSON.stringify(parted.body)).toBeLessThan(300);
    await app.runJobs();
    const { id } = parted.body.booking;
    const quantities = async (bookingId: string) =>
      (await lookAt(bookingId)).requests.map(({ quantity, state }: Record<string, unknown>) => [
        quantity,
        state,
      ]);
    const halves = [await quantities(both.id), await quantities(id)];
    expect(halves.flat().sort()).toEqual([
      [30, 'promised'],
      [40, 'promised'],
    ]);
    expect(await promisedOn(day, chair)).toBe(70);
  });

  test('that drops a use gives back what the use had', async () => {
    const day = nextDay();
    const both = await holdFor(organizer, hallA(day), {
      room: 'convention-hall',
      date: day,
      band: 'daytime',
    });
    await ask(both.id, [line(both, chair, 30), line(both, chair, 40, 1)]);
    const uses = [
      {
        id: both.uses[0]!.id,
        room: 'exhibition-hall',
        configuration: 'a',
        date: day,
        band: 'daytime',
      },
    ];
    const dropped = await app.call(`/api/bookings/${both.id}/amendments`, {
      as: organizer,
      json: { version: both.version, asked: { ...wanted, uses } },
    });
    expect(dropped.status, JSON.stringify(dropped.body)).toBe(200);
    await app.runJobs();
    expect((await lookAt(both.id)).requests).toMatchObject([{ quantity: 30, state: 'promised' }]);
    expect(await promisedOn(day, chair)).toBe(30);
  });

  test('whose hold lapses gives everything back too', async () => {
    const day = nextDay();
    const booking = await holdFor(organizer, hallA(day));
    await ask(booking.id, [line(booking, projector, 8)]);
    app.clock.advanceMinutes(60 * 24 * 15);
    try {
      await app.sql`select graphile_worker.add_job('bookings.expire_holds')`;
      await app.runJobs();
      await app.runJobs();
      const live =
        await app.sql`select 1 from equipment_takes t join equipment_requests r on r.id = t.request_id
        where r.booking_id = ${booking.id} and t.released_at is null`;
      expect(live).toHaveLength(0);
      const closed = await ask(booking.id, [line(booking, projector, 1)]);
      expect(closed.body.error.code).toBe('bookings.not_allowed_in_state');
    } finally {
      app.clock.set(testNow);
    }
  });
});

describe('the day of a venue', () => {
  test('shows who has what when, and what goes into which room', async () => {
    const day = nextDay();
    const booking = await holdFor(organizer, hallA(day));
    await ask(booking.id, [{ ...line(booking, projector, 3), note: '正面に2台' }]);
    const path = `/api/equipment/day?venue=big-palette&date=${day}`;
    const { body } = await app.call(path, { as: desk });
    expect(itemOf(body, projector)).toMatchObject({
      peak: 3,
      free: 5,
      takes: [
        {
          quantity: 3,
          bookingId: booking.id,
          from: `${day}T00:00:00.000Z`,
          until: `${day}T08:30:00.000Z`,
        },
      ],
    });
    expect(body.picks).toMatchObject([
      {
        bookingId: booking.id,
        roomNameJa: '多目的展示ホール',
        lines: [{ itemId: projector, quantity: 3, note: '正面に2台', state: 'promised' }],
      },
    ]);
    expect((await app.call(path, { as: organizer })).status).toBe(403);
    expect((await app.call(path, { as: elsewhere })).status).toBe(403);
  });
});
