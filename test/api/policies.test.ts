import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedCatalogue } from '#db/seeds/catalogue.ts';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let app: TestApp;
let organizer: Organizer;
let desk: Person;
let manager: Person;
let administrator: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  desk = await app.staff('desk');
  manager = await app.staff('manager');
  administrator = await app.staff('administrator');
});
afterAll(() => app.close());
beforeEach(() => app.clock.set(testNow));

const ask = (as: Person, changes: Record<string, unknown>) =>
  app.call('/api/bookings', { as, json: askHold(organizer.organizationId, changes) });

const room = (date: string, more: Record<string, unknown> = {}) => ({
  room: 'small-meeting-1',
  configuration: 'all',
  date,
  band: 'morning',
  ...more,
});

const step = (id: string, act: string, as: Person, json: Record<string, unknown>) =>
  app.call(`/api/bookings/${id}/${act}`, { as, json });

const policyOf = async (roomClass: string, venue = 'big-palette') => {
  const { body } = await app.call(`/api/venues/${venue}/policies`);
  return body.policies.find((one: { roomClass: string }) => one.roomClass === roomClass);
};

/** What the page of the policy sends: the policy without its words of origin. */
const change = async (roomClass: string, changes: Record<string, unknown>, as = administrator) => {
  const { roomClass: _class, source: _source, ...policy } = await policyOf(roomClass);
  return app.call(`/api/venues/big-palette/policies/${roomClass}`, {
    as,
    method: 'PUT',
    json: { ...policy, ...changes },
  });
};

describe('the conditions of use', () => {
  test('are there for everybody, each with where it comes from', async () => {
    const { status, body } = await app.call('/api/venues/big-palette/policies');
    expect(status).toBe(200);
    expect(body.policies.map((one: { roomClass: string }) => one.roomClass)).toEqual([
      'exhibition',
      'convention',
      'outdoor',
      'meeting',
    ]);
    expect(body.policies[0]).toMatchObject({
      holdDays: 14,
      publication: 'provisional',
      source: expect.stringContaining('flow.html'),
    });
    for (const list of ['refusalGrounds', 'prohibitedUses', 'reductionGrounds', 'checklist']) {
      expect(body[list].length).toBeGreaterThan(1);
      for (const one of body[list]) expect(one.source).toContain('暫定');
    }
    expect(body.parking).toMatchObject([
      { spaces: 844, publication: 'published', endsOn: null },
      { spaces: 600, publication: 'provisional', endsOn: '2028-03-31' },
    ]);
  });

  test('of a class without rules of its own are the defaults, and say so', async () => {
    await app.sql`delete from booking_policies where venue_id = 'corasse' and room_class = 'hall'`;
    expect(await policyOf('hall', 'corasse')).toMatchObject({
      holdDays: 14,
      requestDeadlineDays: 0,
      source: expect.stringContaining('標準の条件'),
    });
  });

  test('are changed by an administrator alone, with trace, and the catalogue leaves them so', async () => {
    expect((await change('outdoor', { holdDays: 10 }, manager)).status).toBe(403);
    expect((await change('outdoor', { holdDays: 10 }, organizer)).status).toBe(403);
    const { status, body } = await change('outdoor', { holdDays: 10, remindDaysBefore: [1, 4] });
    expect(status).toBe(200);
    expect(body.policy).toMatchObject({
      holdDays: 10,
      remindDaysBefore: [4, 1],
      publication: 'provisional',
      source: '職員が設定',
    });
    await seedCatalogue(app.house.database);
    expect(await policyOf('outdoor')).toMatchObject({ holdDays: 10, source: '職員が設定' });
    const [entry] = await app.sql`select actor, before, after from audit_entries
      where action = 'policies.change' and subject_id = 'big-palette.outdoor'`;
    expect(entry).toMatchObject({ before: { holdDays: 14 }, after: { holdDays: 10 } });
  });

  test('remind before a hold ends, not after', async () => {
    const { status, body } = await change('outdoor', { holdDays: 5, remindDaysBefore: [5] });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'policies.reminder_too_early',
      fields: [{ path: 'remindDaysBefore' }],
    });
  });

  test('of an unknown venue or class are unknown', async () => {
    expect((await app.call('/api/venues/nowhere/policies')).status).toBe(404);
    const { policies } = (await app.call('/api/venues/big-palette/policies')).body;
    const { roomClass: _class, source: _source, ...policy } = policies[0];
    const put = (path: string) =>
      app.call(path, { as: administrator, method: 'PUT', json: policy });
    expect((await put('/api/venues/big-palette/policies/hall')).status).toBe(404);
    const pool = await put('/api/venues/big-palette/policies/pool');
    expect(pool.status).toBe(404);
    expect(pool.body.error.code).toBe('policies.unknown_class');
  });
});

