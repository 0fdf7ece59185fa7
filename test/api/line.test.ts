import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expireHolds } from '#api/bookings/actions/expiry.ts';
import { remindHolds } from '#api/bookings/actions/extend.ts';
import { promoteWaiting } from '#api/bookings/actions/line.ts';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let holder: Organizer;
let second: Organizer;
let third: Organizer;
let desk: Person;
let manager: Person;
let day = 0;
let date: string;

beforeAll(async () => {
  house = await openTestApp();
  [holder, second, third] = await Promise.all([
    house.organizer('先の会'),
    house.organizer('次の会'),
    house.organizer('三の会'),
  ]);
  desk = await house.staff('desk');
  manager = await house.staff('manager');
});

afterAll(() => house.close());

beforeEach(() => {
  day += 1;
  date = addDays(localDay('2027-03-01'), day);
});

afterEach(() => house.clock.set(testNow));

type Mode = 'hold' | 'option' | 'wait';

const use = (configuration: string, band = 'daytime') => ({
  room: 'exhibition-hall',
  configuration,
  date,
  band,
});

const ask = (as: Organizer, mode: Mode, configurations: readonly string[] = ['a']) =>
  house.call('/api/bookings', {
    as,
    json: askHold(as.organizationId, { mode, uses: configurations.map((one) => use(one)) }),
  });

const made = async (...asked: Parameters<typeof ask>) => {
  const { status, body } = await ask(...asked);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.booking;
};

const read = async (id: string) =>
  (await house.call(`/api/bookings/${id}`, { as: manager })).body.booking;

const step = async (as: Person, id: string, deed: string, more: Record<string, unknown> = {}) => {
  const { version } = await read(id);
  return house.call(`/api/bookings/${id}/${deed}`, { as, json: { version, ...more } });
};

const ended = { reason: '都合により中止', ground: '条例第5条' };

const runExpiry = () => expireHolds(house.contextOf({ kind: 'job', name: 'bookings.expire' }));

const mailsTo = async (id: string, topic: string) =>
  house.sql`select subject, body from mails where subject_id = ${id} and topic = ${topic}`;

describe('a place in line', () => {
  it('is refused where the time is free: it can be held', async () => {
    const { status, body } = await ask(second, 'option');
    expect(status).toBe(409);
    expect(body.error.code).toBe('bookings.free_to_hold');
    expect((await ask(second, 'wait')).body.error.code).toBe('bookings.free_to_hold');
  });

  it('takes a number and a promised price, but no cells', async () => {
    await made(holder, 'hold');
    const option = await made(second, 'option');
    expect(option).toMatchObject({ state: 'optioned', allowedActions: ['withdraw'] });
    expect(option.number).toMatch(/^R08-BP-\d{6}$/);
    expect(option.quote.totalYen).toBeGreaterThan(0);
    const rows = await house.sql`select from occupancies where booking_id = ${option.id}`;
    expect(rows).toHaveLength(0);
  });

  it('is not given twice to the same organizer, nor behind its own hold', async () => {
    await made(holder, 'hold');
    expect((await ask(holder, 'option')).body.error.code).toBe('bookings.already_yours');
    await made(second, 'option');
    expect((await ask(second, 'wait')).body.error.code).toBe('bookings.already_yours');
  });

  it('as an option ends at the number the conditions allow; waiting is still possible', async () => {
    await made(holder, 'hold');
    const { rows } = {
      rows: await house.sql`select options_most from booking_policies
      where venue_id = 'big-palette' and room_class = 'exhibition'`,
    };
    const most: number = rows[0]?.['options_most'] ?? 2;
    for (let at = 0; at < most; at += 1) await made(await house.organizer(), 'option');
    expect((await ask(third, 'option')).body.error.code).toBe('bookings.options_full');
    expect((await made(third, 'wait')).state).toBe('waiting');
  });

  it('behind an approved booking is a wait only', async () => {
    const hold = await made(holder, 'hold');
    await step(holder, hold.id, 'request');
    expect((await made(third, 'option')).state).toBe('optioned');
    await step(manager, hold.id, 'approve');
    expect((await ask(second, 'option')).body.error.code).toBe('bookings.option_behind_approved');
    expect((await made(second, 'wait')).state).toBe('waiting');
  });

  it('cannot be had where the house is closed', async () => {
    await house.sql`insert into closures (id, venue_id, starts_on, ends_on, kind, reason_ja, reason_en, created_at)
      values (${`clo_${day}`}, 'big-palette', ${date}, ${date}, 'maintenance', '点検', 'Check', now())`;
    await house.sql`insert into occupancies (cell_id, during, state, closure_id)
      values ('big-palette.exhibition-hall.a', tstzrange(${`${date}T00:00:00+09:00`}, ${`${date}T23:00:00+09:00`}), 'closed', ${`clo_${day}`})`;
    expect((await ask(second, 'wait')).body.error.code).toBe('bookings.line_closed');
  });
});

