import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planWorld } from '#db/seeds/world/plan.ts';
import { seedWorld } from '#db/seeds/world.ts';
import { organizationMembers } from '#db/schema/organizations.ts';
import { openTestApp, type Person, type TestApp } from '#test/fixtures/app.ts';
import {
  requestsOf,
  type Description,
  type FuzzedRequest,
  type Known,
} from '#test/fixtures/fuzz.ts';

const seed = Number(process.env['SEED'] ?? 20_261_130);
const requestCount = Number(process.env['REQUESTS'] ?? 5_000);
const atOnce = 8;
const idsOfTableMost = 30;
/** Of a machine that has much else to do. */
const patience = 900_000;

/** Would end the sessions the others ask with. */
const leftOut = ['/api/accounts/sign-out'];

const staff = ['desk', 'manager', 'finance', 'administrator'] as const;

let house: TestApp;
let people: readonly { readonly who: string; readonly as: Person | undefined }[];

beforeAll(async () => {
  house = await openTestApp({
    settings: { logLevel: process.env['LOG_LEVEL'] ?? 'silent' },
  });
  await seedWorld(house.house, (now) =>
    planWorld(now).filter(({ key }) => key.startsWith('special')),
  );
  const venues = ['big-palette', 'corasse', 'hightech-plaza'];
  const organizer = await house.organizer();
  const organizations = await house.sql<{ id: string }[]>`select id from organizations`;
  await house.house.database.db
    .insert(organizationMembers)
    .values(
      organizations.map(({ id }) => ({
        organizationId: id,
        accountId: organizer.accountId,
        joinedAt: house.clock.now(),
      })),
    )
    .onConflictDoNothing();
  people = [
    { who: 'stranger', as: undefined },
    { who: 'organizer', as: organizer },
    { who: 'another organizer', as: await house.organizer('隣の会') },
  ];
  for (const role of staff)
    people = [...people, { who: role, as: await house.staff(role, ...venues) }];
}, patience);

afterAll(() => house.close());

const columnOf = async (table: string, column: string) => {
  const rows = await house.sql<{ value: string }[]>`
    select distinct ${house.sql(column)} as value from ${house.sql(table)} limit ${idsOfTableMost}`;
  return rows.map(({ value }) => value);
};

const findKnown = async (): Promise<Known> => {
  const tables = await house.sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'id' and data_type = 'text' order by 1`;
  const idsByTable = new Map<string, string[]>();
  for (const { name } of tables) {
    const ids = await columnOf(name, 'id');
    if (ids.length > 0) idsByTable.set(name, ids);
  }
  return {
    idsByTable,
    venues: await columnOf('venues', 'id'),
    rooms: await columnOf('rooms', 'code'),
    configurations: await columnOf('configurations', 'id'),
    bands: await columnOf('bands', 'code'),
  };
};

interface Asked {
  readonly who: string;
  readonly as: Person | undefined;
  readonly request: FuzzedRequest;
}

const shown = ({ who, request }: Asked, status: number, code: string) =>
  `${status} ${code} for ${who}: ${request.method} ${request.path} ${request.body ?? ''}`.slice(
    0,
    2_000,
  );

const isMisnamed = (name: string, value: unknown): boolean => {
  if (typeof value !== 'string' || value === '') return false;
  if (/[a-z]At$/.test(name)) return !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(value);
  return /^date$|[a-z]On$/.test(name) && !/^\d{4}-\d{2}-\d{2}$/.test(value);
};

/** Fields that promise a day or an instant by their name, as the description tells, and hold none. */
const misnamed = (asked: Asked, text: string): string | undefined => {
  const found: string[] = [];
  if (text.startsWith('{'))
    JSON.parse(text, (name, value: unknown) => {
      if (isMisnamed(name, value)) found.push(`${name}: ${String(value)}`);
      return value;
    });
  return found.length > 0 ? `${found[0]!} in ${shown(asked, 200, '')}` : undefined;
};

/** What goes wrong on our side, or does not hold to the form of answers. */
const faultOf = async (asked: Asked): Promise<string | undefined> => {
  const { as, request } = asked;
  const response = await house.app.request(request.path, {
    method: request.method,
    headers: { ...request.headers, ...(as ? { cookie: as.cookie } : {}) },
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const { status } = response;
  if (status < 400) return misnamed(asked, await response.text());
  const body = (await response.json()) as { error?: { code?: string } };
  const code = body.error?.code ?? 'without a code';
  return status >= 500 || !body.error?.code ? shown(asked, status, code) : undefined;
};

describe('whatever is sent to an address of the API', () => {
  it(
    `is never our fault: ${requestCount} requests, SEED=${seed}`,
    async () => {
      const description = (await house.call('/api/openapi.json')).body as Description;
      const known = await findKnown();
      const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
      );
      const asked = fc.sample(
        fc.oneof(
          ...operations
            .filter(({ path }) => !leftOut.includes(path))
            .map((operation) =>
              fc.record({
                person: fc.constantFrom(...people),
                request: requestsOf(operation, { description, known }),
              }),
            ),
        ),
        { numRuns: requestCount, seed },
      );
      const faults: string[] = [];
      for (let at = 0; at < asked.length; at += atOnce) {
        const answers = await Promise.all(
          asked
            .slice(at, at + atOnce)
            .map(({ person, request }) => faultOf({ ...person, request })),
        );
        faults.push(...answers.filter((fault) => fault !== undefined));
      }
      expect(faults).toEqual([]);
    },
    patience,
  );
});
