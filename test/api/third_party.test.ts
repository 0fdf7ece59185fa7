import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedCatalogue } from '#db/seeds/catalogue.ts';
import { prepareCatalogue } from '#db/seeds/prepare.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

const folder = 'test/fixtures';
const fileName = 'apio-iwate.yaml';
const text = fs.readFileSync(path.join(folder, fileName), 'utf8');

let app: TestApp;
let organizer: Organizer;
let manager: Person;

beforeAll(async () => {
  app = await openTestApp();
  await seedCatalogue(app.house.database, folder);
  organizer = await app.organizer();
  manager = await app.staff('manager', 'apio-iwate');
});
afterAll(() => app.close());

const wednesday = '2027-02-17';
const use = (changes: Record<string, unknown> = {}) => ({
  room: 'exhibition-hall',
  date: wednesday,
  band: 'all_day',
  ...changes,
});

const quote = async (uses: unknown[], rest: Record<string, unknown> = {}) => {
  const json = { venue: 'apio-iwate', uses, ...rest };
  return (await app.call('/api/quotes', { json })).body;
};

/** A folder that is gone after the test. */
const withFolder = async (
  files: Record<string, string | Buffer>,
  act: (own: string) => Promise<void>,
) => {
  const own = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-catalogue-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(own, name), content);
    }
    await act(own);
  } finally {
    fs.rmSync(own, { recursive: true });
  }
};

describe('a venue from one data file', () => {
  it('stands among the venues with its rooms', async () => {
    const { body } = await app.call('/api/venues');
    expect(body.venues.map(({ id }: { id: string }) => id)).toContain('apio-iwate');
    const rooms = await app.call('/api/venues/apio-iwate/rooms');
    expect(rooms.body.rooms).toMatchObject([
      {
        code: 'exhibition-hall',
        nameJa: '附属展示場',
        configurations: [{ code: 'all', areaSqm: 2_800 }],
      },
    ]);
  });

  it('tells its prices by kind of day, and where they come from', async () => {
    const { body } = await app.call('/api/venues/apio-iwate/prices');
    expect(body.tariff.holidayRule).toEqual({
      weekdays: [6, 7],
      nationalHolidays: true,
      monthDays: [{ from: '12-29', to: '01-03' }],
    });
    expect(body.prices).toHaveLength(12);
    expect(body.prices).toContainEqual({
      configurationId: 'apio-iwate.exhibition-hall.all',
      bandCode: 'daytime',
      dayType: 'holiday',
      customerClass: 'standard',
      feeYen: 104_600,
      publication: 'published',
      source: 'http://www.apio-iwate.com/index.php/ct04-030/fuzokutenjni/',
    });
  });

  it('is priced as its page says: weekday, Saturday, Sunday, national holiday, 30 December', async () => {
    const days: [string, number][] = [
      [wednesday, 151_700],
      ['2027-02-20', 182_300],
      ['2027-02-21', 182_300],
      ['2027-02-11', 182_300],
      ['2026-12-30', 182_300],
      ['2026-12-28', 151_700],
    ];
    for (const [date, totalYen] of days) {
      expect((await quote([use({ date })])).quote.totalYen, date).toBe(totalYen);
    }
  });

  it('is priced with its 70 % and its 50 times the admission', async () => {
    const uses = [use({ phase: 'setup', date: '2027-02-16' }), use()];
    const { quote: quoted } = await quote(uses, { admissionMaxYen: '１，０００円' });
    const amounts = quoted.lines.map(({ kind, amountYen }: Record<string, unknown>) => [
      kind,
      amountYen,
    ]);
    expect(amounts).toEqual([
      ['room', 106_190],
      ['room', 151_700],
      ['admission', 50_000],
    ]);
    expect(quoted.isProvisional).toBe(false);
  });

  it('has no price for half of it or for time outside its hours, and invents none', async () => {
    const half = await quote([use({ configuration: 'a' })]);
    expect(half.error.code).toBe('rooms.unknown_configuration');
    const late = await quote([use({ lateHours: 1 })]);
    expect(late.error.code).toBe('fees.no_overtime_price');
    expect(late.error.fields).toMatchObject([{ path: 'uses.0.lateHours' }]);
  });

  it('is held, seen as held, requested and approved', async () => {
    const json = askHold(organizer.organizationId, { venue: 'apio-iwate', uses: [use()] });
    const held = await app.call('/api/bookings', { as: organizer, json });
    expect(held.status).toBe(201);
    expect(held.body.booking).toMatchObject({
      number: 'R08-AP-000001',
      quote: { totalYen: 151_700 },
    });
    const query = `venue=apio-iwate&room=exhibition-hall&from=${wednesday}&to=${wednesday}`;
    const { body } = await app.call(`/api/availability?${query}`);
    expect(body.states.map(({ state }: { state: string }) => state)).toEqual([
      'held',
      'held',
      'held',
    ]);
    const { id, version } = held.body.booking;
    const requested = await app.call(`/api/bookings/${id}/request`, {
      as: organizer,
      json: { version },
    });
    const approved = await app.call(`/api/bookings/${id}/approve`, {
      as: manager,
      json: { version: requested.body.booking.version },
    });
    expect(approved.body.booking.state).toBe('approved');
  });
});