describe('a release', () => {
  it('gives the cells to the option, with a whole hold, and tells it', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    const wait = await made(third, 'wait');
    await step(holder, hold.id, 'withdraw');
    const promoted = await read(option.id);
    expect(promoted).toMatchObject({ state: 'held', version: 2 });
    expect(promoted.holdExpiresAt).toBe('2026-12-08T15:00:00.000Z');
    expect(promoted.promotedAt).toBe(new Date(testNow).toISOString());
    expect((await read(wait.id)).state).toBe('waiting');
    const [mail] = await mailsTo(option.id, 'bookings.promoted');
    expect(mail!['subject']).toContain('繰り上がりました');
    expect(mail!['body']).toContain('2026年12月8日(火)');
    expect(mail!['body']).not.toContain('先の会');
  });

  it('gives them to a wait for the hours of an offer, and then to the next', async () => {
    const hold = await made(holder, 'hold');
    const first = await made(second, 'wait');
    const next = await made(third, 'wait');
    await step(holder, hold.id, 'request');
    await step(manager, hold.id, 'refuse', ended);
    const offered = await read(first.id);
    expect(offered.state).toBe('held');
    const hours = (Date.parse(offered.holdExpiresAt) - Date.parse(testNow)) / 3_600_000;
    expect(hours).toBe(48);
    house.clock.advanceMinutes(48 * 60);
    await runExpiry();
    expect((await read(first.id)).state).toBe('expired');
    expect((await read(next.id)).state).toBe('held');
  });

  it('of one part serves a wait for that part, and a wait for two parts only with the other', async () => {
    const [a, b] = [await made(holder, 'hold', ['a']), await made(holder, 'hold', ['b'])];
    const both = await made(second, 'wait', ['a+b']);
    await step(holder, a.id, 'withdraw');
    expect((await read(both.id)).state).toBe('waiting');
    await step(holder, b.id, 'withdraw');
    expect((await read(both.id)).state).toBe('held');
  });

  it('of the whole hall serves a wait for A and another for B', async () => {
    const whole = await made(holder, 'hold', ['all']);
    const forB = await made(second, 'wait', ['b']);
    const forA = await made(third, 'wait', ['a']);
    const later = await made(await house.organizer(), 'wait', ['a']);
    await step(holder, whole.id, 'withdraw');
    expect((await read(forA.id)).state).toBe('held');
    expect((await read(forB.id)).state).toBe('held');
    expect((await read(later.id)).state).toBe('waiting');
  });

  it('passes over who wants more than is free', async () => {
    const a = await made(holder, 'hold', ['a']);
    await made(holder, 'hold', ['b']);
    const both = await made(second, 'option', ['a+b']);
    const onlyA = await made(third, 'wait', ['a']);
    await step(holder, a.id, 'withdraw');
    expect((await read(onlyA.id)).state).toBe('held');
    expect((await read(both.id)).state).toBe('optioned');
  });

  it('by cancelling what was approved serves the line, too', async () => {
    const hold = await made(holder, 'hold');
    await step(holder, hold.id, 'request');
    await step(manager, hold.id, 'approve');
    const wait = await made(second, 'wait');
    await step(manager, hold.id, 'cancel', { reason: ended.reason });
    expect((await read(wait.id)).state).toBe('held');
  });
});

