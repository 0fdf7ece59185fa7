import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demonstrationSignIns } from '#db/seeds/world/people.ts';
import { planWorld, type PlannedBooking } from '#db/seeds/world/plan.ts';
import { seedWorld } from '#db/seeds/world.ts';
import { openTestApp, type TestApp } from '../fixtures/app.ts';

/** The bookings that show one state each: the whole year takes longer than a test may. */
const someOf = (now: Date) => planWorld(now).filter(({ key }) => key.startsWith('special'));

const unreal = (plan: readonly PlannedBooking[]) =>
  plan.map((planned, at) =>
    at === plan.length - 1
      ? { ...planned, uses: planned.uses.map((use) => ({ ...use, room: 'no-such-room' })) }
      : planned,
  );

let app: TestApp;
beforeEach(async () => {
  app = await openTestApp();
});
afterEach(() => app.close());

const signIn = async (role: string) => {
  const { email, password } = demonstrationSignIns.find(({ who }) => who === role)!;
  const { status, headers } = await app.call('/api/accounts/sign-in', {
    json: { email, password },
  });
  expect(status).toBe(200);
  return {
    cookie: headers
      .getSetCookie()
      .map((one) => one.split(';')[0]!)
      .join('; '),
  };
};

const as = (person: { cookie: string }) => ({ headers: person });

describe('the invented year', () => {
  test('that fails half-way leaves nothing; the next start makes it; a third changes nothing', async () => {
    const { sql } = app;
    await expect(seedWorld(app.house, (now) => unreal(someOf(now)))).rejects.toThrow(
      'rooms.not_in_venue',
    );
    const [nothing] = await sql`select count(*)::int as count from bookings`;
    expect(nothing!['count']).toBe(0);

    await seedWorld(app.house, someOf);
    const states = await sql`select state, count(*)::int as count from bookings group by state`;
    const countOf = Object.fromEntries(states.map((row) => [row['state'], row['count']]));
    expect(countOf).toMatchObject({ held: 5, requested: 5, refused: 3, withdrawn: 2, expired: 3 });
    expect(countOf['approved']).toBeGreaterThan(5);

    const numbers = () => sql`select number from bookings order by number`;
    const before = await numbers();
    app.clock.advanceMinutes(60 * 24 * 40);
    await seedWorld(app.house, someOf);
    expect(await numbers()).toEqual(before);

    await app.runJobs();
    const sent = await sql`select count(*)::int as count from mails where state <> 'suppressed'`;
    expect(sent[0]!['count']).toBe(0);

    const dates = await sql`select c.created_at as charged, b.decided_at as decided
      from charges c join bookings b on b.id = c.billing_account_id where c.kind = 'booking'`;
    expect(dates.length).toBeGreaterThan(5);
    expect(dates.map((row) => row['charged'])).toEqual(dates.map((row) => row['decided']));
  });

  test('lets the people of the demonstration look around in it', async () => {
    await seedWorld(app.house, someOf);
    const organizer = await signIn('主催者');
    const own = await app.call('/api/bookings', as(organizer));
    expect(new Set(own.body.rows.map((one: { state: string }) => one.state))).toEqual(
      new Set(['held', 'requested', 'approved', 'refused', 'cancelled', 'withdrawn', 'expired']),
    );
    const desk = await signIn('窓口');
    const { body } = await app.call('/api/reports/today', as(desk));
    expect(body.uses.length).toBeGreaterThan(3);
    const paid = body.uses.find((use: { title: string }) => use.title === '現場改善発表会');
    expect(paid).toMatchObject({ state: 'approved', balanceYen: 0 });
    const papers = await app.call(`/api/bookings/${paid.bookingId}/documents`, as(desk));
    expect(papers.body.documents.map((one: { kind: string }) => one.kind).sort()).toEqual([
      'approval_letter',
      'invoice',
      'receipt',
    ]);
  });
});
