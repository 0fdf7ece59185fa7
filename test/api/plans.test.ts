import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;
let desk: Person;
let otherDesk: Person;
let lastDay = 0;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, stranger, manager, desk, otherDesk] = await Promise.all([
    app.organizer('甲'),
    app.organizer('乙'),
    app.staff('manager'),
    app.staff('desk'),
    app.staff('desk', 'corasse'),
  ]);
});
afterAll(() => app.close());

const nextDay = () => {
  lastDay += 1;
  return `2027-02-${String(lastDay).padStart(2, '0')}`;
};

const book = (date = nextDay(), changes: Record<string, unknown> = {}) =>
  makeApprovedBooking(
    app,
    { organizer, manager },
    {
      uses: [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }],
      attendance: 300,
      ...changes,
    },
  );

const planOf = async (id: string, as: Person = organizer) =>
  (await app.call(`/api/bookings/${id}/plan`, { as })).body.plan;

const put = (path: string, as: Person, json: unknown) =>
  app.call(path, { as, json, method: 'PUT' });

const pdf = '%PDF-1.7 会場図';

const sendFile = (id: string, as: Person = organizer, raw = pdf) =>
  app.call(`/api/bookings/${id}/files?kind=floor_plan&name=${encodeURIComponent('会場図.pdf')}`, {
    as,
    raw,
    headers: { 'content-type': 'application/octet-stream' },
  });

const needingFile = (plan: { items: { code: string; needsFile: boolean }[] }) =>
  plan.items.find(({ needsFile }) => needsFile)!.code;

describe('the plan of a booking', () => {
  test('lists what is to be settled and by when, for the organizer and the desk', async () => {
    const { id } = await book();
    const plan = await planOf(id);
    expect(plan.items.length).toBeGreaterThan(0);
    expect(plan.items.every(({ dueOn }: { dueOn: string }) => dueOn < '2027-02-28')).toBe(true);
    expect(plan).toMatchObject({ mayEdit: true, maySettle: false, meetsAt: null });
    expect(await planOf(id, desk)).toMatchObject({ maySettle: true });
  });

  test('is unknown to strangers and to the desks of other venues', async () => {
    const { id } = await book();
    for (const as of [stranger, otherDesk]) {
      expect((await app.call(`/api/bookings/${id}/plan`, { as })).status).toBe(404);
      expect((await sendFile(id, as)).status).toBe(404);
      const tried = await put(`/api/bookings/${id}/plan/parking`, as, { days: [] });
      expect(tried.body.error.code).toBe('bookings.unknown');
    }
  });

  test('has a meeting the organizer is told of; only staff set it', async () => {
    const { id, number } = await book();
    const meetsAt = '2027-01-15T05:00:00Z';
    expect((await put(`/api/bookings/${id}/plan`, organizer, { meetsAt })).status).toBe(404);
    const set = await put(`/api/bookings/${id}/plan`, desk, { meetsAt, note: '搬入口は2番' });
    expect(set.body.plan).toMatchObject({ meetsAt: '2027-01-15T05:00:00.000Z' });
    const [mail] = await app.sql`select subject, body from mails
      where subject_id = ${id} and topic = 'plans.meeting'`;
    expect(mail!['subject']).toContain(number);
    expect(mail!['body']).toContain('2027年1月15日(金) 14:00');
    const late = await put(`/api/bookings/${id}/plan`, desk, { meetsAt: '2027-03-01T00:00:00Z' });
    expect(late.body.error.code).toBe('plans.meeting_too_late');
    const met = await put(`/api/bookings/${id}/plan`, desk, { isMet: true });
    expect(met.body.plan).toMatchObject({ metAt: app.house.now().toISOString() });
    expect(met.body.plan.note).toBe('搬入口は2番');
  });

  test('has points that are settled with their file, by staff', async () => {
    const { id } = await book();
    const code = needingFile(await planOf(id));
    const path = `/api/bookings/${id}/plan/items/${code}`;
    const bare = await put(path, desk, { state: 'settled' });
    expect(bare.body.error).toMatchObject({
      code: 'plans.file_needed',
      fields: [{ path: 'fileId' }],
    });
    const { file } = (await sendFile(id)).body;
    await put(path, organizer, { state: 'settled', fileId: file.id, note: '第1案' });
    const noted = (await planOf(id)).items.find((item: { code: string }) => item.code === code);
    expect(noted).toMatchObject({ state: 'open', fileId: file.id, note: '第1案' });
    await put(path, desk, { state: 'settled', fileId: file.id });
    const settled = (await planOf(id)).items.find((item: { code: string }) => item.code === code);
    expect(settled).toMatchObject({ state: 'settled', settledAt: expect.any(String) });
    const gone = await app.call(`/api/bookings/${id}/files/${file.id}/remove`, {
      as: organizer,
      json: {},
    });
    const reopened = gone.body.plan.items.find((item: { code: string }) => item.code === code);
    expect(reopened).toMatchObject({ state: 'open', fileId: null });
    expect(
      (await put(`/api/bookings/${id}/plan/items/none`, desk, { state: 'open' })).body,
    ).toEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: 'plans.unknown_item' }) }),
    );
  });

  test('is closed once the booking has ended', async () => {
    const { id, version } = await book();
    const json = { version, reason: '中止' };
    await app.call(`/api/bookings/${id}/cancel`, { as: organizer, json });
    const tried = await put(`/api/bookings/${id}/plan`, desk, { note: 'x' });
    expect(tried.body.error.code).toBe('plans.not_planned_in_state');
  });
});

