import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;
let sent: string[] = [];

const isOurs = (statement: string) => !statement.includes('pg_catalog.pg_type');

beforeAll(async () => {
  house = await openTestApp({
    onQuery: (statement) => {
      if (isOurs(statement)) sent.push(statement);
    },
  });
  organizer = await house.organizer();
  manager = await house.staff('manager', 'big-palette', 'corasse');
});

afterAll(() => house.close());

const propose = async (changes: Record<string, unknown>) => {
  const json = { from: '2027-02-14', needs: [{ people: 400, layout: 'theatre' }], ...changes };
  return house.call('/api/proposals', { json });
};

const proposed = async (changes: Record<string, unknown>) => {
  const { status, body } = await propose(changes);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

const hold = async (uses: object[], changes: Record<string, unknown> = {}) => {
  const { status, body } = await house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, { title: '秘密の新製品発表会', uses, ...changes }),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.booking;
};

interface Place {
  readonly kind: string;
  readonly configurationId: string;
}

interface Room {
  readonly configurationId: string;
  readonly uses: readonly { configuration: string; date: string; band: string; phase: string }[];
}

const roomIds = ({ rooms }: { rooms: readonly Room[] }) =>
  rooms.map(({ configurationId }) => configurationId);

const example = {
  from: '2027-02-13',
  to: '2027-02-28',
  days: '２',
  band: 'daytime',
  setup: 'half_day',
  needs: [
    { people: '４００', layout: 'theatre' },
    { people: 30, layout: 'school', count: 3 },
  ],
};

describe('the finder', () => {
  it('plans 400 in a theatre and three rooms of 30 for two days, to be quoted and held as it is', async () => {
    const { plans, planCount, alternatives } = await proposed(example);
    expect(planCount).toBeGreaterThan(3);
    expect(alternatives).toEqual([]);
    const [first] = plans;
    expect(first.venue.id).toBe('big-palette');
    expect(first.rooms).toHaveLength(4);
    expect(first.rooms[0]).toMatchObject({
      configurationId: 'big-palette.convention-hall.a',
      seat: { layout: 'theatre', capacity: 522 },
      people: 400,
    });
    expect(first.rooms[0].uses.map(({ phase }: { phase: string }) => phase)).toEqual([
      'setup',
      'event',
      'event',
    ]);
    const uses = first.rooms.flatMap((room: Room) =>
      room.uses.map(({ configuration, ...use }) => ({
        ...use,
        configuration,
        room: configuration.split('.').slice(0, 2).join('.'),
      })),
    );
    const quoted = await house.call('/api/quotes', { json: { venue: first.venue.id, uses } });
    expect(quoted.body.quote.totalYen).toBe(first.quote.totalYen);
    const booking = await hold(uses, { venue: first.venue.id });
    expect(booking.quote.totalYen).toBe(first.quote.totalYen);
    expect(booking.uses).toHaveLength(12);
  });

  it('ranks across halls and venues, saying why, and never promises what is taken', async () => {
    const { plans } = await proposed({ ...example, from: '2027-02-15' });
    const scores = plans.map(({ score }: { score: number }) => score);
    expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a));
    for (const { score, reasons } of plans) {
      const lost = reasons.reduce(
        (sum: number, reason: { pointsLost: number }) => sum + reason.pointsLost,
        0,
      );
      expect(100 - lost).toBe(score);
    }
    expect(new Set(plans.map((plan: { rooms: Room[] }) => roomIds(plan).join())).size).toBe(
      plans.length,
    );
  });

  it('says what stands in the way and never whose it is', async () => {
    await hold([
      { room: 'exhibition-hall', configuration: 'a', date: '2027-03-05', band: 'morning' },
    ]);
    const asked = {
      from: '2027-03-05',
      needs: [{ people: 1200, layout: 'theatre' }],
      venues: ['big-palette'],
    };
    const body = await proposed(asked);
    const reasons = new Map(
      body.notChosen.map((one: { configurationId: string; ja: string; code: string }) => [
        one.configurationId,
        `${one.code} ${one.ja}`,
      ]),
    );
    expect(reasons.get('big-palette.exhibition-hall.a')).toBe(
      'held 3月5日: 多目的展示ホール A(南側)は仮予約中です。',
    );
    expect(reasons.get('big-palette.exhibition-hall.all')).toBe(
      'other_part 3月5日: 多目的展示ホール 全面は、同じ部屋のA(南側)が仮予約中のため空いていません。',
    );
    expect(reasons.get('big-palette.convention-hall.all')).toContain('too_small');
    expect(JSON.stringify(body)).not.toMatch(/秘密|bkg_|org_|acc_|R08-|佐藤|実行委員会/);
  });

  it('offers the nearest alternatives where nothing fits', async () => {
    const closed = await proposed({ from: '2026-12-30', band: 'morning' });
    expect(closed.plans).toEqual([]);
    expect(closed.notChosen[0]).toMatchObject({ code: 'closed', closureKind: 'annual' });
    const [other] = closed.alternatives;
    expect(other).toMatchObject({ change: 'other_days', ja: '別の日なら空いています' });
    expect(['2026-12-28', '2027-01-04']).toContain(other.startsOn);
    expect(other.quote.totalYen).toBeGreaterThan(0);
  });

  it('tells from when a day can be booked', async () => {
    const { plans, notChosen } = await proposed({
      from: '2028-02-10',
      needs: [{ people: 20, layout: 'meeting' }],
    });
    expect(plans).toEqual([]);
    const waiting = notChosen.filter(({ code }: { code: string }) => code === 'not_open_yet');
    expect(waiting[0]).toMatchObject({ opensOn: '2027-08-01' });
  });

  it('asks for what a room offers and marks what is not confirmed', async () => {
    const { plans } = await proposed({
      needs: [{ people: 300, layout: 'theatre', features: ['screen'] }],
      features: ['wheelchair'],
    });
    const ids = new Set(plans.flatMap(roomIds));
    expect([...ids].every((id) => String(id).startsWith('big-palette.convention-hall'))).toBe(true);
    expect(plans[0].rooms[0].unsureFeatures).toEqual(['wheelchair']);
  });

  it('refuses what cannot be searched, naming the field', async () => {
    const refusals = [
      [{ to: '2027-02-01' }, 400, 'slots.range_reversed'],
      [{ from: '2026-11-01', to: '2026-11-02' }, 422, 'proposals.past_window'],
      [{ to: '2029-02-14' }, 422, 'proposals.window_too_long'],
      [{ to: '2027-02-15', days: 5 }, 422, 'proposals.window_too_short'],
      [{ needs: [{ count: 20 }, { count: 20 }] }, 422, 'proposals.too_many_rooms'],
      [{ venues: ['castle'] }, 404, 'venues.unknown'],
      [{ needs: [{ people: '沢山' }] }, 400, 'http.invalid_input'],
      [{ needs: [] }, 400, 'http.invalid_input'],
    ] as const;
    for (const [changes, status, code] of refusals) {
      const { status: answered, body } = await propose(changes);
      expect([answered, body.error.code]).toEqual([status, code]);
    }
    const { body } = await propose({ to: '2027-02-15', days: 5 });
    expect(body.error.fields).toMatchObject([{ path: 'to' }]);
  });

  it('asks the database as often for one room as for four, and for a day as for a year', async () => {
    const statementsOf = async (changes: Record<string, unknown>) => {
      sent = [];
      const { plans } = await proposed({ venues: ['big-palette'], ...changes });
      expect(plans.length).toBeGreaterThan(0);
      return sent.length;
    };
    const once = await statementsOf({});
    expect(once).toBeLessThan(16);
    expect(await statementsOf(example)).toBe(once);
    expect(await statementsOf({ from: '2026-11-25', to: '2027-11-20', maxPlans: 40 })).toBe(once);
  });
});