describe('a lapsed hold', () => {
  it('goes to the line before a stranger, even before the job has run', async () => {
    const hold = await made(holder, 'hold');
    const wait = await made(second, 'wait');
    house.clock.set(hold.holdExpiresAt);
    const query = `/api/availability?venue=big-palette&room=exhibition-hall&from=${date}&to=${date}`;
    const { body } = await house.call(query);
    const cell = body.states.find(
      (row: Record<string, string>) =>
        row['configurationId'] === 'big-palette.exhibition-hall.a' && row['slot'] === 'morning',
    );
    expect(cell.state).toBe('held');
    const stranger = await ask(third, 'hold');
    expect(stranger.body.error.code).toBe('bookings.slot_taken');
    expect(stranger.body.error.detail.blocked).not.toEqual([]);
    expect((await read(hold.id)).state).toBe('expired');
    expect((await read(wait.id)).state).toBe('held');
  });

  it('with nobody behind it goes to whoever asks', async () => {
    const hold = await made(holder, 'hold');
    house.clock.set(hold.holdExpiresAt);
    expect((await made(third, 'hold')).state).toBe('held');
    expect((await read(hold.id)).state).toBe('expired');
  });

  it('goes to the option when the newcomer, too, wants only a place in line', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    house.clock.set(hold.holdExpiresAt);
    const behind = await made(third, 'option');
    expect(behind.state).toBe('optioned');
    expect((await read(option.id)).state).toBe('held');
  });
});

describe('leaving the line', () => {
  it('is possible at any time, and frees nothing', async () => {
    await made(holder, 'hold');
    const option = await made(second, 'option');
    expect((await step(second, option.id, 'withdraw')).status).toBe(200);
    expect((await read(option.id)).state).toBe('withdrawn');
    expect((await ask(third, 'hold')).body.error.code).toBe('bookings.slot_taken');
  });

  it('comes by itself when the first use begins', async () => {
    const hold = await made(holder, 'hold');
    await step(holder, hold.id, 'request');
    const wait = await made(second, 'wait');
    house.clock.set(`${date}T09:00:00+09:00`);
    await runExpiry();
    expect((await read(wait.id)).state).toBe('expired');
    expect(await mailsTo(wait.id, 'bookings.line_over')).toHaveLength(1);
  });
});

const lineOf = async (as: Person, id: string) =>
  (await house.call(`/api/bookings/${id}/line`, { as })).body.line;

const challenge = (as: Person, id: string) => step(as, id, 'challenge');

describe('the line as it is seen', () => {
  it('by an option: its rank, the end of the hold before it, and no names', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    const later = await made(third, 'option');
    const line = await lineOf(third, later.id);
    expect(line).toMatchObject({
      state: 'optioned',
      place: { rank: 3, optionsAhead: 1, holder: { state: 'held', endsOn: '2026-12-08' } },
      canChallenge: false,
      challengeRefusal: 'bookings.challenge_not_first',
      members: null,
    });
    expect(JSON.stringify(line)).not.toMatch(/先の会|次の会/);
    expect(await lineOf(second, option.id)).toMatchObject({
      place: { rank: 2 },
      behind: { options: 1, waits: 0 },
      canChallenge: true,
    });
    const blind = await house.call(`/api/bookings/${hold.id}/line`, { as: second });
    expect(blind.status).toBe(404);
  });

  it('by the holder: how many are behind, by staff: everyone', async () => {
    const hold = await made(holder, 'hold');
    await made(second, 'option');
    await made(third, 'wait');
    expect(await lineOf(holder, hold.id)).toMatchObject({
      place: null,
      behind: { options: 1, waits: 1 },
      members: null,
    });
    const { members } = await lineOf(manager, hold.id);
    const seen = members.map(({ organizationName, rank, state }: Record<string, unknown>) => [
      organizationName,
      state,
      rank,
    ]);
    expect(seen).toEqual([
      ['先の会', 'held', 1],
      ['次の会', 'optioned', 2],
      ['三の会', 'waiting', 1],
    ]);
  });

  it('by staff over a venue, and by nobody else', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    const { body } = await house.call('/api/lines?venue=big-palette', { as: manager });
    const line = body.lines.find((one: { bookingId: string }) => one.bookingId === option.id);
    expect(line).toMatchObject({ rank: 2, firstUsedOn: date, before: [{ bookingId: hold.id }] });
    const mine = await house.call('/api/lines', { as: second });
    expect(mine.body.lines).toEqual([]);
    const elsewhere = await house.call('/api/lines?venue=corasse', { as: manager });
    expect(elsewhere.body.lines).toEqual([]);
  });
});