describe('the folder of further venues', () => {
  const pricesOf = () =>
    app.sql`select configuration_id, band_code, day_type, fee_yen from tariff_prices
      where tariff_id like 'apio-iwate.%' order by 1, 2, 3`;

  it('may be read again and changes nothing', async () => {
    const before = await pricesOf();
    await seedCatalogue(app.house.database, folder);
    expect(await pricesOf()).toEqual(before);
  });

  it('takes a price that left the file out of the tariff', async () => {
    const everyDay = text.replace('{ weekday: 47100, holiday: 56000 }', '50000');
    await withFolder({ [fileName]: everyDay }, (own) => seedCatalogue(app.house.database, own));
    const morning = (await pricesOf()).filter((row) => row['band_code'] === 'morning');
    expect(morning).toMatchObject([{ day_type: 'all', fee_yen: 50_000 }]);
    await seedCatalogue(app.house.database, folder);
    expect(await pricesOf()).toHaveLength(12);
  });

  it('is refused whole with the file and the place of what is wrong', async () => {
    const wrong = text.replace('starts: 09:00', 'starts: nine');
    await withFolder({ [fileName]: wrong }, async (own) => {
      const seeding = seedCatalogue(app.house.database, own);
      await expect(seeding).rejects.toThrow(/apio-iwate\.yaml[\s\S]*slots\.morning\.starts: /);
    });
  });

  it('may not bring a venue twice', async () => {
    await withFolder({ 'a.yaml': text, 'b.yaml': text }, async (own) => {
      const seeding = seedCatalogue(app.house.database, own);
      await expect(seeding).rejects.toThrow(/b\.yaml[\s\S]*venue\.code: 「apio-iwate」/);
    });
  });

  const startWith = async (files: Record<string, string | Buffer>) => {
    let said = 'started';
    await withFolder(files, async (own) => {
      const settings = { ...app.house.settings, catalogueFolder: own };
      await prepareCatalogue({ ...app.house, settings }).catch((error: Error) => {
        said = `${error.name}: ${error.message}`;
      });
    });
    return said;
  };
  const stateOfVenues = async () =>
    (
      await app.sql`select md5(string_agg(said, E'\n' order by said)) as digest from (
      select 'venue ' || venues::text as said from venues
      union all select 'rule ' || closed_day_rules::text from closed_day_rules
      union all select 'closure ' || closures::text from closures
      union all select 'price ' || tariff_prices::text from tariff_prices
      union all select 'slot ' || slots::text from slots) as everything`
    )[0]!['digest'] as string;
  const closedOn = (from: string, to: string) =>
    text.replace(
      'closedDays: {}',
      `closedDays:\n  works: { from: ${from}, to: ${to}, reasonJa: 点検, reasonEn: Works, source: not-read }`,
    );

  it('with a wrong file changes nothing in the database, and a start without it works', async () => {
    expect(await startWith({ [fileName]: text })).toBe('started');
    const before = await stateOfVenues();
    const dearer = text.replace('weekday: 47100', 'weekday: 48100');
    const said = await startWith({
      [fileName]: dearer,
      'b.yaml': closedOn('02-31', '03-02')
        .replace('code: apio-iwate', 'code: other')
        .replace('numberPrefix: AP', 'numberPrefix: AQ'),
    });
    expect(said).toMatch(/^CatalogueError: .*b\.yaml[\s\S]*line \d+, closedDays\.works\.from: /);
    expect(await stateOfVenues()).toBe(before);
    expect(await startWith({})).toBe('started');
    expect(await stateOfVenues()).toBe(before);
  });

  it('whose yearly closed days meet a booking is refused with its line, and nothing is closed', async () => {
    const before = await stateOfVenues();
    const said = await startWith({ [fileName]: closedOn('02-15', '02-20') });
    expect(said).toMatch(
      /^CatalogueError: .*apio-iwate\.yaml[\s\S]*line \d+, closedDays\.works: .*2027年2月15日\(月\)から2027年2月20日\(土\).* \/ /,
    );
    expect(await stateOfVenues()).toBe(before);
  });

  it('may not hold text of another encoding or what is no file', async () => {
    const shiftJis = Buffer.from([0x61, 0x3a, 0x20, 0x8d, 0x91, 0x0a]);
    expect(await startWith({ 'sjis.yaml': shiftJis })).toMatch(/sjis\.yaml[\s\S]*UTF-8/);
    const own = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-catalogue-'));
    fs.mkdirSync(path.join(own, 'folder.yaml'));
    const reading = seedCatalogue(app.house.database, own);
    await expect(reading).rejects.toThrow(/folder\.yaml[\s\S]*EISDIR/);
    fs.rmSync(own, { recursive: true });
  });

  it('is refused by the database where the checks of the file should miss something', async () => {
    const clash = text
      .replace('numberPrefix: AP', 'numberPrefix: AQ')
      .replaceAll('apio-iwate', 'x');
    await app.sql`alter table venues add constraint odd check (id <> 'x')`;
    expect(await startWith({ 'x.yaml': clash })).toMatch(
      /^CatalogueError: .*x\.yaml[\s\S]*venues .*23514 odd/,
    );
    await app.sql`alter table venues drop constraint odd`;
  });

  it('must be there', async () => {
    const seeding = seedCatalogue(app.house.database, '/nowhere/at/all');
    await expect(seeding).rejects.toThrow(/\/nowhere\/at\/all[\s\S]*CATALOGUE_FOLDER/);
  });
});