describe('the places for a use', () => {
  it('explain what blocks a wish and name what is free in time, part and venue', async () => {
    const wish = {
      configuration: 'corasse.multipurpose-hall.a',
      date: '2027-02-20',
      band: 'daytime',
    };
    await hold(
      [{ room: 'multipurpose-hall', configuration: 'a', date: '2027-02-20', band: 'afternoon' }],
      { venue: 'corasse' },
    );
    const { status, body } = await house.call('/api/proposals/explanations', {
      json: { uses: [{ ...wish, layout: 'theatre', attendance: '１５０' }] },
    });
    expect(status).toBe(200);
    const [use] = body.uses;
    expect(use.block).toMatchObject({ code: 'held', ja: 'この日時は仮予約中です。' });
    const kinds = use.places.map(({ kind, configurationId }: Place) => [kind, configurationId]);
    expect(kinds).toContainEqual(['other_part', 'corasse.multipurpose-hall.b']);
    expect(kinds).toContainEqual(['other_day', 'corasse.multipurpose-hall.a']);
    expect(kinds.map(([kind]: [string]) => kind)).toContain('other_venue');
    const part = use.places.find(({ kind }: { kind: string }) => kind === 'other_part');
    expect(part.differenceYen).toBe(part.feeYen - (await feeOf(wish)));
    expect(JSON.stringify(body)).not.toMatch(/秘密|bkg_|org_/);
  });

  const feeOf = async ({ configuration, date, band }: Record<string, string>) => {
    const [venue, room] = configuration!.split('.');
    const uses = [{ room, configuration, date, band }];
    const { body } = await house.call('/api/quotes', { json: { venue, uses } });
    return body.quote.totalYen;
  };

  it('refuse a room that is nowhere', async () => {
    const { status, body } = await house.call('/api/proposals/explanations', {
      json: { uses: [{ configuration: 'castle.hall.all', date: '2027-02-20', band: 'morning' }] },
    });
    expect([status, body.error.code]).toEqual([422, 'proposals.unknown_configuration']);
  });
});

describe('the moves of a booking', () => {
  it('are found as if it stood nowhere yet, for those who may see it', async () => {
    const booking = await hold([
      { room: 'exhibition-hall', configuration: 'b', date: '2027-04-10', band: 'daytime' },
      { room: 'convention-hall', configuration: 'a', date: '2027-04-10', band: 'daytime' },
    ]);
    const path = `/api/bookings/${booking.id}/moves`;
    const { status, body } = await house.call(path, { as: manager });
    expect(status).toBe(200);
    expect(
      body.uses.map(({ position, block }: { position: number; block: unknown }) => [
        position,
        block,
      ]),
    ).toEqual([
      [0, null],
      [1, null],
    ]);
    const places = body.uses[0].places as { configurationId: string; differenceYen: number }[];
    const whole = places.find(({ configurationId }) =>
      configurationId.endsWith('exhibition-hall.c'),
    );
    expect(whole).toMatchObject({ kind: 'other_part', differenceYen: 314_600 - 189_200 });
    expect((await house.call(path, { as: organizer })).status).toBe(200);
    const stranger = await house.organizer('通りすがり');
    expect((await house.call(path, { as: stranger })).status).toBe(404);
    expect((await house.call(path)).status).toBe(401);
  });
});
