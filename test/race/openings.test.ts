import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawDueLotteries, drawLottery } from '#api/openings/actions/draw.ts';
import { promoteLine } from '#api/openings/actions/line.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { announceLottery, enter, lotteryTimes as times } from '#test/fixtures/openings.ts';

const job = { kind: 'job', name: 'openings.draw' } as const;

let house: TestApp;
let manager: Person;
let organizers: Organizer[];
let lotteryId: string;

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  manager = await house.staff('manager');
  organizers = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => house.organizer(name)));
  ({ lotteryId } = await announceLottery(house, manager));
  house.clock.set(times.collecting);
  for (const organizer of organizers) await enter(house, lotteryId, organizer);
  house.clock.set(times.draw);
});

afterEach(async () => {
  await house.sql.unsafe(guards);
  await house.close();
});

/** What a test takes away, put back; the draws of the test go with it. */
const guards = `
  do $$ begin
    if to_regclass('lotteries_kept') is not null then
      drop view lotteries;
      drop function all_lotteries();
      alter table lotteries_kept rename to lotteries;
    end if;
  end $$;
  delete from occupancies where booking_id is not null;
  truncate lottery_draws, lottery_entries, lotteries, opening_periods;
  do $$ begin
    if not exists (select from pg_constraint where conname = 'lottery_draws_pkey') then
      alter table lottery_draws add constraint lottery_draws_pkey primary key (lottery_id);
    end if;
  end $$;`;

/** Rows that come out of a function cannot be locked. */
const takeRowLockAway = () =>
  house.sql.unsafe(`
    alter table lotteries rename to lotteries_kept;
    create function all_lotteries() returns setof lotteries_kept language sql as
      'select * from lotteries_kept';
    create view lotteries as select * from all_lotteries();`);

const takeKeyAway = () =>
  house.sql.unsafe('alter table lottery_draws drop constraint lottery_draws_pkey');

/** Two managers press the button while the house draws by itself. */
const drawAtOnce = async () => {
  const asManager = () => drawLottery(house.contextOf(manager.actor), lotteryId);
  const answers = await Promise.allSettled([
    asManager(),
    asManager(),
    drawLottery(house.contextOf(job), lotteryId),
    drawDueLotteries(house.contextOf(job)).then(({ drawn }) => {
      if (drawn === 0) throw new Error('nothing was drawn');
    }),
  ]);
  return answers.filter(({ status }) => status === 'fulfilled').length;
};

const counts = async () => {
  const [row] = await house.sql`select
    (select count(*)::int from lottery_draws) as draws,
    (select count(*)::int from lottery_entries where state = 'won') as winners,
    (select count(*)::int from bookings where state = 'held' and created_at = ${times.draw}) as holds`;
  return row;
};

describe('a lottery drawn by several at once', () => {
  it('is drawn once: one result, one winner, one hold', async () => {
    expect(await drawAtOnce()).toBe(1);
    expect(await counts()).toEqual({ draws: 1, winners: 1, holds: 1 });
  });

  it('is drawn once by its key alone', async () => {
    await takeRowLockAway();
    expect(await drawAtOnce()).toBe(1);
    expect((await counts())!['draws']).toBe(1);
  });

  it('without lock and key has more than one result: the two are what holds', async () => {
    await takeRowLockAway();
    await takeKeyAway();
    expect(await drawAtOnce()).toBeGreaterThan(1);
    expect((await counts())!['draws']).toBeGreaterThan(1);
  });
});

it('what a winner lets go is offered to one of the line, however many look at once', async () => {
  await drawLottery(house.contextOf(job), lotteryId);
  const [winner] = await house.sql`
    select id, booking_id from lottery_entries where state = 'won' and lottery_id = ${lotteryId}`;
  const declined = await house.call(
    `/api/openings/lotteries/${lotteryId}/entries/${winner!['id'] as string}/decline`,
    { as: manager, json: {} },
  );
  expect(declined.status).toBe(200);
  await Promise.all(Array.from({ length: 8 }, () => promoteLine(house.contextOf(job), lotteryId)));
  const states = await house.sql`
    select state from lottery_entries where lottery_id = ${lotteryId} order by state`;
  expect(states.map(({ state }) => state as string)).toEqual([
    'declined',
    'next_in_line',
    'next_in_line',
    'won',
  ]);
});
