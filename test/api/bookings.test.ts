import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { occupancies } from '#db/schema/bookings.ts';
import { mails } from '#db/schema/outbox.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;
let desk: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  stranger = await house.organizer('会津写真愛好会');
  manager = await house.staff('manager');
  desk = await house.staff('desk');
});

afterAll(() => house.close());

const hold = async (changes: Record<string, unknown> = {}, as: Organizer = organizer) =>
  house.call('/api/bookings', { as, json: askHold(as.organizationId, changes) });

const useOn = (date: string, more: Record<string, unknown> = {}) => ({
  room: 'exhibition-hall',
  configuration: 'a',
  date,
  band: 'daytime',
  ...more,
});

const heldOn = async (date: string, more: Record<string, unknown> = {}) => {
  const { status, body } = await hold({ uses: [useOn(date, more)] });
  expect(status).toBe(201);
  return body.booking;
};

const step = (id: string, name: string, as: Person, json: object) =>
  house.call(`/api/bookings/${id}/${name}`, { as, json });

const liveCells = (bookingId: string) =>
  house.house.database.db
    .select()
    .from(occupancies)
    .where(eq(occupancies.bookingId, bookingId))
    .then((rows) => rows.filter(({ releasedAt }) => releasedAt === null));

describe('holding', () => {
  it('takes the cells, freezes the price and gives a number of the fiscal year', async () => {
    const booking = await heldOn('2027-02-14');
    expect(booking.number).toMatch(/^R08-[A-Z]{2}-\d{6}$/);
    expect(booking).toMatchObject({ state: 'held', version: 1, quote: { totalYen: 217_800 } });
    expect(booking.allowedActions).toEqual(['request', 'withdraw']);
    expect(booking.holdExpiresAt).toBe('2026-12-08T15:00:00.000Z');
    expect(await liveCells(booking.id)).toHaveLength(1);
  });

  it('is answered with what the page of the booking shows', async () => {
    const booking = await heldOn('2027-02-28', { phase: 'setup' });
    const { body } = await house.call(`/api/bookings/${booking.id}`, { as: organizer });
    expect(booking).toEqual(body.booking);
  });

  it('makes the whole hall taken when a part is held, and names what blocks and what is free', async () => {
    await heldOn('2027-02-16');
    const { status, body } = await hold(
      { uses: [useOn('2027-02-16', { configuration: 'all' })] },
      stranger,
    );
    expect(status).toBe(409);
    expect(body.error.code).toBe('bookings.slot_taken');
    expect(body.error.message).toContain('空いている日時を選び直してください');
    expect(body.error.detail.blocked).toEqual([
      expect.objectContaining({ date: '2027-02-16', slot: 'morning', state: 'held' }),
      expect.objectContaining({ date: '2027-02-16', slot: 'afternoon', state: 'held' }),
    ]);
    expect(body.error.detail.alternatives[0]).toMatchObject({
      date: '2027-02-15',
      band: 'daytime',
    });
    expect(JSON.stringify(body)).not.toContain(organizer.organizationId);
  });

  it('is all or nothing over rooms and days', async () => {
    await heldOn('2027-03-03');
    const { status, body } = await hold(
      { uses: [useOn('2027-03-02'), useOn('2027-03-03')] },
      stranger,
    );
    expect(status).toBe(409);
    expect(body.error.detail.blocked).toEqual([
      expect.objectContaining({ position: 1, slot: 'morning' }),
      expect.objectContaining({ position: 1, slot: 'afternoon' }),
    ]);
    expect((await hold({ uses: [useOn('2027-03-02')] }, stranger)).status).toBe(201);
  });

  it('lets two parts of the hall be used side by side', async () => {
    await heldOn('2027-03-05');
    const joined = await hold({ uses: [useOn('2027-03-05', { configuration: 'a+b' })] }, stranger);
    expect(joined.status).toBe(409);
    const beside = await hold({ uses: [useOn('2027-03-05', { configuration: 'b+c' })] }, stranger);
    expect(beside.status).toBe(201);
  });

  it('charges the event price and claims the cell once when set-up shares its slot', async () => {
    const uses = [
      useOn('2027-03-08', { phase: 'setup' }),
      useOn('2027-03-08', { band: 'afternoon' }),
    ];
    const { status, body } = await hold({ uses });
    expect(status).toBe(201);
    const cells = await liveCells(body.booking.id);
    expect(cells).toHaveLength(2);
  });
});

