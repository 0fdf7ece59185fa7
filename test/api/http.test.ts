import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { inspectRoutes } from 'hono/dev';
import { removeOldKeys } from '#api/http/store.ts';
import {
  openTestApp,
  type Answer,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  manager = await house.staff('manager');
});

afterAll(() => house.close());

const askQuote = (changes: Record<string, unknown> = {}) => ({
  venue: 'big-palette',
  uses: [{ room: 'exhibition-hall', configuration: 'a', date: '2027-02-14', band: 'daytime' }],
  ...changes,
});

const useWith = (changes: Record<string, unknown>) => ({
  uses: [{ ...askQuote().uses[0], ...changes }],
});

const quote = (json: unknown, headers: Record<string, string> = {}) =>
  house.call('/api/quotes', { json, headers });

const held = (date: string, key?: string) =>
  house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, {
      uses: [{ room: 'exhibition-hall', configuration: 'c', date, band: 'daytime' }],
    }),
    ...(key ? { headers: { 'Idempotency-Key': key } } : {}),
  });

interface Subject {
  readonly id: string;
  readonly version: number;
  readonly as: Person;
}

/** A booking that stands where the example of an address with an id begins. */
const bookingsFor: Readonly<Record<string, () => Promise<Subject>>> = {
  '/api/bookings/{id}/request': () => bookingAt('2027-04-01', 'held'),
  '/api/bookings/{id}/withdraw': () => bookingAt('2027-04-02', 'held'),
  '/api/bookings/{id}/approve': () => bookingAt('2027-04-03', 'requested', manager),
  '/api/bookings/{id}/refuse': () => bookingAt('2027-04-04', 'requested', manager),
  '/api/bookings/{id}/cancel': () => bookingAt('2027-04-05', 'approved'),
  '/api/bookings/{id}/payments': () => bookingAt('2027-04-09', 'approved'),
};

const bookingAt = async (
  date: string,
  state: 'held' | 'requested' | 'approved',
  as: Person = organizer,
): Promise<Subject> => {
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const json = askHold(organizer.organizationId, { uses });
  let { booking } = (await house.call('/api/bookings', { as: organizer, json })).body;
  const step = async (name: string, by: Person) => {
    const { id, version } = booking;
    const path = `/api/bookings/${id}/${name}`;
    ({ booking } = (await house.call(path, { as: by, json: { version } })).body);
  };
  if (state !== 'held') await step('request', organizer);
  if (state === 'approved') await step('approve', manager);
  await house.runJobs();
  return { id: booking.id, version: booking.version, as };
};

interface Example {
  readonly path: string;
  readonly example: object;
  readonly isOpen: boolean;
}

/** Every example of a body in the document, with its address. */
const listExamples = async (): Promise<readonly Example[]> => {
  const { paths, components } = (await house.call('/api/openapi.json')).body;
  const examplesOf = (schema: { $ref?: string; example?: object } = {}): object[] => {
    if (schema.$ref) return examplesOf(components.schemas[schema.$ref.split('/').at(-1)!]);
    return schema.example ? [schema.example] : [];
  };
  return Object.entries<Record<string, Answer['body']>>(paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ requestBody, security }) =>
      examplesOf(requestBody?.content['application/json']?.schema).map((example) => ({
        path,
        example,
        isOpen: security.length === 0,
      })),
    ),
  );
};

