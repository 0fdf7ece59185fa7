import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draw, orderText, type DrawEntry } from '#api/openings/rules/draw.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import {
  announceLottery,
  askEntry,
  askLottery,
  enter,
  lotteryTimes as times,
} from '#test/fixtures/openings.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let house: TestApp;
let manager: Person;
let first: Organizer;
let second: Organizer;
let third: Organizer;

beforeEach(async () => {
  house = await openTestApp();
  manager = await house.staff('manager');
  [first, second, third] = [
    await house.organizer('甲'),
    await house.organizer('乙'),
    await house.organizer('丙'),
  ];
});
afterEach(async () => {
  await house.sql`delete from occupancies where booking_id is not null`;
  await house.sql`truncate lottery_draws, lottery_entries, lotteries, opening_periods cascade`;
  await house.close();
});

const read = async (lotteryId: string) =>
  (await house.call(`/api/openings/lotteries/${lotteryId}`)).body.lottery;
const entriesOf = async (lotteryId: string, as: Person) =>
  (await house.call(`/api/openings/lotteries/${lotteryId}/entries`, { as })).body.entries;
const post = (path: string, as: Person, json: unknown = {}) =>
  house.call(`/api/openings/${path}`, { as, json });
const step = (lotteryId: string, entryId: string, act: string, as: Person) =>
  post(`lotteries/${lotteryId}/entries/${entryId}/${act}`, as);
const runDraw = (lotteryId: string) => post(`lotteries/${lotteryId}/draw`, manager);
const keepLines = async () => {
  await house.sql`select graphile_worker.add_job('openings.keep')`;
  await house.runJobs();
};
const mailsTo = async ({ accountId }: Person) => {
  const rows =
    await house.sql`select topic from mails where to_address = ${`${accountId}@example.jp`}
    order by created_at, id`;
  return rows.map((row) => row['topic'] as string);
};
const meetingRoom = (organizer: Organizer, date = '2027-07-10') =>
  askHold(organizer.organizationId, {
    uses: [{ room: 'mid-meeting', configuration: 'all', date, band: 'daytime' }],
  });

/** Three organizations wish for the same room and time; who is drawn first is told by the seed. */
const threeWishes = async () => {
  const { lotteryId } = await announceLottery(house, manager);
  house.clock.set(times.collecting);
  const entries = new Map<number, { entryId: string; organizer: Organizer }>();
  for (const organizer of [first, second, third]) {
    const { entryId, number } = await enter(house, lotteryId, organizer);
    entries.set(number, { entryId, organizer });
  }
  house.clock.set(times.draw);
  const { body } = await runDraw(lotteryId);
  const inOrder = (body.lottery.draw.order as number[]).map((number) => entries.get(number)!);
  return { lotteryId, inOrder };
};