describe('a hold under the conditions of use', () => {
  test('lasts the days of its room class, and to the deadline of the request at most', async () => {
    const far = await ask(organizer, { uses: [room('2027-03-10')] });
    expect(far.body.booking.holdExpiresAt).toBe('2026-12-08T15:00:00.000Z');
    const near = await ask(organizer, { uses: [room('2026-12-05')] });
    expect(near.body.booking.holdExpiresAt).toBe('2026-12-02T15:00:00.000Z');
  });

  test('comes too late when approval can no longer be applied for: the desk may still take it', async () => {
    const late = { uses: [room('2026-11-26')] };
    const refused = await ask(organizer, late);
    expect(refused.status).toBe(422);
    expect(refused.body.error.code).toBe('bookings.request_too_late');
    expect(refused.body.error.message).toContain('2026年11月24日(火) 0:00');
    const taken = await ask(desk, late);
    expect(taken.status).toBe(201);
    expect(taken.body.booking.holdExpiresAt).toBe('2026-11-26T00:00:00.000Z');
    const { id, version } = taken.body.booking;
    expect((await step(id, 'request', organizer, { version })).status).toBe(200);
  });

  test('that staff extended past the deadline is requested at the desk', async () => {
    const { id, version } = (await ask(organizer, { uses: [room('2026-12-10')] })).body.booking;
    const extended = '2026-12-09T15:00:00Z';
    await app.sql`update bookings set hold_expires_at = ${extended} where id = ${id}`;
    app.clock.set('2026-12-08T01:00:00Z');
    const late = await step(id, 'request', organizer, { version });
    expect(late.body.error.code).toBe('bookings.request_too_late');
    expect((await step(id, 'request', desk, { version })).status).toBe(200);
  });

  test('may not run longer than its class allows', async () => {
    const days = Array.from({ length: 8 }, (_, at) => `2027-02-${String(at + 1).padStart(2, '0')}`);
    const { status, body } = await ask(organizer, { uses: days.map((day) => room(day)) });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'bookings.run_too_long',
      detail: { days: 8, most: 7 },
      fields: [{ path: 'uses.0.date' }],
    });
    const gap = days.filter((_, at) => at !== 3).map((day) => room(day));
    expect((await ask(organizer, { uses: gap })).status).toBe(201);
  });

  test('leaves out the time outside the hours where it is not allowed', async () => {
    await app.sql`update booking_policies set allows_overtime = false
      where venue_id = 'big-palette' and room_class = 'convention'`;
    const uses = [{ room: 'convention-hall', date: '2027-02-20', band: 'daytime', earlyHours: 1 }];
    const { status, body } = await ask(organizer, { uses });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'bookings.overtime_not_allowed',
      fields: [{ path: 'uses.0.earlyHours' }],
    });
  });

  test('is for no more people than the rooms of the event take', async () => {
    const { status, body } = await ask(organizer, {
      attendance: 1_401,
      uses: [{ ...askHold('').uses[0], date: '2027-02-21', layout: 'theatre' }],
    });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'rooms.capacity_exceeded',
      fields: [{ path: 'attendance' }],
    });
    const both = ['a', 'b'].map((configuration) => ({
      ...askHold('').uses[0],
      configuration,
      date: '2027-02-21',
    }));
    expect((await ask(organizer, { attendance: 2_550, uses: both })).status).toBe(201);
  });
});

describe('priority', () => {
  const early = { uses: [{ ...askHold('').uses[0], date: '2028-05-20' }] };

  test('lets a booking in before its period opens, with a reason everybody concerned sees', async () => {
    const closed = await ask(manager, early);
    expect(closed.body.error.code).toBe('slots.not_open_yet');
    const { status, body } = await ask(manager, { ...early, priorityReason: '県主催の大会のため' });
    expect(status).toBe(201);
    const seen = await app.call(`/api/bookings/${body.booking.id}`, { as: organizer });
    expect(seen.body.booking.priorityReason).toBe('県主催の大会のため');
  });

  test('is the manager’s to give, and opens nothing else', async () => {
    for (const as of [organizer, desk]) {
      const { status, body } = await ask(as, { ...early, priorityReason: '継続開催' });
      expect(status).toBe(403);
      expect(body.error.code).toBe('bookings.priority_by_manager');
    }
    const closed = await ask(manager, {
      uses: [{ ...askHold('').uses[0], date: '2028-12-30' }],
      priorityReason: '継続開催',
    });
    expect(closed.body.error.code).toBe('slots.closed_day');
  });
});

