import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, localDay } from '#api/shared/time.ts';
import { insertCharge, saveReading } from '#api/utilities/store.ts';
import type { Reading } from '#api/utilities/rules/reading.ts';
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
let colleague: Person;
let finance: Person;
let elsewhere: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  stranger = await app.organizer('会津写真愛好会');
  manager = await app.staff('manager');
  desk = await app.staff('desk');
  colleague = await app.staff('desk');
  finance = await app.staff('finance');
  elsewhere = await app.staff('manager', 'corasse');
});

afterAll(() => app.close());

const conventionHall = 'big-palette.convention-hall';
const conventionMeter = `${conventionHall}.electricity`;
const exhibitionMeter = 'big-palette.exhibition-hall.electricity';

let days = 0;
const nextDay = () => addDays(localDay('2027-01-12'), (days += 1));

const approve = (room: string, date: string, by: Organizer = organizer) =>
  makeApprovedBooking(
    app,
    { organizer: by, manager },
    { uses: [{ room, configuration: 'all', date, band: 'daytime' }] },
  ) as Promise<{ id: string; version: number }>;

const start = (
  id: string,
  meterId: string,
  usedOn: string,
  startValue: number | string,
  as = desk,
) => app.call(`/api/bookings/${id}/readings`, { as, json: { meterId, usedOn, startValue } });

const step = (readingId: string, name: 'end' | 'correct' | 'check', json: object, as: Person) =>
  app.call(`/api/utilities/readings/${readingId}/${name}`, { as, json });

const lookAt = async (id: string, as: Person = organizer) =>
  (await app.call(`/api/bookings/${id}/readings`, { as })).body;

/** Read by the desk from nought, checked by a colleague. */
const readAndCheck = async (id: string, meterId: string, usedOn: string, endValue: number) => {
  const started = await start(id, meterId, usedOn, 0);
  expect(started.status, JSON.stringify(started.body)).toBe(200);
  const readingId = started.body.readings.at(-1).id as string;
  await step(readingId, 'end', { endValue }, desk);
  const checked = await step(readingId, 'check', {}, colleague);
  expect(checked.status, JSON.stringify(checked.body)).toBe(200);
  return readingId;
};

const refusal = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
];

