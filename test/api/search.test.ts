import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { searchText } from '#api/shared/search.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';
import { searchedAlike } from '#test/fixtures/searches.ts';

let app: TestApp;
let organizer: Organizer;
let desk: Person;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, desk] = await Promise.all([app.organizer('㈱ﾃｽﾄ商会　髙橋'), app.staff('desk')]);
});
afterAll(() => app.close());

/** Program and database may know other versions of Unicode: letters added of late are left out. */
const isOld = (point: number) =>
  !/\p{C}/u.test(String.fromCodePoint(point)) && !(0xa720 <= point && point <= 0xa7ff);

describe('the database', () => {
  test('searches by the same rule as the program, letter by letter', async () => {
    const points = Array.from({ length: 0x1_0000 - 1 }, (_, at) => at + 1);
    const letters = [
      ...points.filter(isOld).map((point) => String.fromCodePoint(point)),
      '𠮷',
      '🎪',
      '葛\u{e0100}',
    ];
    const rows = await app.sql<{ letter: string; found: string }[]>`
      select letter, search_text(letter) as found from unnest(${letters}::text[]) letter`;
    const differing = rows.filter(({ letter, found }) => searchText(letter) !== found);
    expect(differing).toEqual([]);
    expect(rows).toHaveLength(letters.length);
  });

  test.each(searchedAlike)('finds %s by %s', async (stored, typed) => {
    const [row] =
      await app.sql`select search_text(${stored}) as one, search_text(${typed}) as other`;
    expect(row).toEqual({ one: searchText(stored), other: searchText(stored) });
  });
});

describe('a booking', () => {
  const titles = ['第２１回　福島県大会', 'ﾃｽﾄ・ｾﾐﾅｰ', '㈱山田商店 新作展'];
  const search = async (query: string) => {
    const { body } = await app.call(`/api/bookings?query=${encodeURIComponent(query)}`, {
      as: desk,
    });
    return body.rows.map(({ title }: { title: string }) => title) as string[];
  };

  beforeAll(async () => {
    for (const [at, title] of titles.entries()) {
      const uses = [
        {
          room: 'exhibition-hall',
          configuration: 'a',
          date: `2027-02-0${at + 1}`,
          band: 'daytime',
        },
      ];
      const json = askHold(organizer.organizationId, { title, uses });
      expect((await app.call('/api/bookings', { as: organizer, json })).status).toBe(201);
    }
  });

  test.each([
    ['第２１回', 0],
    ['第21回', 0],
    ['２１回福島', 0],
    ['ﾃｽﾄ･ｾﾐﾅｰ', 1],
    ['テストセミナー', 1],
    ['てすとせみな', 1],
    ['㈱山田', 2],
    ['株式会社山田', 2],
  ])('is found by %s, as its title is spelled or not', async (query, at) => {
    expect(await search(query)).toEqual([titles[at]]);
  });

  test('is found by its organizer and its number, and by nothing where nothing is typed', async () => {
    expect(await search('テスト商会 高橋')).toHaveLength(3);
    expect(await search('（株）ﾃｽﾄ')).toHaveLength(3);
    expect(await search('％')).toEqual([]);
    expect(await search('ー')).toEqual([]);
  });

  test('is found by its number as people write it: without noughts, in full width, without year', async () => {
    const [row] = await app.sql<{ number: string; title: string }[]>`
      select number, title from bookings where title = ${titles[1]!}`;
    const [era, prefix, digits] = row!.number.split('-') as [string, string, string];
    const short = `${era.replace('R0', 'R')}-${prefix}-${Number(digits)}`;
    const full = [...short]
      .map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
      .join('');
    for (const query of [row!.number, short, full, short.toLowerCase(), short.replaceAll('-', '')])
      expect(await search(query), query).toEqual([row!.title]);
    expect(await search(`${prefix}-${Number(digits)}`)).toEqual([row!.title]);
    expect(await search(`${short}0`)).toEqual([]);
  });

  test('is listed in days that one of its uses is on, past midnight too, and in no days between them', async () => {
    const [row] = await app.sql<{ id: string; zone: string }[]>`
      select bookings.id, zone from bookings join venues on venues.id = venue_id
      where title = ${titles[2]!}`;
    const uses = [
      { starts: '2027-02-03 17:00', ends: '2027-02-04 02:00', on: '2027-02-03' },
      { starts: '2027-02-10 09:00', ends: '2027-02-10 12:00', on: '2027-02-10' },
    ];
    await app.sql`delete from booking_uses where booking_id = ${row!.id} and position > 0`;
    const [first, second] = uses as [(typeof uses)[0], (typeof uses)[0]];
    await app.sql`update booking_uses set used_on = ${first.on},
      starts_at = ${first.starts}::timestamp at time zone ${row!.zone},
      ends_at = ${first.ends}::timestamp at time zone ${row!.zone} where booking_id = ${row!.id}`;
    await app.sql`insert into booking_uses
      (id, booking_id, position, room_id, configuration_id, used_on, band_code, starts_at, ends_at, phase)
      select id || 'x', booking_id, 1, room_id, configuration_id, ${second.on}, band_code,
        ${second.starts}::timestamp at time zone ${row!.zone},
        ${second.ends}::timestamp at time zone ${row!.zone}, phase
      from booking_uses where booking_id = ${row!.id}`;
    const isListed = async (from: string, to: string) => {
      const { body } = await app.call(`/api/bookings?from=${from}&to=${to}`, { as: desk });
      return (body.rows as { id: string }[]).some(({ id }) => id === row!.id);
    };
    expect(await isListed('2027-02-04', '2027-02-04')).toBe(true);
    expect(await isListed('2027-02-10', '2027-02-10')).toBe(true);
    expect(await isListed('2027-02-05', '2027-02-09')).toBe(false);
    expect(await isListed('2027-02-01', '2027-02-02')).toBe(false);
    expect(await isListed('2027-02-11', '2027-02-28')).toBe(false);
  });

  test('has an organizer who is found however the name or telephone is typed', async () => {
    for (const query of ['㈱ﾃｽﾄ', '株式会社てすと', '髙橋', '高橋', '+81 24 947']) {
      const { body } = await app.call(`/api/organizations?query=${encodeURIComponent(query)}`, {
        as: desk,
      });
      const ids = body.organizations.map(({ id }: { id: string }) => id);
      expect(ids, query).toContain(organizer.organizationId);
    }
  });
});