describe('what may not be held', () => {
  const refused = async (changes: Record<string, unknown>) => {
    const { status, body } = await hold(changes);
    return { status, code: body.error.code, fields: body.error.fields ?? [], body };
  };

  it('a past day', async () => {
    const { status, code, fields } = await refused({ uses: [useOn('2026-11-23')] });
    expect([status, code]).toEqual([422, 'slots.past_day']);
    expect(fields[0]).toMatchObject({ path: 'uses.0.date' });
  });

  it('a day beyond the booking window, with the day it opens', async () => {
    const { status, code, body } = await refused({ uses: [useOn('2028-03-01')] });
    expect([status, code]).toEqual([422, 'slots.not_open_yet']);
    expect(body.error.message).toContain('2027年3月1日(月)');
  });

  it('the same day in the whole hall, which opens 24 months before', async () => {
    const { status } = await hold({ uses: [useOn('2028-03-01', { configuration: 'all' })] });
    expect(status).toBe(201);
  });

  it('a closed day', async () => {
    const { status, code } = await refused({ uses: [useOn('2026-12-30')] });
    expect([status, code]).toEqual([422, 'slots.closed_day']);
  });

  it('a date that does not exist', async () => {
    const { status, code, fields } = await refused({ uses: [useOn('2027-02-30')] });
    expect([status, code]).toEqual([400, 'http.invalid_input']);
    expect(fields[0]).toMatchObject({ path: 'uses.0.date', code: 'http.not_a_day' });
  });

  it('a room of another venue', async () => {
    const { status, code, fields } = await refused({
      uses: [{ ...useOn('2027-02-20'), room: 'multipurpose-hall' }],
    });
    expect([status, code]).toEqual([422, 'rooms.not_in_venue']);
    expect(fields[0]).toMatchObject({ path: 'uses.0.room' });
  });

  it('more people than the layout takes', async () => {
    const { status, code } = await refused({
      uses: [useOn('2027-02-20', { layout: 'theatre', attendance: 1_401 })],
    });
    expect([status, code]).toEqual([422, 'rooms.capacity_exceeded']);
  });

  it('the same room and time twice', async () => {
    const { status, code, fields } = await refused({
      uses: [useOn('2027-02-21'), useOn('2027-02-21', { band: 'morning' })],
    });
    expect([status, code]).toEqual([422, 'bookings.overlapping_uses']);
    expect(fields[0]).toMatchObject({ path: 'uses.1.band' });
  });

  it('anything in the name of somebody else', async () => {
    const json = askHold(stranger.organizationId, { uses: [useOn('2027-02-22')] });
    const { status, body } = await house.call('/api/bookings', { as: organizer, json });
    expect([status, body.error.code]).toEqual([422, 'bookings.organizer_required']);
  });

  it('anything without signing in', async () => {
    const { status, body } = await house.call('/api/bookings', {
      json: askHold(organizer.organizationId),
    });
    expect([status, body.error.code]).toEqual([401, 'accounts.sign_in_required']);
  });
});

describe('full-width input', () => {
  it('is read as what it means', async () => {
    const { status, body } = await hold({
      attendance: '１，２００',
      admissionMaxYen: '０',
      uses: [useOn('２０２７／２／２３')],
    });
    expect(status).toBe(201);
    expect(body.booking).toMatchObject({ attendance: 1_200, uses: [{ usedOn: '2027-02-23' }] });
  });
});