describe('a reading', () => {
  test('is charged when a second person has checked it, with its reason', async () => {
    const date = nextDay();
    const { id } = await approve('exhibition-hall', date);
    const started = await start(id, exhibitionMeter, date, '１，０００．５');
    const [reading] = started.body.readings;
    expect(reading).toMatchObject({
      startValue: 1_000.5,
      endValue: null,
      line: null,
      canCheck: false,
    });
    expect(refusal(await step(reading.id, 'check', {}, colleague))).toEqual([
      409,
      'utilities.not_ended',
    ]);
    const ended = await step(reading.id, 'end', { endValue: 1_100.7 }, desk);
    expect(ended.body).toMatchObject({ totalYen: 0, openCount: 1 });
    expect(refusal(await step(reading.id, 'check', {}, desk))).toEqual([
      409,
      'utilities.reader_may_not_check',
    ]);
    const checked = await step(reading.id, 'check', {}, colleague);
    expect(checked.body).toMatchObject({
      totalYen: 6_012,
      openCount: 0,
      readings: [
        {
          chargedYen: 6_012,
          checkedBy: '職員',
          line: { quantity: 100.2, publication: 'provisional', isIncluded: false },
        },
      ],
    });
    expect((await lookAt(id)).readings[0].line.reasonJa).toContain('100.2kWh × 60円');
    for (const [name, json] of [
      ['check', {}],
      ['end', { endValue: 2_000 }],
      ['correct', { endValue: 2_000, reason: '誤り' }],
    ] as const) {
      const again = await step(reading.id, name, json, manager);
      expect(refusal(again)).toEqual([409, 'utilities.already_checked']);
    }
  });

  test('of a room whose fee includes it costs nothing and says so', async () => {
    const date = nextDay();
    const { id } = await approve('convention-hall', date);
    await readAndCheck(id, conventionMeter, date, 500);
    const seen = await lookAt(id);
    expect(seen).toMatchObject({
      totalYen: 0,
      meters: [{ id: conventionMeter, term: { feeIncludes: true } }],
      readings: [{ chargedYen: null, line: { amountYen: 0, isIncluded: true } }],
    });
    expect(seen.readings[0].line.reasonJa).toContain('使用料に含まれます');
  });

  test('may be corrected with a reason until it is checked', async () => {
    const date = nextDay();
    const { id } = await approve('exhibition-hall', date);
    const { body } = await start(id, exhibitionMeter, date, 100);
    const readingId = body.readings[0].id;
    const backwards = await step(readingId, 'end', { endValue: 99 }, desk);
    expect(refusal(backwards)).toEqual([422, 'utilities.backwards']);
    await step(readingId, 'end', { endValue: 1_200 }, desk);
    expect((await step(readingId, 'correct', { endValue: 120, reason: '' }, desk)).status).toBe(
      400,
    );
    const corrected = await step(readingId, 'correct', { endValue: 120, reason: '桁の誤り' }, desk);
    expect(corrected.body.readings[0]).toMatchObject({ endValue: 120, note: '桁の誤り' });
    const history = await app.call(`/api/bookings/${id}/history`, { as: organizer });
    const acts = history.body.entries.map((entry: { action: string }) => entry.action);
    expect(acts).toContain('utilities.correct_reading');
  });

  test('is of a meter and a day of the booking, once', async () => {
    const date = nextDay();
    const { id } = await approve('exhibition-hall', date);
    const wrongs = [
      [await start(id, conventionMeter, date, 1), 404, 'utilities.unknown_meter'],
      [await start(id, exhibitionMeter, addDays(date, 40), 1), 422, 'utilities.not_used_that_day'],
      [await start(id, exhibitionMeter, date, 'たくさん'), 400, 'http.invalid_input'],
    ] as const;
    for (const [answer, status, code] of wrongs) expect(refusal(answer)).toEqual([status, code]);
    expect((await start(id, exhibitionMeter, date, 1)).status).toBe(200);
    expect(refusal(await start(id, exhibitionMeter, date, 2))).toEqual([
      409,
      'utilities.read_already',
    ]);
  });

  test('is made by the desk of the venue, between approval and settlement', async () => {
    const date = nextDay();
    const { id } = await approve('exhibition-hall', date);
    for (const person of [organizer, stranger, finance, elsewhere]) {
      expect((await start(id, exhibitionMeter, date, 1, person)).status).toBe(404);
    }
    expect((await lookAt(id)).canRecord).toBe(false);
    for (const person of [stranger, elsewhere]) {
      expect((await app.call(`/api/bookings/${id}/readings`, { as: person })).status).toBe(404);
    }
    const { body } = await start(id, exhibitionMeter, date, 1);
    expect((await step(body.readings[0].id, 'end', { endValue: 2 }, elsewhere)).status).toBe(404);
    const unknown = await step(app.house.newId('reading'), 'check', {}, desk);
    expect(refusal(unknown)).toEqual([404, 'utilities.unknown_reading']);
    const held = await app.call('/api/bookings', {
      as: organizer,
      json: askHold(organizer.organizationId, {
        uses: [{ room: 'exhibition-hall', configuration: 'a', date: nextDay(), band: 'daytime' }],
      }),
    });
    const { id: heldId, uses } = held.body.booking;
    const early = await start(heldId, exhibitionMeter, uses[0].usedOn, 1);
    expect(refusal(early)).toEqual([409, 'bookings.not_allowed_in_state']);
  });
});