describe('a period', () => {
  it('is opened by a manager, and its days are told as not open yet', async () => {
    const json = askLottery({ method: 'first_come', opensAt: '2027-02-01T09:00:00+09:00' });
    expect((await post('periods', first, json)).status).toBe(403);
    expect((await post('periods', await house.staff('desk'), json)).status).toBe(403);
    const made = await post('periods', manager, json);
    expect(made).toMatchObject({ status: 201, body: { lotteryId: null } });
    house.clock.set('2027-01-10T00:00:00Z');
    const held = await house.call('/api/bookings', { as: first, json: meetingRoom(first) });
    expect(held.body.error).toMatchObject({
      code: 'slots.not_open_yet',
      detail: { opensOn: '2027-02-01' },
    });
    const august = meetingRoom(first, '2027-06-30');
    expect((await house.call('/api/bookings', { as: first, json: august })).status).toBe(201);
    const { body } = await house.call('/api/openings?venue=big-palette');
    expect(body.periods).toMatchObject([
      { method: 'first_come', state: 'announced', lottery: null },
    ]);
    house.clock.set('2027-02-01T00:00:00Z');
    const open = await house.call('/api/bookings', { as: first, json: meetingRoom(first) });
    expect(open.status).toBe(201);
  });

  it('by lottery says in availability, quote and refusal when entries are collected', async () => {
    const { lotteryId } = await announceLottery(house, manager);
    house.clock.set(times.collecting);
    const held = await house.call('/api/bookings', { as: first, json: meetingRoom(first) });
    expect(held).toMatchObject({
      status: 422,
      body: { error: { code: 'slots.lottery', detail: { lotteryId, opensOn: '2026-12-25' } } },
    });
    const seen = await house.call(
      '/api/availability?venue=big-palette&room=mid-meeting&from=2027-07-10&to=2027-07-10',
    );
    expect(seen.body.states[0]).toMatchObject({
      state: 'not_open_yet',
      reason: 'lottery',
      lotteryId,
      opensOn: '2026-12-25',
    });
    const { uses } = meetingRoom(first);
    const quoted = await house.call('/api/quotes', { json: { venue: 'big-palette', uses } });
    const codes = quoted.body.quote.warnings.map((one: { ja: string }) => one.ja).join();
    expect(codes).toContain('抽選で受け付けます');
  });

  it('is refused with the field that is wrong, or where another covers its days', async () => {
    const wrong = async (changes: Record<string, unknown>) => {
      const { status, body } = await post('periods', manager, askLottery(changes));
      return [status, body.error.code, body.error.fields?.[0]?.path];
    };
    expect(await wrong({ usesUntil: '2027-06-30' })).toEqual([
      422,
      'openings.days_reversed',
      'usesUntil',
    ]);
    expect(await wrong({ acceptBy: '2026-12-11T09:00:00+09:00' })).toEqual([
      422,
      'openings.steps_out_of_order',
      'acceptBy',
    ]);
    expect(await wrong({ opensAt: '2027-07-02T09:00:00+09:00' })).toEqual([
      422,
      'openings.opens_too_late',
      'opensAt',
    ]);
    const past = { collectsFrom: '2026-11-01T09:00:00Z', collectsUntil: '2026-11-20T09:00:00Z' };
    expect(await wrong(past)).toEqual([422, 'openings.already_over', 'collectsUntil']);
    expect(await wrong({ drawsAt: 'soon' })).toEqual([400, 'http.invalid_input', 'drawsAt']);
    await announceLottery(house, manager);
    expect((await wrong({})).slice(0, 2)).toEqual([409, 'openings.period_overlaps']);
  });

  it('is taken back while nobody has entered', async () => {
    const { periodId, lotteryId } = await announceLottery(house, manager);
    const remove = (as: Person) => post(`periods/${periodId}/remove`, as);
    expect((await remove(first)).status).toBe(403);
    house.clock.set(times.collecting);
    await enter(house, lotteryId, first);
    const refused = await remove(manager);
    expect(refused.body.error.code).toBe('openings.has_entries');
    await house.sql`delete from lottery_entries`;
    expect((await remove(manager)).status).toBe(200);
    expect((await house.call('/api/openings')).body.periods).toEqual([]);
    const again = await remove(manager);
    expect(again.body.error.code).toBe('openings.unknown_period');
  });
});

