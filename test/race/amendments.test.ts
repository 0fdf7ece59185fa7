import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBooking, saveBooking } from '#api/bookings/store/bookings.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { restoreCellGuards, takeCellGuardsAway } from '#test/fixtures/cell_guards.ts';
import { meetBefore } from '#test/fixtures/meeting.ts';

let house: TestApp;
let organizer: Organizer;
let other: Organizer;
let manager: Person;

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizer = await house.organizer('甲');
  other = await house.organizer('乙');
  manager = await house.staff('manager');
});

afterEach(async () => {
  await restoreCellGuards(house);
  await house.close();
});

const useOn = (date: string, configuration = 'a') => ({
  room: 'exhibition-hall',
  configuration,
  date,
  band: 'daytime',
});

const hold = (date: string, as: Organizer, configuration = 'a') =>
  house.call('/api/bookings', {
    as,
    json: askHold(as.organizationId, { uses: [useOn(date, configuration)] }),
  });

const held = async (date: string, as: Organizer = organizer) => (await hold(date, as)).body.booking;

const requested = async (date: string) => {
  const { id } = await held(date);
  const json = { version: 1 };
  return (await house.call(`/api/bookings/${id}/request`, { as: organizer, json })).body.booking;
};

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly purpose: string;
  readonly uses: readonly { readonly id: string }[];
}

const amend = (booking: Shown, uses: object[], as: Organizer = organizer) =>
  house.call(`/api/bookings/${booking.id}/amendments`, {
    as,
    json: {
      version: booking.version,
      asked: { title: booking.title, purpose: booking.purpose, uses },
    },
  });

const movedTo = (booking: Shown, date: string, configuration = 'a') => ({
  ...useOn(date, configuration),
  id: booking.uses[0]!.id,
});

const doubleBooked = async () => {
  const [row] = await house.sql`
    select count(*)::int as pairs from occupancies one join occupancies other
      on one.cell_id = other.cell_id and one.during && other.during and one.id < other.id
    where one.released_at is null and other.released_at is null`;
  return row!['pairs'] as number;
};

/** Live bookings whose cells are not exactly those of their uses, or are in another state. */
const outOfStep = async () => {
  const rows = await house.sql`
    select b.id from bookings b where b.state in ('held', 'requested', 'approved') and (
      exists (select from occupancies o where o.booking_id = b.id and o.released_at is null
        and (o.state <> b.state or not exists (select from booking_uses u
          join configuration_cells part on part.configuration_id = u.configuration_id
          where u.booking_id = b.id and part.cell_id = o.cell_id
            and tstzrange(u.starts_at, u.ends_at) @> o.during)))
      or exists (select from booking_uses u
        join configuration_cells part on part.configuration_id = u.configuration_id
        where u.booking_id = b.id and not exists (select from occupancies o
          where o.booking_id = b.id and o.released_at is null and o.cell_id = part.cell_id
            and o.during @> tstzrange(u.starts_at, u.ends_at))))`;
  return rows.length;
};

const rounds = Array.from({ length: 8 }, (_, index) => index + 1);
const dayOf = (month: string, round: number) => `2027-${month}-${String(round).padStart(2, '0')}`;

describe('a change and an approval of one booking at the same moment', () => {
  it('happen in one order: the later one is told that the booking moved on', async () => {
    for (const round of rounds) {
      const booking = await requested(dayOf('02', round));
      const [changed, approved] = await Promise.all([
        amend(booking, [movedTo(booking, dayOf('03', round), 'b')]),
        house.call(`/api/bookings/${booking.id}/approve`, {
          as: manager,
          json: { version: booking.version },
        }),
      ]);
      expect([changed.status, approved.status].sort()).toEqual([200, 409]);
      const refused = changed.status === 409 ? changed : approved;
      expect(refused.body.error.code).toBe('bookings.stale_version');
    }
    expect(await outOfStep()).toBe(0);
    expect(await doubleBooked()).toBe(0);
  });

  it('without the lock of its row would both be done, and one of them lost', async () => {
    const booking = await requested('2027-02-20');
    const { db } = house.house.database;
    const arrived = makeMeeting(2);
    const deed = (change: object) =>
      db.transaction(async (tx) => {
        const seen = await findBooking(tx, booking.id);
        await arrived();
        await saveBooking(tx, { ...seen, ...change, version: seen.version + 1 });
        await tx.execute(`insert into audit_entries (id, happened_at, actor, action, subject_id)
          values (gen_random_uuid()::text, now(), '{}', 'test', '${booking.id}')`);
      });
    const done = await Promise.allSettled([
      deed({ state: 'approved' }),
      deed({ title: '変更した' }),
    ]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const after = await findBooking(db, booking.id);
    expect(after.version).toBe(booking.version + 1);
    expect(after.state === 'approved' && after.title === '変更した').toBe(false);
    await house.sql`update occupancies set state = ${after.state} where booking_id = ${booking.id}`;
  });
});

/** Everybody waits until all have come. */
const makeMeeting = (count: number) => {
  let missing = count;
  let open: () => void;
  const complete = new Promise<void>((resolve) => (open = resolve));
  return () => {
    missing -= 1;
    if (missing === 0) open();
    return complete;
  };
};

describe('two changes of one booking at the same moment', () => {
  it('are one change and one clear refusal', async () => {
    for (const round of rounds) {
      const booking = await held(dayOf('04', round));
      const answers = await Promise.all([
        amend(booking, [movedTo(booking, dayOf('04', round), 'b')]),
        amend(booking, [movedTo(booking, dayOf('04', round), 'c')]),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
    expect(await outOfStep()).toBe(0);
  });

  it('that swap places with each other end without a deadlock and without double cells', async () => {
    for (const round of rounds) {
      const one = await held(dayOf('05', round));
      const two = await held(dayOf('06', round), other);
      const answers = await Promise.all([
        amend(one, [movedTo(one, dayOf('06', round), 'all')]),
        amend(two, [movedTo(two, dayOf('05', round), 'all')], other),
      ]);
      expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    }
    expect(await outOfStep()).toBe(0);
    expect(await doubleBooked()).toBe(0);
  });
});

describe('a change and a hold of the time it wants', () => {
  const rush = async (month: string, atOnce = <V>(work: () => Promise<V>) => work()) => {
    let won = 0;
    for (const round of rounds) {
      const booking = await held(dayOf(month, round));
      const wanted = dayOf(month, round + 15);
      const answers = await atOnce(() =>
        Promise.all([
          amend(booking, [movedTo(booking, wanted)]),
          hold(wanted, other, 'a+b'),
          hold(wanted, other, 'all'),
        ]),
      );
      won += answers.filter(({ status }) => status === 200 || status === 201).length;
    }
    return won;
  };

  it('have one winner', async () => {
    expect(await rush('07')).toBe(rounds.length);
    expect(await doubleBooked()).toBe(0);
    expect(await outOfStep()).toBe(0);
  });

  it('have more than one without queue and constraint: the two are what holds', async () => {
    await takeCellGuardsAway(house);
    const won = await rush('08', (work) => meetBefore(house, 'occupancies', work));
    expect(won).toBeGreaterThan(rounds.length);
    expect(await doubleBooked()).toBeGreaterThan(0);
  });
});