describe('a challenge', () => {
  it('starts a clock the holder sees, and tells nobody’s name', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    const { status, body } = await challenge(second, option.id);
    expect(status).toBe(200);
    const endsAt = '2026-11-27T01:00:00.000Z';
    expect(body.line.challenge).toEqual({ startedAt: new Date(testNow).toISOString(), endsAt });
    const challenged = await read(hold.id);
    expect(challenged).toMatchObject({ holdExpiresAt: endsAt, challengeEndsAt: endsAt });
    const [row] =
      await house.sql`select expires_at from occupancies where booking_id = ${hold.id} limit 1`;
    expect(new Date(row!['expires_at'] as string).toISOString()).toBe(endsAt);
    const [mail] = await mailsTo(hold.id, 'bookings.challenged');
    expect(mail!['body']).toContain('2026年11月27日(金) 10:00');
    expect(mail!['body']).not.toContain('次の会');
    const trail = await house.call(`/api/bookings/${hold.id}/history`, { as: holder });
    expect(JSON.stringify(trail.body)).not.toContain('次の会');
    expect(trail.body.entries.at(-1)).toMatchObject({
      action: 'bookings.challenged',
      actorName: null,
    });
    const again = await challenge(second, option.id);
    expect(again.body.error.code).toBe('bookings.challenge_running');
  });

  it('never gives the holder more time than before', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    house.clock.set('2026-12-08T00:00:00Z');
    await challenge(second, option.id);
    expect((await read(hold.id)).holdExpiresAt).toBe(hold.holdExpiresAt);
  });

  it('goes to all holders in the way', async () => {
    const [a, b] = [await made(holder, 'hold', ['a']), await made(third, 'hold', ['b'])];
    const option = await made(second, 'option', ['a+b']);
    await challenge(second, option.id);
    for (const { id } of [a, b]) expect((await read(id)).challengeEndsAt).not.toBeNull();
  });

  it('is for the second option and for staff, against a hold only', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    const later = await made(third, 'option');
    expect((await challenge(third, later.id)).body.error.code).toBe('bookings.challenge_not_first');
    const stranger = await house.call(`/api/bookings/${option.id}/challenge`, {
      as: third,
      json: { version: 1 },
    });
    expect(stranger.status).toBe(404);
    await step(holder, hold.id, 'request');
    const late = await challenge(manager, option.id);
    expect(late.body.error.code).toBe('bookings.challenge_of_no_hold');
    const own = await challenge(manager, hold.id);
    expect(own.body.error.code).toBe('bookings.not_allowed_in_state');
  });

  it('ends when the holder applies, and the option is told', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    await challenge(second, option.id);
    await step(holder, hold.id, 'request');
    expect(await read(hold.id)).toMatchObject({ state: 'requested', challengeEndsAt: null });
    house.clock.advanceMinutes(80 * 60);
    await runExpiry();
    expect((await read(hold.id)).state).toBe('requested');
    expect(await mailsTo(option.id, 'bookings.challenge_answered')).toHaveLength(1);
  });

  it('ends when the holder releases: the option has the cells', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    await challenge(second, option.id);
    await step(holder, hold.id, 'withdraw');
    expect((await read(option.id)).state).toBe('held');
  });

  it('unanswered ends the hold at its time', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    await challenge(second, option.id);
    house.clock.advanceMinutes(72 * 60);
    await runExpiry();
    expect((await read(hold.id)).state).toBe('expired');
    expect((await read(option.id)).state).toBe('held');
  });

  it('taken back by leaving the line gives the holder the whole time again', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    await challenge(second, option.id);
    await step(second, option.id, 'withdraw');
    expect(await read(hold.id)).toMatchObject({
      holdExpiresAt: hold.holdExpiresAt,
      challengeEndsAt: null,
    });
    expect(await mailsTo(hold.id, 'bookings.challenge_dropped')).toHaveLength(1);
  });
});