describe('an entry', () => {
  it('takes no cells, has a public number, and tells the public neither name nor purpose', async () => {
    const { lotteryId } = await announceLottery(house, manager);
    house.clock.set(times.collecting);
    expect((await enter(house, lotteryId, first)).number).toBe(1);
    expect((await enter(house, lotteryId, second)).number).toBe(2);
    const [row] =
      await house.sql`select count(*)::int as taken from occupancies where booking_id is not null`;
    expect(row!['taken']).toBe(0);
    const lottery = await read(lotteryId);
    expect(lottery).toMatchObject({ state: 'collecting', seed: null, draw: null });
    expect(lottery.entries[0]).toMatchObject({
      number: 1,
      state: 'entered',
      uses: [{ configurationNameJa: '全室', date: '2027-07-10', band: 'daytime' }],
    });
    expect(lottery.entries[0].claims[0]).toMatchObject({
      from: '2027-07-10T00:00:00.000Z',
      until: expect.stringMatching(/^2027-07-10T/) as string,
    });
    expect(JSON.stringify(lottery)).not.toMatch(/甲|研修会|org_|ent_|acc_/);
    expect(await mailsTo(first)).toEqual(['openings.entered']);
  });

  it('is taken in its time, for the days and rooms of the lottery, and so often only', async () => {
    const { lotteryId } = await announceLottery(house, manager);
    const attempt = async (use: Record<string, unknown> = {}) => {
      const path = `lotteries/${lotteryId}/entries`;
      const { status, body } = await post(path, first, askEntry(first, use));
      return [status, body.error?.code ?? 'entered'];
    };
    expect(await attempt()).toEqual([409, 'openings.not_collecting']);
    house.clock.set(times.collecting);
    expect(await attempt({ date: '2027-08-01' })).toEqual([422, 'openings.other_days']);
    const hall = { room: 'convention-hall', configuration: 'a' };
    expect(await attempt(hall)).toEqual([422, 'openings.other_rooms']);
    expect(await attempt({ band: 'night' })).toEqual([422, 'slots.unknown_band']);
    expect(await attempt()).toEqual([201, 'entered']);
    expect(await attempt({ date: '2027-07-11' })).toEqual([201, 'entered']);
    expect(await attempt({ date: '2027-07-12' })).toEqual([409, 'openings.entries_full']);
    house.clock.set(times.closed);
    expect(await attempt()).toEqual([409, 'openings.not_collecting']);
    const elsewhere = await post('lotteries/lot_none/entries', first, askEntry(first));
    expect(elsewhere.body.error.code).toBe('openings.unknown');
    const foreign = await post(`lotteries/${lotteryId}/entries`, second, askEntry(first));
    expect(foreign.status).toBeGreaterThanOrEqual(400);
  });

  it('is withdrawn until entries close, and leaves room for another', async () => {
    const { lotteryId } = await announceLottery(house, manager, { entriesMost: 1 });
    house.clock.set(times.collecting);
    const { entryId } = await enter(house, lotteryId, first);
    const withdrawn = await step(lotteryId, entryId, 'withdraw', first);
    expect(withdrawn.body.entries).toMatchObject([{ state: 'withdrawn', allowedActions: [] }]);
    const twice = await step(lotteryId, entryId, 'withdraw', first);
    expect(twice.body.error.code).toBe('openings.entry_fixed');
    const other = await enter(house, lotteryId, first);
    expect(other.number).toBe(2);
    house.clock.set(times.closed);
    const late = await step(lotteryId, other.entryId, 'withdraw', first);
    expect(late.body.error.code).toBe('openings.not_collecting');
  });

  it('of somebody else does not exist', async () => {
    const { lotteryId } = await announceLottery(house, manager);
    house.clock.set(times.collecting);
    const { entryId } = await enter(house, lotteryId, first);
    for (const act of ['withdraw', 'accept', 'decline']) {
      const answer = await step(lotteryId, entryId, act, second);
      expect([answer.status, answer.body.error.code]).toEqual([404, 'openings.unknown_entry']);
    }
    const financeElsewhere = await house.staff('manager', 'corasse');
    expect((await step(lotteryId, entryId, 'withdraw', financeElsewhere)).status).toBe(404);
    expect(await entriesOf(lotteryId, second)).toEqual([]);
    expect(await entriesOf(lotteryId, financeElsewhere)).toEqual([]);
    expect(await entriesOf(lotteryId, first)).toMatchObject([{ organizationName: '甲' }]);
    expect(await entriesOf(lotteryId, manager)).toMatchObject([{ organizationName: '甲' }]);
  });
});

describe('the seed', () => {
  it('is promised by its hash and told to nobody before the draw', async () => {
    const told: unknown[] = [];
    const { lotteryId } = await announceLottery(house, manager);
    house.clock.set(times.collecting);
    const entered = await enter(house, lotteryId, first);
    told.push(entered, await entriesOf(lotteryId, first), await entriesOf(lotteryId, manager));
    told.push((await house.call('/api/openings')).body, await read(lotteryId));
    house.clock.set(times.closed);
    told.push(await runDraw(lotteryId), await read(lotteryId));
    const audit = await house.sql`select before, after from audit_entries`;
    const kept = await house.sql`select body from mails`;
    const [row] = await house.sql`select seed, seed_hash from lotteries`;
    const seed = row!['seed'] as string;
    expect(seed).toMatch(/^[0-9a-f]{64}$/);
    expect(row!['seed_hash']).toBe(sha256(seed));
    expect(JSON.stringify([told, audit, kept])).not.toContain(seed);
    house.clock.set(times.draw);
    await runDraw(lotteryId);
    const lottery = await read(lotteryId);
    expect(lottery.seed).toBe(seed);
    expect(lottery.seedHash).toBe(sha256(lottery.seed));
  });
});

