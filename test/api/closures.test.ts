import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let other: Organizer;
let manager: Person;
let desk: Person;
let stranger: Person;
let month = 0;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, other, manager, desk, stranger] = await Promise.all([
    app.organizer('甲'),
    app.organizer('乙'),
    app.staff('manager'),
    app.staff('desk'),
    app.staff('manager', 'corasse'),
  ]);
});
afterAll(() => app.close());

/** A week of its own for each test: the days of 2027 that are open for booking already. */
const nextWeek = () => {
  month += 1;
  const at = (day: number) => `2027-${day > 28 ? '04' : '03'}-${String(day).padStart(2, '0')}`;
  const first = 1 + (month - 1) * 2;
  return { day: at(first), next: at(first + 1) };
};

const hall = 'big-palette.exhibition-hall';
const use = (configuration: string, date: string, band = 'daytime') => ({
  room: 'exhibition-hall',
  configuration,
  date,
  band,
});

const book = (uses: object[], changes: object = {}) =>
  makeApprovedBooking(app, { organizer, manager }, { uses, ...changes });

const ask = (changes: Record<string, unknown>) => ({
  venue: 'big-palette',
  kind: 'emergency',
  configurations: [`${hall}.a`],
  reasonJa: '避難所を開設するため',
  ...changes,
});

const preview = (json: object, as: Person = manager) =>
  app.call('/api/closures/preview', { as, json });
const close = (json: object, as: Person = manager) => app.call('/api/closures', { as, json });
const bookingOf = async (id: string) =>
  (await app.call(`/api/bookings/${id}`, { as: organizer })).body.booking;
const stateOn = async (date: string, configuration: string, slot = 'morning') => {
  const query = `venue=big-palette&room=exhibition-hall&from=${date}&to=${date}`;
  const { states } = (await app.call(`/api/availability?${query}`)).body;
  return states.find(
    (row: { configurationId: string; slot: string }) =>
      row.configurationId === `${hall}.${configuration}` && row.slot === slot,
  );
};
const wholeCells = async (closureId: string) =>
  (
    await app.sql`select count(distinct cell_id)::int as cells,
        (select count(*)::int from cells join rooms on rooms.id = room_id
          where venue_id = 'big-palette') as every
      from occupancies where closure_id = ${closureId} and released_at is null`
  )[0];

const liveCells = async (bookingId: string) =>
  (
    await app.sql`select cell_id, during from occupancies
      where booking_id = ${bookingId} and released_at is null order by 1, 2`
  ).map((row) => `${String(row['cell_id'])} ${String(row['during'])}`);
const consent = { givenBy: '甲山', channel: 'phone', note: '了承いただいた' };

