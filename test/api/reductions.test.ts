import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
let desk: Person;
let manager: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  stranger = await app.organizer('よその団体');
  desk = await app.staff('desk');
  manager = await app.staff('manager');
});
afterAll(() => app.close());
beforeEach(() => app.clock.set(testNow));

let days = 0;
/** Nobody else’s day. */
const nextDay = () => {
  days += 1;
  return `2027-0${3 + Math.floor(days / 28)}-${String(1 + (days % 28)).padStart(2, '0')}`;
};

const hold = async (changes: Record<string, unknown> = {}) => {
  const uses = [{ ...askHold('').uses[0], date: nextDay() }];
  const json = askHold(organizer.organizationId, { uses, ...changes });
  const { status, body } = await app.call('/api/bookings', { as: organizer, json });
  expect(status).toBe(201);
  return body.booking;
};

const apply = (
  bookingId: string,
  as: Person = organizer,
  groundCode = 'co-hosted',
  explanation = '県との共催です。',
) => app.call(`/api/bookings/${bookingId}/reductions`, { as, json: { groundCode, explanation } });

const decide = (id: string, act: string, as: Person, reason = '共催を確認しました。') =>
  app.call(`/api/reductions/${id}/${act}`, { as, json: { reason } });

const look = async (bookingId: string, as: Person = organizer) =>
  (await app.call(`/api/bookings/${bookingId}`, { as })).body.booking;

describe('the grounds of reduction', () => {
  test('are there for everybody, marked as provisional', async () => {
    const { status, body } = await app.call('/api/venues/corasse/reduction-grounds');
    expect(status).toBe(200);
    expect(body.grounds[0]).toMatchObject({
      code: 'prefecture-hosted',
      reducedBp: 10_000,
      excludesCommercial: true,
      publication: 'provisional',
    });
  });
});