describe('deciding', () => {
  it('goes from hold to request to approval, each with trace and mail', async () => {
    const booking = await heldOn('2027-04-10');
    const requested = await step(booking.id, 'request', organizer, { version: 1 });
    expect(requested.body.booking).toMatchObject({ state: 'requested', version: 2 });
    const approved = await step(booking.id, 'approve', manager, { version: 2 });
    expect(approved.body.booking).toMatchObject({ state: 'approved', version: 3 });
    const { body } = await house.call(`/api/bookings/${booking.id}/history`, { as: organizer });
    expect(body.entries.map(({ action }: { action: string }) => action)).toEqual([
      'bookings.hold',
      'bookings.request',
      'bookings.approve',
    ]);
    expect(body.entries[2]).toMatchObject({ actorKind: 'staff', actorName: '職員' });
    const sent = await house.house.database.db
      .select()
      .from(mails)
      .where(eq(mails.subjectId, booking.id));
    expect(sent.map(({ topic }) => topic).sort()).toEqual([
      'bookings.approved',
      'bookings.held',
      'bookings.requested',
    ]);
    expect((await liveCells(booking.id))[0]).toMatchObject({ state: 'approved', expiresAt: null });
  });

  it('refuses only with reason and ground, tells both, and frees the cells', async () => {
    const booking = await heldOn('2027-04-11');
    await step(booking.id, 'request', organizer, { version: 1 });
    const bare = await step(booking.id, 'refuse', manager, { version: 2, reason: '', ground: '' });
    expect(bare.body.error.fields.map(({ path }: { path: string }) => path)).toEqual([
      'reason',
      'ground',
    ]);
    const refused = await step(booking.id, 'refuse', manager, {
      version: 2,
      reason: '火気の使用計画に支障があるため',
      ground: '産業交流館条例の使用承認の基準による',
    });
    expect(refused.body.booking).toMatchObject({
      state: 'refused',
      refusalReason: '火気の使用計画に支障があるため',
    });
    expect(await liveCells(booking.id)).toEqual([]);
    expect((await hold({ uses: [useOn('2027-04-11')] }, stranger)).status).toBe(201);
  });

  it('belongs to managers: the organizer and the desk cannot approve', async () => {
    const booking = await heldOn('2027-04-12');
    await step(booking.id, 'request', organizer, { version: 1 });
    for (const person of [organizer, desk]) {
      expect((await step(booking.id, 'approve', person, { version: 2 })).status).toBe(404);
    }
  });

  it('tells the reader of a stale page to reload', async () => {
    const booking = await heldOn('2027-04-13');
    await step(booking.id, 'request', organizer, { version: 1 });
    const { status, body } = await step(booking.id, 'withdraw', organizer, { version: 1 });
    expect([status, body.error.code]).toEqual([409, 'bookings.stale_version']);
  });

  it('does not approve what was never requested', async () => {
    const booking = await heldOn('2027-04-14');
    const { status, body } = await step(booking.id, 'approve', manager, { version: 1 });
    expect([status, body.error.code]).toEqual([409, 'bookings.not_allowed_in_state']);
  });

  it('cancels an approved booking with a reason and frees its cells', async () => {
    const booking = await heldOn('2027-04-15');
    await step(booking.id, 'request', organizer, { version: 1 });
    await step(booking.id, 'approve', manager, { version: 2 });
    const bare = await step(booking.id, 'cancel', organizer, { version: 3, reason: ' ' });
    expect(bare.status).toBe(400);
    const cancelled = await step(booking.id, 'cancel', organizer, {
      version: 3,
      reason: '主催者の都合',
    });
    expect(cancelled.body.booking).toMatchObject({
      state: 'cancelled',
      cancelReason: '主催者の都合',
    });
    expect(await liveCells(booking.id)).toEqual([]);
  });

  it('shows nobody the booking of somebody else', async () => {
    const booking = await heldOn('2027-04-16');
    const elsewhere = await house.staff('manager', 'corasse');
    for (const person of [stranger, elsewhere]) {
      const { status, body } = await house.call(`/api/bookings/${booking.id}`, { as: person });
      expect([status, body.error.code]).toEqual([404, 'bookings.unknown']);
      expect((await step(booking.id, 'withdraw', person, { version: 1 })).status).toBe(404);
    }
    const mine = await house.call('/api/bookings', { as: stranger });
    expect(mine.body.rows.some(({ id }: { id: string }) => id === booking.id)).toBe(false);
  });
});

describe('the end of a hold', () => {
  it('frees the slot for the next one even before the job has run', async () => {
    const late = await openTestApp({ now: '2026-11-24T01:00:00Z' });
    const first = await late.organizer();
    const second = await late.organizer('次の人');
    const ask = (as: Organizer) =>
      late.call('/api/bookings', {
        as,
        json: askHold(as.organizationId, { uses: [useOn('2027-05-01')] }),
      });
    const made = await ask(first);
    late.clock.set('2026-12-08T15:00:00Z');
    const request = await late.call(`/api/bookings/${made.body.booking.id}/request`, {
      as: first,
      json: { version: 1 },
    });
    expect([request.status, request.body.error.code]).toEqual([409, 'bookings.hold_expired']);
    expect((await ask(second)).status).toBe(201);
    const seen = await late.call(`/api/bookings/${made.body.booking.id}`, { as: first });
    expect(seen.body.booking.state).toBe('expired');
    await late.close();
  });

  it('comes with the job, once', async () => {
    const late = await openTestApp();
    const owner = await late.organizer();
    const made = await late.call('/api/bookings', {
      as: owner,
      json: askHold(owner.organizationId, { uses: [useOn('2027-05-02')] }),
    });
    expect(made.status).toBe(201);
    late.clock.set('2026-12-09T00:00:00Z');
    const { expireHolds } = await import('#api/bookings/actions/expiry.ts');
    const context = late.contextOf({ kind: 'job', name: 'bookings.expire_holds' });
    await expireHolds(context);
    expect(await expireHolds(context)).toEqual({ expired: 0 });
    const seen = await late.call(`/api/bookings/${made.body.booking.id}/history`, { as: owner });
    expect(seen.body.entries.map(({ action }: { action: string }) => action)).toEqual([
      'bookings.hold',
      'bookings.expire',
    ]);
    await late.close();
  });
});

describe('a repeated Idempotency-Key', () => {
  it('answers the same and books once', async () => {
    const headers = { 'Idempotency-Key': 'one-click-twice' };
    const json = askHold(organizer.organizationId, { uses: [useOn('2027-06-01')] });
    const first = await house.call('/api/bookings', { as: organizer, json, headers });
    const second = await house.call('/api/bookings', { as: organizer, json, headers });
    expect(second.body.booking.id).toBe(first.body.booking.id);
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    const other = await house.call('/api/bookings', {
      as: organizer,
      json: { ...json, title: '別の催し' },
      headers,
    });
    expect([other.status, other.body.error.code]).toEqual([422, 'http.idempotency_key_reused']);
  });
});