describe('files of a booking', () => {
  test('come back as they were sent, to be saved and not to be run', async () => {
    const { id } = await book();
    const { status, body } = await sendFile(id);
    expect(status).toBe(201);
    expect(body.file).toMatchObject({ kind: 'floor_plan', mediaType: 'application/pdf' });
    const back = await app.call(`/api/bookings/${id}/files/${body.file.id}`, { as: desk });
    expect(back.body).toBe(pdf);
    expect(back.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(back.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('of another booking are unknown', async () => {
    const [one, other] = [await book(), await book()];
    const { file } = (await sendFile(one.id)).body;
    const tried = await app.call(`/api/bookings/${other.id}/files/${file.id}`, { as: organizer });
    expect(tried.body.error.code).toBe('files.unknown');
  });

  test('of another kind, empty or too large are refused with a sentence', async () => {
    const { id } = await book();
    expect((await sendFile(id, organizer, 'MZ …')).body.error.code).toBe('files.wrong_type');
    expect((await sendFile(id, organizer, '')).body.error.code).toBe('files.empty');
    const large = await sendFile(id, organizer, `%PDF-${'x'.repeat(10_485_760)}`);
    expect([large.status, large.body.error.code]).toEqual([413, 'files.too_large']);
  });

  test('are thirty at most', async () => {
    const { id } = await book();
    const sent = [];
    for (let count = 0; count < 31; count += 1) sent.push(await sendFile(id));
    expect(sent.at(-1)!.body.error.code).toBe('files.too_many');
  });
});

describe('parking', () => {
  test('is kept for days of use as long as there is room', async () => {
    const date = nextDay();
    const [one, other] = [
      await book(date),
      await book(date, {
        uses: [{ room: 'exhibition-hall', configuration: 'b', date, band: 'daytime' }],
      }),
    ];
    const path = (id: string) => `/api/bookings/${id}/plan/parking`;
    const capacity = (await planOf(one.id)).parking[0].capacitySpaces as number;
    const most = { days: [{ usedOn: date, spaces: String(capacity - 10) }] };
    expect((await put(path(one.id), organizer, most)).status).toBe(200);
    const tried = await put(path(other.id), organizer, { days: [{ usedOn: date, spaces: 11 }] });
    expect(tried.body.error).toMatchObject({ code: 'plans.parking_full', detail: { left: 10 } });
    const fits = await put(path(other.id), organizer, { days: [{ usedOn: date, spaces: '１０' }] });
    expect(fits.body.plan.parking).toMatchObject([{ usedOn: date, spaces: 10, leftSpaces: 0 }]);
    const elsewhere = await put(path(one.id), organizer, {
      days: [{ usedOn: '2027-03-30', spaces: 1 }],
    });
    expect(elsewhere.body.error.code).toBe('plans.not_a_day_of_use');
  });

  test('of a cancelled booking is free again', async () => {
    const date = nextDay();
    const { id, version } = await book(date);
    await put(`/api/bookings/${id}/plan/parking`, organizer, {
      days: [{ usedOn: date, spaces: 5 }],
    });
    await app.call(`/api/bookings/${id}/cancel`, {
      as: organizer,
      json: { version, reason: '中止' },
    });
    await app.runJobs();
    const rows = await app.sql`select 1 from parking_takes where booking_id = ${id}`;
    expect(rows).toHaveLength(0);
  });

  test('is never more than there is, even past the rules: the database forbids it', async () => {
    const date = nextDay();
    const { id } = await book(date);
    const insert = app.sql`insert into parking_takes (booking_id, venue_id, used_on, spaces)
      values (${id}, 'big-palette', ${date}, 1000000)`;
    await expect(insert).rejects.toMatchObject({
      constraint_name: 'parking_takes_within_capacity',
    });
  });
});

describe('the day itself', () => {
  test('begins with the first arrival, recorded by the desk', async () => {
    const date = nextDay();
    const booking = await book(date);
    const path = `/api/bookings/${booking.id}/uses/${booking.uses[0].id}/presence`;
    const arrivedAt = `${date}T00:05:00Z`;
    const early = await put(path, desk, { arrivedAt });
    expect(early.body.error.code).toBe('plans.not_on_the_day');
    const back = app.house.now();
    app.clock.set(`${date}T09:00:00Z`);
    try {
      expect((await put(path, organizer, { arrivedAt })).status).toBe(404);
      const wrong = await put(path, desk, { leftAt: arrivedAt });
      expect(wrong.body.error.code).toBe('plans.left_before_arrival');
      const came = await put(path, desk, { arrivedAt });
      expect(came.body.plan.presences).toMatchObject([{ arrivedAt: `${date}T00:05:00.000Z` }]);
      const shown = await app.call(`/api/bookings/${booking.id}`, { as: organizer });
      expect(shown.body.booking.state).toBe('in_use');
      const left = await put(path, desk, { leftAt: `${date}T08:10:00Z` });
      expect(left.status).toBe(200);
      const other = await put(`/api/bookings/${booking.id}/uses/use_x/presence`, desk, {});
      expect(other.body.error.code).toBe('plans.unknown_use');
    } finally {
      app.clock.set(back.toISOString());
    }
  });

  test('has a run sheet that marks what changed since it was printed', async () => {
    const date = nextDay();
    const { id } = await book(date, { title: '朝の見本市' });
    const path = `/api/run-sheets?venue=big-palette&date=${date}`;
    const first = (await app.call(path, { as: desk })).body.runSheet;
    expect(first).toMatchObject({ printed: null, entries: [{ mark: null }] });
    expect(first.entries[0].entry).toMatchObject({ bookingId: id, title: '朝の見本市' });
    const json = { venue: 'big-palette', date };
    const printed = await app.call('/api/run-sheets', { as: desk, json });
    expect([printed.status, printed.body.number]).toEqual([201, 1]);
    await put(`/api/bookings/${id}/plan/parking`, desk, { days: [{ usedOn: date, spaces: 3 }] });
    const second = (await app.call(path, { as: desk })).body.runSheet;
    expect(second).toMatchObject({
      printed: { number: 1 },
      entries: [{ mark: 'changed', changedFields: ['parkingSpaces'] }],
    });
    expect((await app.call('/api/run-sheets', { as: desk, json })).body.number).toBe(2);
    const third = (await app.call(path, { as: desk })).body.runSheet;
    expect(third.entries[0].mark).toBe(null);
  });

  test('is nobody else’s: neither organizers nor other desks read the sheet', async () => {
    for (const as of [organizer, otherDesk]) {
      const tried = await app.call('/api/run-sheets?venue=big-palette&date=2027-02-01', { as });
      expect(tried.status).toBe(404);
    }
  });
});
