import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveWithin } from '#api/bookings/actions/decide.ts';
import { promoteWaiting } from '#api/bookings/actions/line.ts';
import { challengedHold } from '#api/bookings/rules/line.ts';
import { decideWithdrawal } from '#api/bookings/rules/transitions.ts';
import { findBooking, saveBooking } from '#api/bookings/store/bookings.ts';
import { takeWhatWasWaitedFor } from '#api/bookings/store/line.ts';
import type { BookingId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { restoreCellGuards, takeConstraintAway, takeLockAway } from '#test/fixtures/cell_guards.ts';

let house: TestApp;
let organizers: Organizer[];

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizers = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => house.organizer(name)));
});

afterEach(async () => {
  await restoreCellGuards(house);
  await house.close();
});

const made = async (who: number, mode: string, configuration: string, date: string) => {
  const organizer = organizers[who]!;
  const uses = [{ room: 'exhibition-hall', configuration, date, band: 'daytime' }];
  const { status, body } = await house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, { mode, uses }),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.booking as { id: BookingId };
};

const step = (who: number, id: string, deed: string, version = 1) =>
  house.call(`/api/bookings/${id}/${deed}`, { as: organizers[who]!, json: { version } });

const promotions = async (id: string) => {
  const rows = await house.sql`select from audit_entries
    where subject_id = ${id} and action = 'bookings.promote'`;
  return rows.length;
};

const stateOf = async (id: string) => (await findBooking(house.house.database.db, id)).state;

/** Every test has days of its own: bookings of the one before stay. */
const daysOf = (first: string) =>
  Array.from({ length: 8 }, (_, at) => addDays(localDay(first), at));

/** A hold of A, a hold of B, and an option for both. */
const makePair = async (date: string) => ({
  a: await made(0, 'hold', 'a', date),
  b: await made(1, 'hold', 'b', date),
  option: await made(2, 'option', 'a+b', date),
});

describe('an option for two parts', () => {
  it('is promoted once when both are released at once', async () => {
    const pairs = await Promise.all(daysOf('2027-02-01').map(makePair));
    const answers = await Promise.all(
      pairs.flatMap(({ a, b }) => [step(0, a.id, 'withdraw'), step(1, b.id, 'withdraw')]),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { option } of pairs) {
      expect(await stateOf(option.id)).toBe('held');
      expect(await promotions(option.id)).toBe(1);
    }
  });

  it('without the queue is forgotten: each release sees the other part still taken', async () => {
    const { a, b, option } = await makePair('2027-02-20');
    await takeLockAway(house);
    const releaseOf = (who: number, id: string, meanwhile: () => Promise<unknown>) => {
      const context = house.contextOf(organizers[who]!.actor);
      return context.transact(async (tx) => {
        await moveWithin(tx, context, id, 'withdraw', (booking) =>
          decideWithdrawal(booking, { actor: context.actor, now: context.now() }),
        );
        await meanwhile();
      });
    };
    await releaseOf(0, a.id, () => releaseOf(1, b.id, () => Promise.resolve()));
    expect(await stateOf(option.id)).toBe('optioned');
  });
});

describe('cells two are waiting for', () => {
  it('are offered once, however many look at the line', async () => {
    const lines = await Promise.all(
      daysOf('2027-03-01').map(async (date) => ({
        hold: await made(0, 'hold', 'a', date),
        waits: [await made(1, 'wait', 'a', date), await made(2, 'wait', 'a', date)] as const,
      })),
    );
    const job = house.contextOf({ kind: 'job', name: 'bookings.promote_waiting' });
    await Promise.all([
      ...lines.map(({ hold }) => step(0, hold.id, 'withdraw')),
      ...Array.from({ length: 4 }, () => promoteWaiting(job)),
    ]);
    await Promise.all([promoteWaiting(job), promoteWaiting(job)]);
    for (const { waits } of lines) {
      const [first, next] = waits;
      expect([await stateOf(first.id), await stateOf(next.id)].sort()).toEqual(['held', 'waiting']);
      expect((await promotions(first.id)) + (await promotions(next.id))).toBe(1);
    }
  });

  const offerBoth = async (date: string) => {
    const hold = await made(0, 'hold', 'a', date);
    const waits = [await made(1, 'wait', 'a', date), await made(2, 'wait', 'a', date)];
    await house.sql`update occupancies set released_at = now() where booking_id = ${hold.id}`;
    const { db } = house.house.database;
    const until = new Date('2026-12-01T00:00:00Z');
    return Promise.allSettled(waits.map(({ id }) => takeWhatWasWaitedFor(db, id, until)));
  };

  it('go to one of them by the constraint alone', async () => {
    const answers = await offerBoth('2027-02-21');
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('without the constraint would be given twice', async () => {
    await takeConstraintAway(house);
    const answers = await offerBoth('2027-02-22');
    expect(answers.every(({ status }) => status === 'fulfilled')).toBe(true);
  });
});

describe('a challenge against an application', () => {
  it('at the same moment: one of the two, and never a clock on what was applied for', async () => {
    const lines = await Promise.all(
      daysOf('2027-04-01').map(async (date) => ({
        hold: await made(0, 'hold', 'a', date),
        option: await made(1, 'option', 'a', date),
      })),
    );
    const answers = await Promise.all(
      lines.map(({ hold, option }) =>
        Promise.all([step(1, option.id, 'challenge'), step(0, hold.id, 'request')]),
      ),
    );
    for (const [at, [challenged, requested]] of answers.entries()) {
      expect([challenged.status, requested.status].sort()).toEqual([200, 409]);
      const hold = await findBooking(house.house.database.db, lines[at]!.hold.id);
      expect(hold.state).toBe(requested.status === 200 ? 'requested' : 'held');
      expect(hold.challengeEndsAt === null).toBe(requested.status === 200);
    }
  });

  it('without the row’s lock would undo the application', async () => {
    const hold = await made(0, 'hold', 'a', '2027-02-23');
    const option = await made(1, 'option', 'a', '2027-02-23');
    const { db } = house.house.database;
    const seen = await findBooking(db, hold.id);
    expect((await step(0, hold.id, 'request')).status).toBe(200);
    const now = house.clock.now();
    await saveBooking(db, challengedHold(seen, { optionId: option.id, now, hours: 72 }));
    expect(await stateOf(hold.id)).toBe('held');
  });
});