describe('plain use of a meeting room', () => {
  const held = async (date: string, changes: Record<string, unknown> = {}) =>
    (await ask(organizer, { uses: [room(date)], attendance: 10, ...changes })).body.booking;

  test('is approved as soon as its organizer applies, by the rule and not by a person', async () => {
    const booking = await held('2027-01-20');
    const seen = await app.call(`/api/bookings/${booking.id}`, { as: organizer });
    expect(seen.body.booking.isApprovedAtOnce).toBe(true);
    const { status, body } = await step(booking.id, 'request', organizer, { version: 1 });
    expect(status).toBe(200);
    expect(body.booking).toMatchObject({ state: 'approved', version: 3, isApprovedByRule: true });
    const entries = await app.sql`select actor, after from audit_entries
      where subject_id = ${booking.id} and action = 'bookings.approve'`;
    expect(entries).toMatchObject([
      {
        actor: { kind: 'job', name: 'bookings.approve_plain' },
        after: { rule: { approvesAutomatically: true, roomClasses: ['meeting'] } },
      },
    ]);
    const mails = await app.sql`select topic from mails where subject_id = ${booking.id}`;
    expect(mails.map(({ topic }) => topic).sort()).toEqual(['bookings.approved', 'bookings.held']);
  });

  test.each([
    ['an admission fee', '2027-01-21', { admissionMaxYen: 500 }],
    ['a commercial purpose', '2027-01-22', { isCommercial: true }],
    ['nobody said how many come', '2027-01-23', { attendance: undefined }],
    ['time outside the hours', '2027-01-24', { uses: [room('2027-01-24', { earlyHours: 1 })] }],
    [
      'a hall beside it',
      '2027-01-25',
      { uses: [room('2027-01-25'), { ...askHold('').uses[0], date: '2027-01-25' }] },
    ],
  ])('waits for a person with %s', async (_, date, changes) => {
    const booking = await held(date, changes);
    const { body } = await step(booking.id, 'request', organizer, { version: 1 });
    expect(body.booking).toMatchObject({ state: 'requested', isApprovedByRule: false });
  });

  test('waits for a person when the desk applies, or the policy says so', async () => {
    const atDesk = await held('2027-01-26');
    const { body } = await step(atDesk.id, 'request', desk, { version: 1 });
    expect(body.booking.state).toBe('requested');
    expect((await change('meeting', { approvesAutomatically: false })).status).toBe(200);
    const waiting = await held('2027-01-27');
    expect((await step(waiting.id, 'request', organizer, { version: 1 })).body.booking.state).toBe(
      'requested',
    );
    await change('meeting', { approvesAutomatically: true });
  });
});

describe('a decision', () => {
  const requested = async (date: string) => {
    const { body } = await ask(organizer, { uses: [room(date)] });
    return (await step(body.booking.id, 'request', organizer, { version: 1 })).body.booking;
  };

  test('is taken by those whom the conditions name', async () => {
    const { id, version } = await requested('2027-03-01');
    expect((await step(id, 'approve', desk, { version })).status).toBe(404);
    await change('meeting', { approverRoles: ['desk', 'manager'] });
    const seen = await app.call(`/api/bookings/${id}`, { as: desk });
    expect(seen.body.booking.allowedActions).toContain('approve');
    expect((await step(id, 'approve', desk, { version })).body.booking.state).toBe('approved');
    await change('meeting', { approverRoles: ['manager'] });
  });

  test('against it names one of the venue’s grounds, or a ground in words', async () => {
    const { id, version } = await requested('2027-03-02');
    const reason = '床の許容荷重を超えるため';
    const wrong = await step(id, 'refuse', manager, { version, reason, groundCode: 'weather' });
    expect(wrong.body.error.code).toBe('bookings.unknown_ground');
    const none = await step(id, 'refuse', manager, { version, reason });
    expect(none.status).toBe(400);
    expect(none.body.error.fields).toMatchObject([{ path: 'ground' }]);
    const { body } = await step(id, 'refuse', manager, { version, reason, groundCode: 'damage' });
    expect(body.booking).toMatchObject({
      state: 'refused',
      refusalReason: reason,
      refusalGround: '建物または附属設備を損傷するおそれがあるとき',
    });
  });
});