describe('a payment', () => {
  let number: string;
  let finance: Person;

  beforeAll(async () => {
    const manager = await app.staff('manager');
    finance = await app.staff('finance');
    const uses = [
      { room: 'exhibition-hall', configuration: 'a', date: '2027-03-01', band: 'daytime' },
    ];
    const booking = await makeApprovedBooking(app, { organizer, manager }, { uses });
    number = booking.number as string;
    await app.runJobs();
    const json = { method: 'cash' };
    const paid = await app.call(`/api/bookings/${booking.id}/payments`, { as: finance, json });
    expect(paid.status).toBe(201);
  });

  const find = async (query: Record<string, string>) => {
    const asked = new URLSearchParams(query).toString();
    const { body } = await app.call(`/api/payments?${asked}`, { as: finance });
    return body.total as number;
  };

  test('is found by payer, amount, number and day, however they are typed', async () => {
    expect(await find({ query: '株式会社テスト商会' })).toBe(1);
    expect(await find({ query: 'ﾃｽﾄ商会 高橋', amount: '２１７，８００円' })).toBe(1);
    expect(await find({ query: number.toLowerCase().replaceAll('-', '－') })).toBe(1);
    expect(await find({ query: number.replace('R0', 'R').replace(/-0+/, '-') })).toBe(1);
    expect(await find({ amount: '217800', from: '2026-11-01', to: '2027-03-31' })).toBe(1);
  });

  test('of another payer, amount or day is not', async () => {
    expect(await find({ query: '別の商会' })).toBe(0);
    expect(await find({ amount: '217,801' })).toBe(0);
    expect(await find({ query: 'テスト商会', to: '2026-01-01' })).toBe(0);
    const refused = await app.call('/api/payments?amount=abc', { as: finance });
    expect(refused.body.error.fields).toMatchObject([{ path: 'amount' }]);
  });
});

describe('a paper', () => {
  test('is found by its number, whom it is addressed to, and the title of its booking', async () => {
    const manager = await app.staff('manager');
    const find = async (query: string) => {
      const { body } = await app.call(
        `/api/documents?kind=invoice&query=${encodeURIComponent(query)}`,
        { as: manager },
      );
      return body.documents.map(({ number }: { number: string }) => number) as string[];
    };
    const [number] = await find('株式会社テスト商会');
    expect(number).toMatch(/^R08-BP-I-/);
    expect(await find(number!.toLowerCase().replaceAll('-', '‐'))).toEqual([number]);
    expect(await find(number!.replace('R0', 'R').replace(/-0+/, '-'))).toEqual([number]);
    expect(await find('別の商会')).toEqual([]);
  });
});