describe('the tables themselves', () => {
  const writeReading = async (meterId: string, date: string, changes: Partial<Reading> = {}) => {
    const { id } = await approve(
      meterId === conventionMeter ? 'convention-hall' : 'exhibition-hall',
      date,
    );
    const { body } = await start(id, meterId, date, 0);
    const readingId = body.readings[0].id as string;
    await step(readingId, 'end', { endValue: 10 }, desk);
    const [row] = await app.sql`select * from meter_readings where id = ${readingId}`;
    const reading: Reading = {
      id: readingId,
      meterId,
      bookingId: id,
      usedOn: date as Reading['usedOn'],
      startValue: 0,
      endValue: 10,
      startReadByAccountId: row!['start_read_by_account_id'] as string,
      readByAccountId: row!['read_by_account_id'] as string,
      readAt: app.house.now(),
      checkedByAccountId: null,
      checkedAt: null,
      note: '',
      ...changes,
    };
    return reading;
  };

  const chargeOf = (reading: Reading, termId: string) => ({
    id: app.house.newId('utility_charge'),
    readingId: reading.id,
    termId,
    bookingId: reading.bookingId,
    quantity: 10,
    amountYen: 600,
    createdAt: app.house.now(),
  });

  test('refuse a charge of what the fee includes, checked or not', async () => {
    const reading = await writeReading(conventionMeter, nextDay());
    const db = app.house.database.db;
    const term = `${conventionMeter}.2024-04-01`;
    await expect(insertCharge(db, chargeOf(reading, term))).rejects.toMatchObject({
      code: 'utilities.included_in_fee',
    });
    await step(reading.id, 'check', {}, colleague);
    await expect(insertCharge(db, chargeOf(reading, term))).rejects.toMatchObject({
      code: 'utilities.included_in_fee',
    });
    const other = `${exhibitionMeter}.2024-04-01`;
    await expect(insertCharge(db, chargeOf(reading, other))).rejects.toMatchObject({
      code: 'utilities.included_in_fee',
    });
  });

  test('without their guard would bill what the fee includes: the guard is what holds', async () => {
    const reading = await writeReading(conventionMeter, nextDay());
    const charge = chargeOf(reading, `${conventionMeter}.2024-04-01`);
    await app.sql.unsafe('alter table utility_charges disable trigger utility_charges_owed');
    try {
      await insertCharge(app.house.database.db, charge);
    } finally {
      await app.sql.unsafe('alter table utility_charges enable trigger utility_charges_owed');
    }
    const [billed] = await app.sql`
      select amount_yen from utility_charges where reading_id = ${reading.id}`;
    expect(billed!['amount_yen']).toBe(600);
  });

  test('refuse a charge nobody has checked', async () => {
    const reading = await writeReading(exhibitionMeter, nextDay());
    const charge = chargeOf(reading, `${exhibitionMeter}.2024-04-01`);
    await expect(insertCharge(app.house.database.db, charge)).rejects.toMatchObject({
      code: 'utilities.not_checked',
    });
  });

  test('refuse a check by the reader, a check by nobody, and any change of a charge', async () => {
    const reading = await writeReading(exhibitionMeter, nextDay());
    const db = app.house.database.db;
    const checkedAt = app.house.now();
    const self = { ...reading, checkedByAccountId: desk.accountId, checkedAt };
    await expect(saveReading(db, self)).rejects.toMatchObject({
      code: 'utilities.reader_may_not_check',
    });
    await expect(saveReading(db, { ...reading, checkedAt })).rejects.toThrow();
    await step(reading.id, 'check', {}, colleague);
    await expect(saveReading(db, { ...reading, endValue: 11 })).rejects.toMatchObject({
      code: 'utilities.already_checked',
    });
    await expect(
      app.sql`update utility_charges set amount_yen = 1 where reading_id = ${reading.id}`,
    ).rejects.toThrow();
  });
});

describe('the terms of a room', () => {
  const term = {
    roomId: 'big-palette.outdoor',
    utility: 'electricity',
    effectiveFrom: '2027-04-01',
    feeIncludes: 'false',
    unitFeeYen: '６５．５',
    source: '2027年度の料金改定',
  };

  test('are added by the manager of the venue and never overwritten', async () => {
    for (const person of [organizer, desk, finance, elsewhere]) {
      expect((await app.call('/api/utilities/terms', { as: person, json: term })).status).toBe(403);
    }
    const added = await app.call('/api/utilities/terms', { as: manager, json: term });
    expect(added.body.term).toMatchObject({ unitFeeCentiyen: 6_550, feeIncludes: false });
    const unknown = { ...term, roomId: 'big-palette.nowhere' };
    const missing = await app.call('/api/utilities/terms', { as: manager, json: unknown });
    expect(refusal(missing)).toEqual([404, 'utilities.unknown_room']);
    const { body } = await app.call('/api/utilities?venue=big-palette', { as: desk });
    const outdoor = body.rooms.find((room: { roomId: string }) => room.roomId === term.roomId);
    expect(outdoor.utilities[0]).toMatchObject({
      current: { unitFeeCentiyen: 6_000 },
      terms: [{ createdBy: null }, { createdBy: '職員', source: '2027年度の料金改定' }],
    });
    expect(body.canAddTerms).toBe(false);
    expect((await app.call('/api/utilities?venue=big-palette', { as: organizer })).status).toBe(
      403,
    );
  });

  test('stand beside the readings that wait for somebody else', async () => {
    const date = nextDay();
    const { id } = await approve('exhibition-hall', date);
    const { body } = await start(id, exhibitionMeter, date, 1);
    await step(body.readings[0].id, 'end', { endValue: 2 }, desk);
    const openOf = async (as: Person) => {
      const seen = await app.call('/api/utilities?venue=big-palette', { as });
      return seen.body.open.find((one: { bookingId: string }) => one.bookingId === id);
    };
    expect(await openOf(desk)).toMatchObject({ endValue: 2, canCheck: false });
    expect(await openOf(colleague)).toMatchObject({ canCheck: true });
    expect(await openOf(finance)).toMatchObject({ canCheck: false });
  });
});

