import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { restoreGuards } from '#test/fixtures/guards.ts';

let house: TestApp;
let organizers: Organizer[];

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizers = await Promise.all([house.organizer('甲'), house.organizer('乙')]);
});

afterEach(async () => {
  // What was promised too often goes first.
  await house.sql`delete from equipment_takes`;
  await restoreGuards(house, 'equipment');
  await house.close();
});

const projector = 'big-palette.projector';
const stock = 8;

const takeGuardAway = () =>
  house.sql.unsafe('drop trigger equipment_takes_within_stock on equipment_takes');

const rooms = [
  'small-meeting-1',
  'small-meeting-2-3',
  'training',
  'presentation',
  'special-meeting',
];

const hold = async (index: number, date: string) => {
  const organizer = organizers[index % organizers.length]!;
  const listed = await house.call('/api/venues/big-palette/rooms');
  const known = (listed.body.rooms as { code: string }[]).map(({ code }) => code);
  const room = [...rooms, ...known].filter((code) => known.includes(code))[index]!;
  const { status, body } = await house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, { uses: [{ room, date, band: 'daytime' }] }),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return { organizer, id: body.booking.id as string, useId: body.booking.uses[0].id as string };
};

type Held = Awaited<ReturnType<typeof hold>>;

const ask = ({ organizer, id, useId }: Held, quantity: number) =>
  house.call(`/api/bookings/${id}/equipment`, {
    as: organizer,
    json: { lines: [{ useId, itemId: projector, quantity }] },
  });

/** Pieces away at noon of a day. */
const promised = async (date: string) => {
  const [row] = await house.sql`
    select coalesce(sum(quantity), 0)::int as pieces from equipment_takes
    where item_id = ${projector} and released_at is null
      and during @> ${`${date}T12:00+09:00`}::timestamptz`;
  return row!['pieces'] as number;
};

const countOf = (answers: readonly { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe('a rush for the same pieces', () => {
  it('never promises more than the venue has, and refuses the rest clearly', async () => {
    const held: Held[] = [];
    for (let at = 0; at < 6; at += 1) held.push(await hold(at, '2027-01-20'));
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => ask(held[at % held.length]!, 1 + (at % 4))),
    );
    expect(countOf(answers, 200) + countOf(answers, 409)).toBe(30);
    expect(countOf(answers, 200)).toBeGreaterThan(0);
    const refusals = answers.filter(({ status }) => status === 409);
    expect(new Set(refusals.map(({ body }) => body.error.code))).toEqual(
      new Set(refusals.length > 0 ? ['equipment.not_enough'] : []),
    );
    expect(await promised('2027-01-20')).toBeLessThanOrEqual(stock);
  });

  it('past the rules is stopped by the table: writers who do not look are refused', async () => {
    const held = await writersWhoDoNotLook('2027-01-21');
    expect(held.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await promised('2027-01-21')).toBe(stock);
  });

  it('without the guard of the table is oversold: the guard is what holds', async () => {
    await takeGuardAway();
    const held = await writersWhoDoNotLook('2027-01-22');
    expect(held.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    expect(await promised('2027-01-22')).toBeGreaterThan(stock);
  });
});

/** Six transactions at once that write four pieces each and ask nobody. */
const writersWhoDoNotLook = async (date: string) => {
  const held: Held[] = [];
  for (let at = 0; at < 6; at += 1) held.push(await hold(at, date));
  for (const [at, one] of held.entries()) {
    await house.sql`insert into equipment_requests
      (id, booking_id, use_id, item_id, quantity, unit_fee_yen, state, created_at, updated_at)
      values (${`eqr_${date}_${at}`}, ${one.id}, ${one.useId}, ${projector}, 4, 0, 'promised', now(), now())`;
  }
  return Promise.allSettled(
    held.map((_, at) =>
      house.sql.begin(
        (tx) => tx`insert into equipment_takes (request_id, item_id, during, quantity)
          values (${`eqr_${date}_${at}`}, ${projector},
            tstzrange(${`${date}T09:00+09:00`}, ${`${date}T17:00+09:00`}), 4)`,
      ),
    ),
  );
};

describe('the stock', () => {
  it('lowered while pieces are asked for still covers every promise', async () => {
    const manager = await house.staff('manager');
    const held: Held[] = [];
    for (let at = 0; at < 4; at += 1) held.push(await hold(at, '2027-01-25'));
    await Promise.all([
      ...held.map((one) => ask(one, 2)),
      house.call(`/api/equipment/items/${projector}`, { as: manager, json: { stock: 5 } }),
    ]);
    const [row] = await house.sql`select stock from equipment_items where id = ${projector}`;
    expect(await promised('2027-01-25')).toBeLessThanOrEqual(row!['stock'] as number);
    await house.sql`update equipment_items set stock = ${stock} where id = ${projector}`;
  });
});