const mountedRoutes = () => [
  ...new Set(
    inspectRoutes(house.app)
      .filter(({ method, path, isMiddleware }) => {
        const isDescription = /^\/api\/(docs|openapi\.json)/.test(path);
        return !isMiddleware && method !== 'ALL' && path.startsWith('/api/') && !isDescription;
      })
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

describe('input that cannot be read', () => {
  it('is named as such when it is not JSON', async () => {
    const { status, body } = await house.call('/api/quotes', { raw: '{"venue": ' });
    expect([status, body.error.code]).toEqual([400, 'http.malformed_json']);
  });

  it('is one answer that names every field, with the path and a sentence for each', async () => {
    const { status, body } = await quote({ uses: [{ room: 'exhibition-hall' }] });
    expect([status, body.error.code]).toEqual([400, 'http.invalid_input']);
    expect(body.error.fields).toEqual([
      { path: 'venue', code: 'http.required', message: '入力してください。' },
      { path: 'uses.0.date', code: 'http.required', message: '入力してください。' },
      { path: 'uses.0.band', code: 'http.required', message: '入力してください。' },
    ]);
  });

  it.each([
    ['a number for a text', { venue: 5 }, 'venue', 'http.wrong_form'],
    ['no use at all', { uses: [] }, 'uses', 'http.too_few'],
    ['a day that does not exist', useWith({ date: '2027-02-30' }), 'uses.0.date', 'http.not_a_day'],
    ['a phase nobody knows', useWith({ phase: 'party' }), 'uses.0.phase', 'http.not_a_choice'],
    ['a name that never ends', useWith({ band: 'x'.repeat(41) }), 'uses.0.band', 'http.too_long'],
    ['an empty name', useWith({ band: '' }), 'uses.0.band', 'http.required'],
    ['half a person', useWith({ attendance: 1.5 }), 'uses.0.attendance', 'http.not_whole'],
    ['fewer than nobody', useWith({ attendance: -1 }), 'uses.0.attendance', 'http.too_small'],
    ['25 hours a day', useWith({ coolingHours: 25 }), 'uses.0.coolingHours', 'http.too_big'],
    [
      'letters for a number',
      useWith({ attendance: 'many' }),
      'uses.0.attendance',
      'http.not_a_number',
    ],
  ])('names %s', async (_, changes, path, code) => {
    const { status, body } = await quote(askQuote(changes));
    expect(status).toBe(400);
    expect(body.error.fields).toEqual([{ path, code, message: expect.stringMatching(/。|：/) }]);
  });

  it('is refused when it asks for more uses than a booking can have', async () => {
    const { body } = await quote(askQuote({ uses: Array(201).fill(askQuote().uses[0]) }));
    expect(body.error.fields[0]).toMatchObject({
      path: 'uses',
      code: 'http.too_many',
      message: '200件以内にしてください。',
    });
  });

  it('is not taken for JSON when it does not say so', async () => {
    const { status, body } = await house.call('/api/quotes', {
      raw: JSON.stringify(askQuote()),
      headers: { 'content-type': 'application/xml' },
    });
    expect([status, body.error.code]).toEqual([400, 'http.invalid_input']);
  });
});

describe('an address that is not there', () => {
  it('answers in the same form as every error', async () => {
    for (const path of ['/api/nothing', '/api/venues/', '/elsewhere']) {
      const { status, body, headers } = await house.call(path);
      expect([status, body.error.code]).toEqual([404, 'http.not_found']);
      expect(body.error.requestId).toBe(headers.get('X-Request-Id'));
    }
    const wrongMethod = await house.call('/api/quotes', { method: 'GET' });
    expect([wrongMethod.status, wrongMethod.body.error.code]).toEqual([404, 'http.not_found']);
  });
});

describe('a form of another site', () => {
  const form = { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  const elsewhere: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'https://sister.example' },
  ];
  const post = (headers: Record<string, string>) =>
    house.call('/api/quotes', {
      raw: 'venue=big-palette',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  it('is refused', async () => {
    for (const headers of [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
    ]) {
      const { status, body } = await post(headers as Record<string, string>);
      expect([status, body.error.code]).toEqual([403, 'http.cross_site']);
    }
  });

  it('is not a program, which says nothing of where it comes from, whatever it sends', async () => {
    const path = '/api/payments/pat_unknown/cancel';
    for (const sent of [{}, { raw: '{}' }, form]) {
      expect((await house.call(path, { method: 'POST', as: organizer, ...sent })).status).toBe(404);
      for (const headers of elsewhere) {
        const { status } = await house.call(path, {
          method: 'POST',
          as: organizer,
          ...sent,
          headers: { ...('headers' in sent ? sent.headers : {}), ...headers },
        });
        expect(status).toBe(403);
      }
    }
  });

  it('does not sign anybody out, and a program does', async () => {
    const leave = (headers: Record<string, string>, sent = {}) =>
      house.call('/api/accounts/sign-out', { method: 'POST', as: leaving, ...sent, headers });
    const leaving = await house.organizer('帰る会');
    for (const headers of elsewhere) {
      expect((await leave(headers)).status).toBe(403);
      expect((await leave({ ...form.headers, ...headers }, { raw: '' })).status).toBe(403);
      expect((await leave(headers, { json: {} })).status).toBe(403);
    }
    expect((await house.call('/api/accounts/me', { as: leaving })).status).toBe(200);
    expect((await leave(form.headers, { raw: '' })).status).toBe(200);
    expect((await house.call('/api/accounts/me', { as: leaving })).status).toBe(401);
  });

  it('is not our own page behind a proxy that ends TLS', async () => {
    expect((await post({ origin: house.house.settings.publicUrl })).status).toBe(400);
  });

  it('is not our own page', async () => {
    expect((await post({ origin: 'http://localhost' })).status).toBe(400);
  });

  it('is not an upload behind a proxy with TLS by a browser that sends no Sec-Fetch-Site', async () => {
    const house = await openTestApp({
      settings: { publicUrl: 'https://kaikan.example.jp', trustsProxy: true },
    });
    onTestFinished(() => house.close());
    const upload = async (headers: Record<string, string>) => {
      const boundary = { 'content-type': 'multipart/form-data; boundary=x' };
      const raw = '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\na\r\n--x--\r\n';
      const path = '/api/bookings/bkg_00000000000000000000000000/files';
      return (await house.call(path, { raw, headers: { ...boundary, ...headers } })).body.error
        .code as string;
    };
    const asForwarded = { 'x-forwarded-proto': 'https', host: 'kaikan.internal.example' };
    expect(await upload({ origin: 'https://kaikan.example.jp' })).toBe('accounts.sign_in_required');
    expect(await upload({ origin: 'https://kaikan.internal.example', ...asForwarded })).toBe(
      'accounts.sign_in_required',
    );
    expect(await upload({ origin: 'https://elsewhere.example', ...asForwarded })).toBe(
      'http.cross_site',
    );
  });

  it('does not become ours by headers that no proxy of ours has written', async () => {
    const { status } = await post({
      origin: 'https://elsewhere.example',
      host: 'elsewhere.example',
      'x-forwarded-proto': 'https',
    });
    expect(status).toBe(403);
  });
});

describe('a body over 1 MB', () => {
  const large = JSON.stringify({ ...askQuote(), note: 'あ'.repeat(400_000) });

  it('is refused by its announced length', async () => {
    const { status, body } = await house.call('/api/quotes', {
      raw: large,
      headers: { 'content-length': String(Buffer.byteLength(large)) },
    });
    expect([status, body.error.code]).toEqual([413, 'http.too_large']);
  });

  it('is refused when it does not announce its length, with a key too', async () => {
    const { status, body } = await house.call('/api/quotes', {
      raw: large,
      headers: { 'Idempotency-Key': 'large' },
    });
    expect([status, body.error.code]).toEqual([413, 'http.too_large']);
    const rows = await house.sql`select from idempotency_keys where key = 'large'`;
    expect(rows).toHaveLength(0);
  });

  it('is fine just below', async () => {
    const json = { ...askQuote(), note: 'x'.repeat(1_040_000) };
    expect((await quote(json)).status).toBe(200);
  });
});

describe('a file far over what is taken', () => {
  it('is refused with the sentence of files, whether a little or far too large', async () => {
    for (const megabytes of [10.8, 13]) {
      const { status, body } = await house.call(
        '/api/bookings/bkg_unknown/files?kind=other&name=a',
        {
          as: organizer,
          raw: 'x'.repeat(megabytes * 1_048_576),
          headers: { 'content-type': 'application/pdf' },
        },
      );
      if (megabytes > 11) expect([status, body.error.code]).toEqual([413, 'files.too_large']);
      if (megabytes > 11) expect(body.error.message).toContain('10MB');
      else expect(status).toBe(404);
    }
  });
});

describe('dear work', () => {
  const at = (address: string) => ({ 'x-forwarded-for': address });
  let small: TestApp;
  beforeAll(async () => {
    small = await openTestApp({ settings: { publicWorkPerMinute: 30, trustsProxy: true } });
  });
  afterAll(() => small.close());
  const feed = (address: string, as?: Organizer) =>
    small.call('/calendars/venues/big-palette.ics', {
      headers: at(address),
      ...(as ? { as } : {}),
    });

  it('is done so often for one address, and then after the time that is told', async () => {
    expect((await feed('192.0.2.1')).status).toBe(200);
    expect((await feed('192.0.2.1')).status).toBe(200);
    const refused = await feed('192.0.2.1');
    expect([refused.status, refused.body.error.code]).toEqual([429, 'http.too_many']);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect((await feed('192.0.2.2')).status).toBe(200);
    small.clock.advanceMinutes(1);
    expect((await feed('192.0.2.1')).status).toBe(200);
  });

  it('of plans costs more the more is searched', async () => {
    const plans = (count: number) =>
      small.call('/api/proposals', {
        json: { from: '2027-02-01', to: '2027-03-31', needs: [{ people: 30, count }] },
        headers: at('192.0.2.3'),
      });
    expect((await plans(1)).status).toBe(200);
    expect((await plans(20)).status).toBe(429);
  });
});

describe('an Idempotency-Key', () => {
  it('of no use is refused', async () => {
    for (const key of ['', 'with space', 'x'.repeat(256)]) {
      const { status, body } = await quote(askQuote(), { 'Idempotency-Key': key });
      expect([status, body.error.code]).toEqual([400, 'http.idempotency_key_malformed']);
    }
  });

  it('gives the first answer again, and says so', async () => {
    const first = await held('2027-03-01', 'first-answer');
    const again = await held('2027-03-01', 'first-answer');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
  });

  it('gives a refusal again as well', async () => {
    await held('2027-03-02');
    const refused = await held('2027-03-02', 'refused-twice');
    const again = await held('2027-03-02', 'refused-twice');
    expect(refused.status).toBe(409);
    expect([again.status, again.body]).toEqual([409, refused.body]);
  });

  it('belongs to one account: another may use the same', async () => {
    const other = await house.organizer('別の会');
    await held('2027-03-03', 'shared-word');
    const { status, body } = await house.call('/api/bookings', {
      as: other,
      json: askHold(other.organizationId, {
        uses: [
          { room: 'exhibition-hall', configuration: 'b', date: '2027-03-03', band: 'daytime' },
        ],
      }),
      headers: { 'Idempotency-Key': 'shared-word' },
    });
    expect(status).toBe(201);
    expect(body.booking.organizationId).toBe(other.organizationId);
  });

  it('is not for other content', async () => {
    await quote(askQuote(), { 'Idempotency-Key': 'other-content' });
    const { status, body } = await quote(askQuote({ isCommercial: true }), {
      'Idempotency-Key': 'other-content',
    });
    expect([status, body.error.code]).toEqual([422, 'http.idempotency_key_reused']);
  });

  it('is busy while the first request runs', async () => {
    const lock = await house.sql.reserve();
    await lock`begin`;
    await lock`lock table tariffs in access exclusive mode`;
    const first = quote(askQuote(), { 'Idempotency-Key': 'still-running' });
    const claimed = () => house.sql`select from idempotency_keys where key = 'still-running'`;
    while ((await claimed()).length === 0);
    const second = await quote(askQuote(), { 'Idempotency-Key': 'still-running' });
    expect([second.status, second.body.error.code]).toEqual([409, 'http.idempotency_key_busy']);
    expect(second.headers.get('Retry-After')).toBe('1');
    await lock`commit`;
    lock.release();
    expect((await first).status).toBe(200);
    const third = await quote(askQuote(), { 'Idempotency-Key': 'still-running' });
    expect(third.headers.get('Idempotency-Replayed')).toBe('true');
  });

  it('of a request that died is free again after two minutes', async () => {
    const insert = (key: string, minutesAgo: number) => house.sql`
      insert into idempotency_keys (owner, key, request_sha256, created_at)
      values (${organizer.accountId}, ${key}, 'of another life',
        ${new Date(house.clock.now().getTime() - minutesAgo * 60_000).toISOString()})`;
    await insert('died-just-now', 1);
    await insert('died-long-ago', 3);
    expect((await held('2027-03-04', 'died-just-now')).status).toBe(422);
    expect((await held('2027-03-04', 'died-long-ago')).status).toBe(201);
  });

  it('is free again after a fault of ours', async () => {
    await house.sql`alter table organizations rename to organizations_away`;
    const failed = await held('2027-03-05', 'after-a-fault');
    await house.sql`alter table organizations_away rename to organizations`;
    expect(failed.status).toBe(500);
    expect((await held('2027-03-05', 'after-a-fault')).status).toBe(201);
  });

  it('keeps no session and nothing a password could be guessed from', async () => {
    const signIn = () =>
      house.call('/api/accounts/sign-in', {
        json: { email: 'nobody@example.jp', password: 'a guess' },
        headers: { 'Idempotency-Key': 'sign-in-once' },
      });
    const answers = [];
    for (let at = 0; at < 2; at += 1) answers.push((await signIn()).status);
    expect(answers).toEqual([401, 401]);
    const content =
      'POST /api/accounts/sign-in\n{"email":"nobody@example.jp","password":"a guess"}';
    const [row] = await house.sql`
      select request_sha256 from idempotency_keys where key = 'sign-in-once'`;
    expect(row!['request_sha256']).not.toBe(createHash('sha256').update(content).digest('hex'));
  });

  it('is forgotten after two days', async () => {
    await held('2027-03-06', 'of-yesterday');
    const count = async () =>
      (await house.sql`select from idempotency_keys where key = 'of-yesterday'`).length;
    const later = (hours: number) => new Date(house.clock.now().getTime() + hours * 3_600_000);
    await removeOldKeys(house.house.database.db, later(47));
    expect(await count()).toBe(1);
    await removeOldKeys(house.house.database.db, later(49));
    expect(await count()).toBe(0);
  });
});

describe('a fault of ours', () => {
  it('tells the request id and nothing of what is inside', async () => {
    await house.sql`alter table venues rename to venues_away`;
    const { status, body, headers } = await house.call('/api/venues');
    await house.sql`alter table venues_away rename to venues`;
    expect(status).toBe(500);
    expect(body).toEqual({
      error: {
        code: 'http.unexpected',
        message: expect.stringContaining('受付番号'),
        requestId: headers.get('X-Request-Id'),
      },
    });
  });

  it('is told alike when it comes before anybody is known', async () => {
    await house.sql`alter table sessions rename to sessions_away`;
    const { status, body, headers } = await house.call('/api/venues', {
      as: organizer,
      headers: { 'accept-language': 'en' },
    });
    await house.sql`alter table sessions_away rename to sessions`;
    expect([status, body.error.code]).toEqual([500, 'http.unexpected']);
    expect(body.error.message).toContain('Something went wrong on our side');
    expect(body.error.requestId).toBe(headers.get('X-Request-Id'));
  });
});

describe('the language of a sentence', () => {
  const messageFor = async (headers: Record<string, string>) =>
    (await house.call('/api/nothing', { headers })).body.error.message as string;

  it.each([
    ['Japanese unless asked', {}, 'お探しの'],
    ['English where the browser prefers it', { 'accept-language': 'en-GB,en;q=0.9' }, 'Nothing'],
    ['Japanese for other languages', { 'accept-language': 'fr-FR,en;q=0.5' }, 'お探しの'],
    ['what was chosen on the page', { cookie: 'a=b; kaikan.locale=en' }, 'Nothing'],
    [
      'the choice before the browser',
      { cookie: 'kaikan.locale=ja', 'accept-language': 'en' },
      'お探しの',
    ],
    ['no choice that is none', { cookie: 'kaikan.locale=xx' }, 'お探しの'],
  ])('is %s', async (_, headers, start) => {
    expect(await messageFor(headers as Record<string, string>)).toMatch(start);
  });
});

describe('every answer', () => {
  it('carries a request id of its own', async () => {
    const ids = [];
    for (const path of ['/api/health', '/api/venues', '/api/nothing', '/api/docs']) {
      ids.push((await house.call(path)).headers.get('X-Request-Id'));
    }
    expect(new Set(ids).size).toBe(4);
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true);
  });

  it('of the health check tells that the database answers', async () => {
    expect((await house.call('/api/health')).body).toEqual({ status: 'ok' });
  });
});

describe('the description of the API', () => {
  const described = async () => (await house.call('/api/openapi.json')).body;

  it('is OpenAPI 3.1 and lists every route, each with a summary', async () => {
    const { openapi, paths } = await described();
    expect(openapi).toMatch(/^3\.1\./);
    const listed = Object.entries<Record<string, { summary?: string }>>(paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).flatMap(([method, { summary }]) =>
          summary ? [`${method.toUpperCase()} ${path}`] : [],
        ),
    );
    const mounted = mountedRoutes().map((route) => route.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}'));
    expect(mounted.filter((route) => !listed.includes(route))).toEqual([]);
  });

  it('names our error body wherever input is read, and where signing in is needed', async () => {
    const { paths, components } = await described();
    expect(components.schemas.Error.properties.error.required).toEqual([
      'code',
      'message',
      'requestId',
    ]);
    const problemOf = (path: string, method: string, status: number) =>
      paths[path][method].responses[status]?.content['application/json'].schema.$ref;
    const error = '#/components/schemas/Error';
    expect(problemOf('/api/quotes', 'post', 400)).toBe(error);
    expect(problemOf('/api/availability', 'get', 400)).toBe(error);
    expect(problemOf('/api/bookings', 'post', 400)).toBe(error);
    expect(problemOf('/api/bookings', 'post', 409)).toBe(error);
    expect(problemOf('/api/bookings', 'get', 401)).toBe(error);
    expect(problemOf('/api/accounts/sign-in', 'post', 429)).toBe(error);
  });

  it('says how to sign in, where the house is, and what every route takes and may answer', async () => {
    const { paths, components, servers } = await described();
    expect(servers).toEqual([{ url: house.house.settings.publicUrl }]);
    expect(components.securitySchemes.session).toMatchObject({
      in: 'cookie',
      name: 'kaikan.session_token',
    });
    const operations = Object.entries<Record<string, Answer['body']>>(paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          name: `${method} ${path}`,
          operation,
        })),
    );
    const open = operations.filter(({ operation }) => operation.security.length === 0);
    const named = (name: string) => operations.find((one) => one.name === name)!.operation;
    expect(open.map(({ name }) => name)).toContain('post /api/quotes');
    expect(open.map(({ name }) => name)).toContain('post /api/accounts/sign-in');
    expect(named('post /api/bookings').security).toEqual([{ session: [] }]);
    expect(named('post /api/stripe/events').security).toEqual([{ stripeSignature: [] }]);
    expect(operations.filter(({ operation }) => !operation.responses.default)).toEqual([]);
    const bodyOf = (name: string) => Object.keys(named(name).requestBody.content);
    expect(bodyOf('post /api/bookings/{id}/files')).toContain('application/pdf');
    expect(bodyOf('post /api/transfers/imports')).toContain('application/octet-stream');
    expect(bodyOf('post /api/stripe/events')).toEqual(['application/json']);
    const { properties } = components.schemas.Booking;
    expect(properties.createdAt).toMatchObject({ format: 'date-time' });
    const from = named('get /api/availability').parameters.find(
      ({ name }: { name: string }) => name === 'from',
    );
    expect(from.schema.format).toBe('date');
  });

  it('gives examples, and each of them is answered', async () => {
    const examples = await listExamples();
    expect(examples.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/api/quotes', '/api/bookings', ...Object.keys(bookingsFor)]),
    );
    for (const { path, example, isOpen } of examples) {
      const subject = await bookingsFor[path]?.();
      const { status, body } = await house.call(path.replace('{id}', subject?.id ?? ''), {
        ...(isOpen ? {} : { as: subject?.as ?? organizer }),
        json: {
          ...example,
          ...('organizationId' in example ? { organizationId: organizer.organizationId } : {}),
          ...('version' in example ? { version: subject?.version } : {}),
        },
      });
      expect([path, status, status < 300 ? '' : body]).toEqual([
        path,
        expect.toSatisfy((code: number) => code < 300),
        '',
      ]);
    }
  });

  it('is shown on a page that fetches nothing from elsewhere', async () => {
    const page = await house.call<string>('/api/docs');
    expect(page.status).toBe(200);
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
    expect(links).toHaveLength(3);
    for (const link of links) {
      expect(link).toMatch(/^\/api\/docs\//);
      const asset = await house.call<string>(link);
      expect(asset.status).toBe(200);
      expect(asset.headers.get('content-type')).toMatch(/javascript|css/);
      expect(asset.body.length).toBeGreaterThan(50);
    }
  });
});