describe('an application for a reduced fee', () => {
  test('shows what it would do to the price, and changes nothing by itself', async () => {
    const booking = await hold();
    const { status, body } = await apply(booking.id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      canApply: false,
      applications: [{ state: 'applied', reducedBp: 5_000, allowedActions: ['withdraw'] }],
      preview: { oldTotalYen: 217_800, newTotalYen: 108_900 },
    });
    expect((await look(booking.id)).quote.totalYen).toBe(217_800);
    const mails = await app.sql`select topic from mails where subject_id = ${booking.id}`;
    expect(mails.map(({ topic }) => topic)).toContain('reductions.applied');
  });

  test('lives once at a time, and may be made again after it was withdrawn', async () => {
    const { id } = await hold();
    const first = await apply(id);
    const again = await apply(id);
    expect(again.status).toBe(409);
    expect(again.body.error.code).toBe('reductions.already_applied');
    const [application] = first.body.applications;
    expect((await decide(application.id, 'withdraw', organizer)).status).toBe(200);
    const twice = await decide(application.id, 'withdraw', organizer);
    expect(twice.body.error.code).toBe('reductions.already_decided');
    expect((await apply(id)).status).toBe(201);
  });

  test('of two at the same moment is one', async () => {
    const { id } = await hold();
    const answers = await Promise.all([apply(id), apply(id), apply(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('names a ground of the venue, and never helps commercial use', async () => {
    const { id } = await hold({ isCommercial: true });
    const unknown = await apply(id, organizer, 'weather');
    expect(unknown.status).toBe(422);
    expect(unknown.body.error.code).toBe('reductions.unknown_ground');
    const commercial = await apply(id);
    expect(commercial.status).toBe(422);
    expect(commercial.body.error).toMatchObject({
      code: 'reductions.commercial_excluded',
      fields: [{ path: 'groundCode' }],
    });
  });

  test('comes before the first use and for a booking that lives', async () => {
    const approved = await makeApprovedBooking(
      app,
      { organizer, manager },
      { uses: [{ ...askHold('').uses[0], date: '2027-02-14' }] },
    );
    app.clock.set('2027-02-14T00:00:00Z');
    expect((await apply(approved.id)).body.error.code).toBe('reductions.too_late');
    app.clock.set(testNow);
    const { id, version } = await hold();
    await app.call(`/api/bookings/${id}/withdraw`, { as: organizer, json: { version } });
    expect((await apply(id)).body.error.code).toBe('reductions.not_in_this_state');
  });

  test('is nobody else’s business', async () => {
    const { id } = await hold();
    expect((await apply(id, stranger)).body.error.code).toBe('bookings.unknown');
    const [application] = (await apply(id)).body.applications;
    const elsewhere = await app.staff('manager', 'corasse');
    for (const as of [stranger, elsewhere]) {
      const { status, body } = await decide(application.id, 'approve', as);
      expect(status).toBe(404);
      expect(body.error.code).toBe('reductions.unknown');
    }
    expect((await decide(application.id, 'approve', organizer)).status).toBe(404);
    expect((await decide(application.id, 'approve', desk)).status).toBe(404);
    expect((await decide('red_nothing', 'approve', manager)).status).toBe(404);
  });

  test('keeps plain use of a meeting room from being approved at once', async () => {
    const uses = [{ room: 'small-meeting-1', date: nextDay(), band: 'morning' }];
    const booking = await hold({ uses, attendance: 5 });
    await apply(booking.id);
    const { body } = await app.call(`/api/bookings/${booking.id}/request`, {
      as: organizer,
      json: { version: booking.version },
    });
    expect(body.booking.state).toBe('requested');
  });
});

describe('a decision about a reduction', () => {
  test('gives the booking its new price, with the ground on the line and in the trail', async () => {
    const booking = await hold();
    const [application] = (await apply(booking.id)).body.applications;
    const queue = await app.call('/api/reductions?venue=big-palette', { as: manager });
    expect(queue.body.rows.at(-1)).toMatchObject({
      id: application.id,
      bookingNumber: booking.number,
      allowedActions: ['approve', 'refuse', 'withdraw'],
    });
    expect((await decide(application.id, 'approve', manager, ' ')).body.error.code).toBe(
      'reductions.reason_required',
    );
    const { status, body } = await decide(application.id, 'approve', manager);
    expect(status).toBe(200);
    expect(body.booking).toMatchObject({
      version: 2,
      reduction: { groundCode: 'co-hosted', reducedBp: 5_000, publication: 'provisional' },
      quote: { totalYen: 108_900 },
    });
    const history = await app.call(`/api/bookings/${booking.id}/history`, { as: organizer });
    expect(history.body.entries.map(({ action }: { action: string }) => action)).toEqual([
      'bookings.hold',
      'reductions.apply',
      'bookings.amend',
      'reductions.approve',
    ]);
    const again = await decide(application.id, 'refuse', manager);
    expect(again.body.error.code).toBe('reductions.already_decided');
    expect((await apply(booking.id)).body.error.code).toBe('reductions.already_applied');
  });

  test('against it leaves the price and tells the reason', async () => {
    const booking = await hold();
    const [application] = (await apply(booking.id)).body.applications;
    const { body } = await decide(application.id, 'refuse', manager, '共催の確認が取れません。');
    expect(body.booking).toMatchObject({ version: 1, reduction: null });
    const mails = await app.sql`select body from mails
      where subject_id = ${booking.id} and topic = 'reductions.refused'`;
    expect(mails[0]!['body']).toContain('共催の確認が取れません。');
    const seen = await app.call(`/api/bookings/${booking.id}/reductions`, { as: organizer });
    expect(seen.body).toMatchObject({
      canApply: true,
      applications: [{ state: 'refused', decisionReason: '共催の確認が取れません。' }],
    });
  });

  test('follows an approved booking, too, and is not waited for once the booking has ended', async () => {
    const approved = await makeApprovedBooking(
      app,
      { organizer, manager },
      { uses: [{ ...askHold('').uses[0], date: nextDay() }] },
    );
    const [application] = (await apply(approved.id, desk)).body.applications;
    const { body } = await decide(application.id, 'approve', manager);
    expect(body.booking).toMatchObject({ state: 'approved', quote: { totalYen: 108_900 } });

    const { id, version } = await hold();
    const [waiting] = (await apply(id)).body.applications;
    await app.call(`/api/bookings/${id}/withdraw`, { as: organizer, json: { version } });
    const queue = await app.call('/api/reductions', { as: manager });
    expect(queue.body.rows.map((one: { id: string }) => one.id)).not.toContain(waiting.id);
    const gone = await decide(waiting.id, 'approve', manager);
    expect(gone.body.error.code).toBe('reductions.not_in_this_state');
  });

  test('is listed for staff of the venue alone', async () => {
    const { body } = await app.call('/api/reductions', { as: organizer });
    expect(body.rows).toEqual([]);
  });
});