describe('more time for a hold', () => {
  const extend = (as: Person, id: string, until: string, reason = '会場下見の日程調整のため') =>
    step(as, id, 'extend', { until, reason });

  it('is given by the desk with a reason, which the history shows', async () => {
    const hold = await made(holder, 'hold');
    const { status, body } = await extend(desk, hold.id, '2026-12-20');
    expect(status).toBe(200);
    expect(body.booking.holdExpiresAt).toBe('2026-12-20T15:00:00.000Z');
    const history = await house.call(`/api/bookings/${hold.id}/history`, { as: holder });
    expect(history.body.entries.at(-1)).toMatchObject({
      action: 'bookings.extend',
      reason: '会場下見の日程調整のため',
    });
    expect(await mailsTo(hold.id, 'bookings.extended')).toHaveLength(1);
  });

  it('is not the organizer’s to take', async () => {
    const hold = await made(holder, 'hold');
    expect((await extend(holder, hold.id, '2026-12-20')).status).toBe(404);
  });

  it('ends before the first use, and is later than before', async () => {
    const hold = await made(holder, 'hold');
    const late = await extend(desk, hold.id, addDays(localDay(date), 1));
    expect(late.body.error.code).toBe('bookings.extension_too_late');
    const early = await extend(desk, hold.id, '2026-12-08');
    expect(early.body.error.code).toBe('bookings.extension_not_later');
    const { body } = await extend(desk, hold.id, date);
    expect(body.booking.holdExpiresAt).toBe(new Date(`${date}T09:00:00+09:00`).toISOString());
  });

  it('against a challenge is a manager’s decision, and moves its clock', async () => {
    const hold = await made(holder, 'hold');
    const option = await made(second, 'option');
    await challenge(second, option.id);
    const refused = await extend(desk, hold.id, '2026-12-20');
    expect(refused.body.error.code).toBe('bookings.extension_while_challenged');
    expect((await extend(manager, hold.id, '2026-12-20')).status).toBe(200);
    expect((await read(hold.id)).challengeEndsAt).toBe('2026-12-20T15:00:00.000Z');
    expect(await mailsTo(option.id, 'bookings.challenge_moved')).toHaveLength(1);
  });
});

describe('reminders', () => {
  const remind = async () => {
    await remindHolds(house.contextOf({ kind: 'job', name: 'bookings.remind_holds' }));
  };

  it('come three days and one day before the end, each once', async () => {
    const hold = await made(holder, 'hold');
    const sent = async () => (await mailsTo(hold.id, 'bookings.reminded')).length;
    await remind();
    expect(await sent()).toBe(0);
    house.clock.set('2026-12-05T15:00:00Z');
    await remind();
    await remind();
    expect(await sent()).toBe(1);
    house.clock.set('2026-12-07T15:00:00Z');
    await remind();
    await remind();
    expect(await sent()).toBe(2);
    expect((await read(hold.id)).version).toBe(1);
  });

  it('come for an offer, too, the day before it ends', async () => {
    const hold = await made(holder, 'hold');
    const wait = await made(second, 'wait');
    await step(holder, hold.id, 'withdraw');
    house.clock.advanceMinutes(23 * 60);
    await remind();
    expect(await mailsTo(wait.id, 'bookings.reminded')).toHaveLength(0);
    house.clock.advanceMinutes(60);
    await remind();
    expect(await mailsTo(wait.id, 'bookings.reminded')).toHaveLength(1);
  });
});

describe('the net', () => {
  it('serves whoever a release did not reach', async () => {
    const hold = await made(holder, 'hold');
    const wait = await made(second, 'wait');
    await house.sql.begin(async (sql) => {
      await sql`update bookings set state = 'withdrawn' where id = ${hold.id}`;
      await sql`update occupancies set released_at = now() where booking_id = ${hold.id}`;
    });
    await promoteWaiting(house.contextOf({ kind: 'job', name: 'bookings.promote_waiting' }));
    expect((await read(wait.id)).state).toBe('held');
  });
});