describe('the draw', () => {
  it('is held at its time, by a manager or the house, and once', async () => {
    const { lotteryId } = await announceLottery(house, manager);
    house.clock.set(times.collecting);
    await enter(house, lotteryId, first);
    house.clock.set('2026-12-11T00:59:59Z');
    const early = await runDraw(lotteryId);
    expect([early.status, early.body.error.code]).toEqual([409, 'openings.draw_too_early']);
    house.clock.set(times.draw);
    expect((await post(`lotteries/${lotteryId}/draw`, first)).status).toBe(403);
    await house.sql`select graphile_worker.add_job('openings.draw')`;
    await house.runJobs();
    expect(await read(lotteryId)).toMatchObject({ state: 'drawn', draw: { won: [1] } });
    const again = await runDraw(lotteryId);
    expect([again.status, again.body.error.code]).toEqual([409, 'openings.already_drawn']);
  });

  it('can be repeated by anybody from what is published', async () => {
    const { lotteryId } = await announceLottery(house, manager, { entriesMost: 10 });
    house.clock.set(times.collecting);
    const wishes = [
      { configuration: 'all' },
      { configuration: 'a' },
      { configuration: 'b', band: 'evening' },
      { configuration: 'b', band: 'all_day' },
      { room: 'training', configuration: 'all' },
      { date: '2027-07-11' },
    ];
    for (const use of wishes)
      for (const one of [first, second]) await enter(house, lotteryId, one, use);
    house.clock.set(times.draw);
    await runDraw(lotteryId);
    const { seed, entries, draw: drawn } = await read(lotteryId);
    const hashes = new Map(
      (entries as DrawEntry[]).map(({ number }) => [number, sha256(orderText(seed, number))]),
    );
    const { blocked, ...published } = drawn;
    expect(draw({ entries, hashes, blocked })).toEqual(published);
    const [{ double }] = (await house.sql`
      select count(*)::int as double from occupancies one join occupancies other
        on one.cell_id = other.cell_id and one.during && other.during and one.id < other.id
      where one.released_at is null and other.released_at is null`) as unknown as [
      { double: number },
    ];
    expect(double).toBe(0);
    const bookings = await house.sql`
      select id from bookings where state = 'held' and id in (select booking_id from lottery_entries)`;
    expect(bookings).toHaveLength(published.won.length);
  });

  it('passes over what was taken meanwhile and over withdrawn entries', async () => {
    const { lotteryId } = await announceLottery(house, manager);
    house.clock.set(times.collecting);
    const gone = await enter(house, lotteryId, first);
    await step(lotteryId, gone.entryId, 'withdraw', first);
    await enter(house, lotteryId, second);
    await house.sql`insert into closures (id, venue_id, starts_on, ends_on, kind, reason_ja, reason_en, created_at)
      values ('clo_test', 'big-palette', '2027-07-10', '2027-07-10', 'maintenance', '点検', 'Check', now())`;
    await house.sql`insert into occupancies (cell_id, during, state, closure_id)
      values ('big-palette.mid-meeting.a', tstzrange('2027-07-10T00:00Z', '2027-07-10T04:00Z'), 'closed', 'clo_test')`;
    house.clock.set(times.draw);
    await runDraw(lotteryId);
    const { draw: drawn } = await read(lotteryId);
    expect(drawn).toEqual({
      order: [2],
      won: [],
      lost: [{ number: 2, lostTo: null, position: 1 }],
      blocked: [2],
    });
    await house.sql`delete from occupancies where closure_id = 'clo_test'`;
    await house.sql`delete from closures where id = 'clo_test'`;
  });

  it('makes the winner a hold until the day to accept, and tells everybody', async () => {
    const { lotteryId, inOrder } = await threeWishes();
    const [winner, next, last] = inOrder;
    const [entry] = await entriesOf(lotteryId, winner!.organizer);
    expect(entry).toMatchObject({
      state: 'won',
      acceptBy: '2026-12-18T08:00:00.000Z',
      allowedActions: ['accept', 'decline'],
    });
    const { body } = await house.call(`/api/bookings/${entry.bookingId}`, {
      as: winner!.organizer,
    });
    expect(body.booking).toMatchObject({ state: 'held', number: entry.bookingNumber });
    expect(await mailsTo(winner!.organizer)).toEqual(['openings.entered', 'openings.won']);
    expect(await entriesOf(lotteryId, next!.organizer)).toMatchObject([
      { state: 'next_in_line', position: 1, lostTo: entry.number },
    ]);
    expect(await entriesOf(lotteryId, last!.organizer)).toMatchObject([
      { state: 'next_in_line', position: 2, lostTo: entry.number },
    ]);
    expect(await mailsTo(last!.organizer)).toEqual(['openings.entered', 'openings.lost']);
  });
});