describe('a closure over nothing', () => {
  test('shuts the rooms at once, and is lifted again', async () => {
    const { day } = nextWeek();
    const made = await close(ask({ kind: 'maintenance', startsOn: day, endsOn: day }));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      closure: { kind: 'maintenance', lettersLeaveAt: null, placesJa: ['多目的展示ホール'] },
      effects: [],
      mayUndo: false,
      mayLift: true,
    });
    expect(await stateOn(day, 'a')).toMatchObject({ state: 'closed', reason: 'maintenance' });
    expect(await stateOn(day, 'all')).toMatchObject({ state: 'closed' });
    expect(await stateOn(day, 'b')).toMatchObject({ state: 'free' });
    const lifted = await app.call(`/api/closures/${made.body.closure.id}/lift`, {
      as: manager,
      json: {},
    });
    expect(lifted.body).toMatchObject({ closure: { state: 'undone' }, mayLift: false });
    expect(await stateOn(day, 'a')).toMatchObject({ state: 'free' });
    const again = await app.call(`/api/closures/${made.body.closure.id}/lift`, {
      as: manager,
      json: {},
    });
    expect(again.body.error.code).toBe('closures.already_undone');
  });

  test('by the desk is a block with a reason everybody can read, in one band', async () => {
    const { day } = nextWeek();
    const json = ask({
      kind: 'block',
      startsOn: day,
      endsOn: day,
      band: 'morning',
      reasonJa: '県の式典の下見のため',
    });
    const made = await close(json, desk);
    expect(made.status).toBe(201);
    expect(await stateOn(day, 'a')).toMatchObject({ state: 'closed', reason: 'block' });
    expect(await stateOn(day, 'a', 'afternoon')).toMatchObject({ state: 'free' });
    expect((await close(ask({ startsOn: day, endsOn: day }), desk)).body.error.code).toBe(
      'closures.forbidden',
    );
    const listed = await app.call('/api/closures?venue=big-palette', { as: desk });
    const reasons = listed.body.closures.map((one: { reasonJa: string }) => one.reasonJa);
    expect(reasons).toContain('県の式典の下見のため');
    expect((await close(json, desk)).body.error.code).toBe('closures.already_closed');
  });

  test('shuts a whole venue by one choice, and the list says that it is the whole venue', async () => {
    const dates = { startsOn: '2027-09-06', endsOn: '2027-09-07' };
    const json = ask({ kind: 'maintenance', isWholeVenue: true, configurations: [], ...dates });
    const { status, body } = await close(json);
    expect(status, JSON.stringify(body)).toBe(201);
    const { cells, every } = (await wholeCells(body.closure.id))!;
    expect(cells).toBe(every);
    const listed = (await app.call('/api/closures?venue=big-palette', { as: desk })).body.closures;
    const isWhole = (id: string) =>
      listed.find((one: { id: string }) => one.id === id).isWholeVenue as boolean;
    expect(isWhole(body.closure.id)).toBe(true);
    const part = await close(ask({ startsOn: '2027-09-08', endsOn: '2027-09-08' }));
    const again = await app.call('/api/closures?venue=big-palette', { as: desk });
    expect(
      again.body.closures.find((one: { id: string }) => one.id === part.body.closure.id),
    ).toMatchObject({ isWholeVenue: false });
  });

  test('that makes no sense is refused in words', async () => {
    const codeOf = async (changes: Record<string, unknown>) =>
      (await close(ask({ startsOn: '2027-03-01', endsOn: '2027-03-01', ...changes }))).body.error
        .code;
    expect(await codeOf({ endsOn: '2027-02-01' })).toBe('closures.days_reversed');
    expect(await codeOf({ startsOn: '2026-11-01', endsOn: '2026-11-30' })).toBe(
      'closures.past_day',
    );
    expect(await codeOf({ endsOn: '2028-12-31' })).toBe('closures.too_long');
    expect(await codeOf({ configurations: [] })).toBe('closures.no_place');
  });

  test('is nobody’s but the venue’s own staff’s', async () => {
    const { day } = nextWeek();
    const json = ask({ startsOn: day, endsOn: day });
    for (const as of [organizer, stranger]) {
      expect((await preview(json, as)).status).toBe(404);
      expect((await close(json, as)).status).toBe(404);
    }
    const made = await close(json);
    const path = `/api/closures/${made.body.closure.id}`;
    expect((await app.call(path, { as: stranger })).body.error.code).toBe('closures.unknown');
    const lifted = await app.call(`${path}/lift`, { as: stranger, json: {} });
    expect(lifted.status).toBe(404);
    expect((await app.call(`${path}x/undo`, { as: manager, json: {} })).status).toBe(404);
  });
});

