import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { instantSchema } from '#api/shared/time.ts';
import { versionedJson } from '#db/schema/columns.ts';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
});

afterAll(() => house.close());

const personSchema = z.object({ name: z.string(), bornAt: instantSchema });
const columns = pgTable('people', {
  person: versionedJson('person', personSchema),
  names: versionedJson('names', z.array(z.object({ name: z.string() })), [
    (older) => z.array(z.string()).parse(older),
    (older) =>
      z
        .array(z.string())
        .parse(older)
        .map((name) => ({ name })),
  ]),
});
const written = (column: 'person' | 'names', value: unknown): unknown =>
  JSON.parse(String(columns[column].mapToDriverValue(value)));
const hanako = { name: '花子', bornAt: new Date('1990-04-01T00:00:00Z') };

describe('JSON of a schema', () => {
  it('says by which version it was written, and comes back as it was, its instants too', () => {
    const raw = { name: '花子', bornAt: '1990-04-01T00:00:00.000Z', $version: 1 };
    expect(written('person', hanako)).toEqual(raw);
    expect(columns.person.mapFromDriverValue(raw)).toEqual(hanako);
    expect(written('names', [{ name: '花子' }])).toEqual({
      $version: 3,
      $value: [{ name: '花子' }],
    });
    expect(columns.names.mapFromDriverValue(written('names', []))).toEqual([]);
  });

  it('that says no version is of the first, and every older one is brought forward', () => {
    const { $version: _, ...raw } = written('person', hanako) as Record<string, unknown>;
    expect(columns.person.mapFromDriverValue(raw)).toEqual(hanako);
    const names = [{ name: '花子' }];
    expect(columns.names.mapFromDriverValue(['花子'])).toEqual(names);
    expect(columns.names.mapFromDriverValue({ $version: 2, $value: ['花子'] })).toEqual(names);
  });

  it('of a newer version is refused, and says so', () => {
    expect(() => columns.names.mapFromDriverValue({ $version: 4, $value: [] })).toThrow(
      'names is of version 4; this program knows 3',
    );
    expect(() => columns.person.mapFromDriverValue({ $version: 'x' })).toThrow('of version NaN');
  });

  it('that lacks something is neither read nor written', () => {
    expect(() => columns.person.mapFromDriverValue({ name: '花子' })).toThrow('bornAt');
    expect(() => written('person', { name: '花子' })).toThrow('bornAt');
  });
});

describe('the promised price of a booking', () => {
  it('is read as it was before there were versions, and not by a program that is older', async () => {
    const json = askHold(organizer.organizationId);
    const { booking } = (await house.call('/api/bookings', { as: organizer, json })).body;
    const look = () => house.call(`/api/bookings/${booking.id}`, { as: organizer });
    const [row] = await house.sql`
      select content->>'$version' as version from booking_quotes where booking_id = ${booking.id}`;
    expect(row).toEqual({ version: '1' });
    await house.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update booking_quotes set content = content - '$version'
        where booking_id = ${booking.id}`;
    });
    expect((await look()).body.booking.quote).toEqual(booking.quote);
    await house.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update booking_quotes set content = content || '{"$version": 2}'
        where booking_id = ${booking.id}`;
    });
    expect((await look()).status).toBe(500);
  });
});