describe('the answer of a winner', () => {
  it('that accepts keeps the time as any hold made that day', async () => {
    const { lotteryId, inOrder } = await threeWishes();
    const { entryId, organizer } = inOrder[0]!;
    house.clock.set(times.accepting);
    const { body } = await step(lotteryId, entryId, 'accept', organizer);
    expect(body.entries).toMatchObject([{ state: 'accepted', allowedActions: [] }]);
    const { bookingId } = body.entries[0];
    const { body: shown } = await house.call(`/api/bookings/${bookingId}`, { as: organizer });
    expect(shown.booking).toMatchObject({
      state: 'held',
      version: 2,
      holdExpiresAt: '2026-12-26T15:00:00.000Z',
    });
    const again = await step(lotteryId, entryId, 'accept', organizer);
    expect(again.body.error.code).toBe('openings.entry_fixed');
    house.clock.set(times.lapsed);
    await keepLines();
    expect(await entriesOf(lotteryId, inOrder[1]!.organizer)).toMatchObject([
      { state: 'next_in_line' },
    ]);
  });

  it('after the last day is too late', async () => {
    const { lotteryId, inOrder } = await threeWishes();
    house.clock.set(times.lapsed);
    const late = await step(lotteryId, inOrder[0]!.entryId, 'accept', inOrder[0]!.organizer);
    expect(late.body.error.code).toBe('bookings.not_allowed_in_state');
  });

  it('may be the request for approval itself', async () => {
    const { lotteryId, inOrder } = await threeWishes();
    const { organizer } = inOrder[0]!;
    const [entry] = await entriesOf(lotteryId, organizer);
    const path = `/api/bookings/${entry.bookingId}/request`;
    expect((await house.call(path, { as: organizer, json: { version: 1 } })).status).toBe(200);
    await house.runJobs();
    expect(await entriesOf(lotteryId, organizer)).toMatchObject([{ state: 'accepted' }]);
  });

  it('that declines gives the time to the next in line, and so on', async () => {
    const { lotteryId, inOrder } = await threeWishes();
    const [winner, next, last] = inOrder;
    house.clock.set(times.accepting);
    const declined = await step(lotteryId, winner!.entryId, 'decline', winner!.organizer);
    expect(declined.body.entries).toMatchObject([{ state: 'declined' }]);
    await house.runJobs();
    expect(await entriesOf(lotteryId, next!.organizer)).toMatchObject([{ state: 'won' }]);
    expect(await entriesOf(lotteryId, last!.organizer)).toMatchObject([{ state: 'next_in_line' }]);
    expect((await mailsTo(next!.organizer)).at(-1)).toBe('openings.promoted');
    const [entry] = await entriesOf(lotteryId, next!.organizer);
    const { body } = await house.call(`/api/bookings/${entry.bookingId}`, { as: next!.organizer });
    const { version } = body.booking;
    await house.call(`/api/bookings/${entry.bookingId}/withdraw`, {
      as: next!.organizer,
      json: { version },
    });
    await house.runJobs();
    expect(await entriesOf(lotteryId, next!.organizer)).toMatchObject([{ state: 'declined' }]);
    expect(await entriesOf(lotteryId, last!.organizer)).toMatchObject([{ state: 'won' }]);
  });

  it('that never comes lapses, and the next in line has time but not past the opening', async () => {
    const { lotteryId, inOrder } = await threeWishes();
    house.clock.set('2026-12-24T08:00:00Z');
    await house.sql`select graphile_worker.add_job('bookings.expire_holds')`;
    await house.runJobs();
    expect(await entriesOf(lotteryId, inOrder[0]!.organizer)).toMatchObject([
      { state: 'declined' },
    ]);
    expect(await entriesOf(lotteryId, inOrder[1]!.organizer)).toMatchObject([
      { state: 'won', acceptBy: '2026-12-25T00:00:00.000Z' },
    ]);
  });
});

describe('the opening to all', () => {
  it('ends the line, and whoever comes first is served', async () => {
    const { lotteryId, inOrder } = await threeWishes();
    house.clock.set(times.open);
    await house.sql`select graphile_worker.add_job('bookings.expire_holds')`;
    await keepLines();
    expect((await read(lotteryId)).state).toBe('open');
    const { organizer } = inOrder[2]!;
    expect(await entriesOf(lotteryId, organizer)).toMatchObject([{ state: 'lost' }]);
    expect((await mailsTo(organizer)).at(-1)).toBe('openings.line_over');
    const held = await house.call('/api/bookings', { as: organizer, json: meetingRoom(organizer) });
    expect(held.status).toBe(201);
  });

  it('is counted in the list of periods', async () => {
    const { lotteryId } = await threeWishes();
    const { body } = await house.call('/api/openings?venue=big-palette');
    expect(body.periods).toMatchObject([
      { state: 'drawn', lottery: { id: lotteryId, entryCount: 3, wonCount: 1 } },
    ]);
    const other = await house.call('/api/openings?venue=corasse');
    expect(other.body.periods).toEqual([]);
    expect((await house.call('/api/openings?venue=nowhere')).status).toBe(404);
  });
});