describe('a closure over bookings', () => {
  test('shows first who is affected, what they paid and where they could go', async () => {
    const { day } = nextWeek();
    const booking = await book([use('a', day)], { title: '春の見本市' });
    await app.runJobs();
    await app.call(`/api/bookings/${booking.id}/payments`, { as: desk, json: { method: 'cash' } });
    const seen = await preview(ask({ startsOn: day, endsOn: day }));
    expect(seen.status).toBe(200);
    const [affected, ...rest] = seen.body.affected;
    expect(rest).toEqual([]);
    expect(affected).toMatchObject({
      bookingId: booking.id,
      title: '春の見本市',
      paidYen: 217_800,
    });
    expect(affected.uses[0]).toMatchObject({ isAffected: true });
    const kinds = affected.uses[0].places.map((place: { kind: string }) => place.kind);
    expect(kinds).toContain('other_part');
    expect(seen.body.letter.body).toContain('全額をお返しします');
    expect((await stateOn(day, 'a')).state).toBe('taken');
  });

  test('does nothing until every booking in the way is decided', async () => {
    const { day } = nextWeek();
    const [one, two] = [await book([use('a', day)]), await book([use('b', day)])];
    const json = ask({ startsOn: day, endsOn: day, configurations: [`${hall}.all`] });
    const half = await close({
      ...json,
      decisions: [{ bookingId: one.id, version: one.version, decision: 'cancel' }],
    });
    expect(half.body.error).toMatchObject({ code: 'closures.decisions_missing' });
    expect(half.body.error.message).toContain(two.number);
    expect((await bookingOf(one.id)).state).toBe('approved');
    const stale = await close({
      ...json,
      decisions: [
        { bookingId: one.id, version: 1, decision: 'cancel' },
        { bookingId: two.id, version: two.version, decision: 'cancel' },
      ],
    });
    expect(stale.body.error.code).toBe('bookings.stale_version');
    expect((await stateOn(day, 'c')).state).toBe('free');
  });

  test('cancels, tells nobody for half an hour, and can be put back whole', async () => {
    const { day, next } = nextWeek();
    const booking = await book([use('a', day, 'all_day'), use('b', next)]);
    const before = await liveCells(booking.id);
    const made = await close(
      ask({
        startsOn: day,
        endsOn: day,
        band: 'afternoon',
        decisions: [{ bookingId: booking.id, version: booking.version, decision: 'cancel' }],
      }),
    );
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ mayUndo: true, mayLift: false });
    expect((await bookingOf(booking.id)).state).toBe('cancelled');
    // What is left of its time is nobody else's while it can be put back.
    expect((await stateOn(day, 'a', 'morning')).state).not.toBe('free');
    expect((await stateOn(next, 'b')).state).not.toBe('free');
    expect((await stateOn(day, 'a', 'afternoon')).state).toBe('closed');
    await app.runJobs();
    const told = await app.sql`select 1 from mails
      where subject_id = ${booking.id} and topic = 'closures.cancelled'`;
    expect(told).toHaveLength(0);
    const undone = await app.call(`/api/closures/${made.body.closure.id}/undo`, {
      as: manager,
      json: {},
    });
    expect(undone.status).toBe(200);
    expect(undone.body).toMatchObject({ closure: { state: 'undone' }, mayUndo: false });
    expect(await bookingOf(booking.id)).toMatchObject({
      state: 'approved',
      version: booking.version + 2,
      cancelReason: null,
    });
    expect(await liveCells(booking.id)).toEqual(before);
  });

  test('sends its letters after half an hour, gives the rest free and pays back', async () => {
    const { day, next } = nextWeek();
    const booking = await book([use('a', day), use('b', next)]);
    await app.runJobs();
    const waiting = await app.call('/api/bookings', {
      as: other,
      json: askHold(other.organizationId, { uses: [use('b', next)], mode: 'wait' }),
    });
    expect(waiting.status).toBe(201);
    const made = await close(
      ask({
        startsOn: day,
        endsOn: day,
        decisions: [{ bookingId: booking.id, version: booking.version, decision: 'cancel' }],
      }),
    );
    const back = app.house.now();
    app.clock.advanceMinutes(31);
    try {
      const { sendLetters } = await import('#api/closures/actions/reopen.ts');
      const job = app.contextOf({ kind: 'job', name: 'closures.send_letters' });
      expect(await sendLetters(job)).toEqual({ closures: 1 });
      expect(await sendLetters(job)).toEqual({ closures: 0 });
      await app.runJobs();
    } finally {
      app.clock.set(back.toISOString());
    }
    const letters = await app.sql`select body from mails
      where subject_id = ${booking.id} and topic = 'closures.cancelled'`;
    expect(letters).toHaveLength(1);
    expect(letters[0]!['body']).toContain('避難所を開設するため');
    const [charge] =
      await app.sql`select reversed_at from charges where billing_account_id = ${booking.id}`;
    expect(charge!['reversed_at']).not.toBeNull();
    const served = await app.call(`/api/bookings/${waiting.body.booking.id}`, { as: other });
    expect(served.body.booking.state).toBe('held');
    const late = await app.call(`/api/closures/${made.body.closure.id}/undo`, {
      as: manager,
      json: {},
    });
    expect(late.body.error.code).toBe('closures.letters_left');
  });

  test('moves with the organizer’s word on record, and back again', async () => {
    const { day } = nextWeek();
    const booking = await book([use('a', day)]);
    const before = await liveCells(booking.id);
    const json = ask({ startsOn: day, endsOn: day });
    const move = {
      bookingId: booking.id,
      version: booking.version,
      decision: 'move',
      uses: [
        {
          useId: booking.uses[0].id,
          to: { configuration: `${hall}.b`, date: day, band: 'daytime' },
        },
      ],
    };
    const silent = await close({ ...json, decisions: [move] });
    expect(silent.body.error).toMatchObject({
      code: 'closures.consent_missing',
      fields: [{ path: `consent.${booking.id}` }],
    });
    const made = await close({ ...json, decisions: [{ ...move, consent }] });
    expect(made.status).toBe(201);
    const moved = await bookingOf(booking.id);
    expect(moved).toMatchObject({ state: 'approved' });
    expect(moved.uses[0]).toMatchObject({ id: booking.uses[0].id, configurationId: `${hall}.b` });
    const [kept] = await app.sql`select given_by, channel from consents
      where booking_id = ${booking.id}`;
    expect(kept).toMatchObject({ given_by: '甲山', channel: 'phone' });
    const undone = await app.call(`/api/closures/${made.body.closure.id}/undo`, {
      as: manager,
      json: {},
    });
    expect(undone.status).toBe(200);
    expect(await liveCells(booking.id)).toEqual(before);
    await app.runJobs();
    const [sent] = await app.sql`select count(*)::int as sent from mails
      where subject_id = ${booking.id} and topic = 'bookings.amended' and state <> 'suppressed'`;
    expect(sent!['sent']).toBe(0);
  });

  test('gives up only the days it needs when the rest goes on', async () => {
    const { day, next } = nextWeek();
    const booking = await book([use('a', day), use('a', next)]);
    const made = await close(
      ask({
        startsOn: day,
        endsOn: day,
        decisions: [{ bookingId: booking.id, version: booking.version, decision: 'move' }],
      }),
    );
    expect(made.status).toBe(201);
    const shown = await bookingOf(booking.id);
    expect(shown.uses).toMatchObject([{ usedOn: next }]);
    expect(shown.quote.totalYen).toBe(217_800);
  });

  test('cannot be undone where another has taken a time to go back to', async () => {
    const { day } = nextWeek();
    const booking = await book([use('a', day, 'all_day')]);
    const made = await close(
      ask({
        startsOn: day,
        endsOn: day,
        band: 'afternoon',
        decisions: [
          {
            bookingId: booking.id,
            version: booking.version,
            decision: 'move',
            uses: [
              {
                useId: booking.uses[0].id,
                to: { configuration: `${hall}.c`, date: day, band: 'all_day' },
              },
            ],
            consent,
          },
        ],
      }),
    );
    expect(made.status).toBe(201);
    const taken = await app.call('/api/bookings', {
      as: other,
      json: askHold(other.organizationId, { uses: [use('a', day, 'morning')] }),
    });
    expect(taken.status).toBe(201);
    const undone = await app.call(`/api/closures/${made.body.closure.id}/undo`, {
      as: manager,
      json: {},
    });
    expect(undone.body.error.code).toBe('closures.undo_blocked');
    expect((await stateOn(day, 'a', 'afternoon')).state).toBe('closed');
  });
});
