import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;
let bookingId: string;
let day = 10;

const guard = `create unique index if not exists reduction_applications_one_live
  on reduction_applications (booking_id) where state in ('applied', 'approved')`;

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizer = await house.organizer();
  manager = await house.staff('manager');
  const held = await house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, {
      uses: [{ ...askHold('').uses[0], date: `2027-02-${(day += 1)}` }],
    }),
  });
  bookingId = held.body.booking.id;
});

afterEach(async () => {
  await house.sql`delete from reduction_applications`;
  await house.sql.unsafe(guard);
  await house.close();
});

const apply = () =>
  house.call(`/api/bookings/${bookingId}/reductions`, {
    as: organizer,
    json: { groundCode: 'co-hosted', explanation: '県との共催' },
  });

const decide = (id: string, act: 'approve' | 'refuse' | 'withdraw') =>
  house.call(`/api/reductions/${id}/${act}`, { as: manager, json: { reason: '確認済み' } });

const rush = async (count: number) => {
  const answers = await Promise.all(Array.from({ length: count }, apply));
  return answers.filter(({ status }) => status === 201).length;
};

describe('twelve applications for one booking at the same moment', () => {
  it('are one', async () => {
    expect(await rush(12)).toBe(1);
  });

  // The row of the booking is locked too: the guard counts where a writer forgets that.
  it('could be two for a writer who takes no lock, were it not for the index', async () => {
    const write = (id: string) => house.sql`insert into reduction_applications
      (id, booking_id, ground_code, reduced_bp, explanation, state, created_at)
      values (${id}, ${bookingId}, 'co-hosted', 5000, '共催', 'applied', now())`;
    await write('red_1');
    await expect(write('red_2')).rejects.toThrow('reduction_applications_one_live');
    await house.sql.unsafe('drop index reduction_applications_one_live');
    await write('red_2');
    const [row] = await house.sql`select count(*)::int as count from reduction_applications`;
    expect(row!['count']).toBe(2);
  });
});

describe('a decision taken by three at the same moment', () => {
  it('is one decision, and the price changes once or not at all', async () => {
    const applied = await apply();
    const [{ id }] = applied.body.applications;
    const answers = await Promise.all([
      decide(id, 'approve'),
      decide(id, 'refuse'),
      decide(id, 'approve'),
      decide(id, 'withdraw'),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status !== 200);
    expect(losers.every(({ body }) => body.error.code === 'reductions.already_decided')).toBe(true);
    const seen = await house.call(`/api/bookings/${bookingId}`, { as: organizer });
    const isApproved = seen.body.booking.reduction !== null;
    expect(seen.body.booking).toMatchObject({
      version: isApproved ? 2 : 1,
      quote: { totalYen: isApproved ? 108_900 : 217_800 },
    });
  });
});