describe('nine years of electricity that the fee included', () => {
  const said = (feeIncludes: boolean, source: string, unitFeeYen = 0) =>
    app.call('/api/utilities/terms', {
      as: manager,
      json: {
        roomId: conventionHall,
        utility: 'electricity',
        effectiveFrom: '2027-05-01',
        feeIncludes,
        unitFeeYen,
        source,
      },
    });

  test('are found to the yen when the term is corrected, for every organization', async () => {
    app.clock.set('2026-12-01T01:00:00Z');
    await said(false, '使用料とは別に請求する', 60);
    const academy = await app.organizer('日本物理学会東北支部');
    const uses = [
      [organizer, '2027-05-10', 1_234.5],
      [academy, '2027-05-11', 300],
      [organizer, '2027-05-12', 10.01],
    ] as const;
    for (const [by, date, kilowattHours] of uses) {
      const { id } = await approve('convention-hall', date, by);
      await readAndCheck(id, conventionMeter, date, kilowattHours);
    }
    const path = '/api/utilities/recalculation?venue=big-palette&from=2027-05-01&to=2027-05-31';
    const report = async (as: Person) => (await app.call(path, { as })).body;
    const before = await report(finance);
    expect(before.totals).toMatchObject({ chargedYen: 92_670, differenceYen: 0, wrongCount: 0 });

    app.clock.set('2026-12-02T01:00:00Z');
    const corrected = await said(
      true,
      '条例の料金には電気が含まれていたため、当初にさかのぼって訂正',
    );
    expect(corrected.status).toBe(201);
    const after = await report(manager);
    expect(after.totals).toEqual({
      chargedYen: 92_670,
      dueYen: 0,
      differenceYen: 92_670,
      overYen: 92_670,
      underYen: 0,
      wrongCount: 3,
    });
    expect(after.organizations).toMatchObject([
      { organizationName: '郡山見本市実行委員会', bookingCount: 2, differenceYen: 74_670 },
      { organizationName: '日本物理学会東北支部', bookingCount: 1, differenceYen: 18_000 },
    ]);
    expect(after.bookings).toHaveLength(3);
    expect(after.entries[0]).toMatchObject({ quantity: 1_234.5, chargedYen: 74_070, dueYen: 0 });

    const csv = await app.call(`${path}&format=csv`, { as: finance });
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.body).toContain('日本物理学会東北支部');
    for (const person of [organizer, desk, elsewhere]) {
      expect((await app.call(path, { as: person })).status).toBe(403);
    }
    const { id } = await approve('convention-hall', '2027-05-20');
    const readingId = await readAndCheck(id, conventionMeter, '2027-05-20', 77);
    const charges = await app.sql`select 1 from utility_charges where reading_id = ${readingId}`;
    expect(charges).toHaveLength(0);
    app.clock.set(testNow);
  });

  test('a corrected past says at once what it changes', async () => {
    const date = nextDay();
    const { id } = await approve('exhibition-hall', date);
    await readAndCheck(id, exhibitionMeter, date, 100);
    app.clock.set(`${addDays(date, 1)}T01:00:00Z`);
    const { body } = await app.call('/api/utilities/terms', {
      as: manager,
      json: {
        roomId: 'big-palette.exhibition-hall',
        utility: 'electricity',
        effectiveFrom: date,
        feeIncludes: false,
        unitFeeYen: 50,
        source: '単価の誤りを訂正',
      },
    });
    app.clock.set(testNow);
    expect(body.totals.overYen).toBeGreaterThanOrEqual(1_000);
  });
});
