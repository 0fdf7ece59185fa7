import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '#test/fixtures/app.ts';
import { guardsOf, restoreGuards } from '#test/fixtures/guards.ts';
import { closeBooks } from '#api/closings/actions/closings.ts';
import { receiveMoney } from '#api/payments/actions/ledger.ts';
import type { VenueId } from '#api/shared/ids.ts';
import { addDays, instantAt, localDay } from '#api/shared/time.ts';

let house: TestApp;
let finance: Person;

const venueId = 'big-palette' as VenueId;
/** Each test shuts a day of its own, later than those before. */
let day = localDay('2026-11-01');
let lateEvening: Date;

beforeEach(async () => {
  day = addDays(day, 1);
  lateEvening = instantAt(day, '23:59');
  house = await openTestApp({ poolSize: 20 });
  finance = await house.staff('finance');
});

afterEach(async () => {
  await restoreGuards(house, 'ledgers');
  await house.close();
});

/** Facts no longer wait for whoever shuts the books, nor is anybody waited for. */
const takeLockAway = () =>
  house.sql.unsafe(
    guardsOf('ledgers').replace(/PERFORM pg_advisory_xact_lock_shared.*books.*;/, ''),
  );

const closing = () =>
  closeBooks(house.contextOf(finance.actor), { venue: venueId, period: 'day', on: day });

let last = 0;
/** Money that arrives a second before midnight; `held` is what happens before it is committed. */
const receive = (held: () => Promise<unknown> = () => Promise.resolve()) => {
  last += 1;
  const context = {
    ...house.contextOf({ kind: 'import', name: 'bank' }),
    now: () => lateEvening,
  };
  const cause = `bank_line:race-${last}`;
  return context.transact(async (tx) => {
    await receiveMoney(tx, context, {
      venueId,
      method: 'bank_transfer',
      amountYen: 1_000 + last,
      receivedAt: lateEvening,
      cause,
    });
    await held();
  });
};

const someoneWaits = async (): Promise<void> => {
  const [row] = await house.sql`select count(*)::int as waiting from pg_locks
    where locktype = 'advisory' and not granted`;
  if (row!['waiting'] === 0) return someoneWaits();
};

/** Facts of the shut day, and what of them its closing knows. */
const books = async () => {
  const [row] = await house.sql`
    select (select coalesce(-sum(amount_yen), 0) from money_events
        where venue_id = ${venueId} and booked_on <= ${day})::int as booked,
      (select (totals->'closing'->>'potYen')::int from closings
        where venue_id = ${venueId} and starts_on = ${day}) as shut,
      (select coalesce(-sum(amount_yen), 0) from money_events
        where venue_id = ${venueId})::int as whole`;
  return row as unknown as { booked: number; shut: number; whole: number };
};

describe('money that arrives while the books are shut', () => {
  it('is waited for, and stands in the sums', async () => {
    let shut: Promise<unknown> = Promise.resolve();
    await receive(() => {
      shut = closing();
      return Promise.race([shut, someoneWaits()]);
    });
    await shut;
    const { booked, shut: known } = await books();
    expect(known).toBe(booked);
    expect(booked).toBeGreaterThan(0);
  });

  it('would slip into the shut day without the lock', async () => {
    await takeLockAway();
    await receive(closing);
    const { booked, shut } = await books();
    expect(booked).toBeGreaterThan(shut);
  });

  it('lands before or after, never between, in a rush', async () => {
    const rush = Array.from({ length: 60 }, (_, at) => (at === 30 ? closing() : receive()));
    await Promise.all(rush);
    const { booked, shut, whole } = await books();
    expect(shut).toBe(booked);
    const [events] = await house.sql`select count(*)::int as count from money_events
      where venue_id = ${venueId} and happened_at = ${lateEvening.toISOString()}`;
    expect(events!['count']).toBe(59);
    expect(whole).toBeGreaterThanOrEqual(booked);
  });

  it('is shut once by two who shut it at the same moment', async () => {
    await receive();
    const answers = await Promise.allSettled([closing(), closing(), closing()]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : [],
    );
    expect(refused).toEqual(['closings.already_closed', 'closings.already_closed']);
  });
});
