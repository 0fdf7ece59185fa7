import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { staffRoles } from '#api/shared/actor.ts';
import { openTestApp, type Person, type TestApp } from '#test/fixtures/app.ts';
import { handle } from '../../web/src/hooks.server.ts';

// Of SvelteKit, and there only within a build.
vi.mock('$app/state', () => ({ page: {} }));

let house: TestApp;
let people: readonly { readonly who: string; readonly as: Person | undefined }[];

beforeAll(async () => {
  house = await openTestApp({ settings: { publicUrl: 'https://kaikan.example.jp' } });
  people = [
    { who: 'stranger', as: undefined },
    { who: 'organizer', as: await house.organizer() },
  ];
  for (const role of staffRoles) people = [...people, { who: role, as: await house.staff(role) }];
});

afterAll(() => house.close());

const told = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
};

const headersOf = ({ headers }: { readonly headers: Headers }) =>
  Object.fromEntries(Object.keys(told).map((name) => [name, headers.get(name)]));

/** What anybody may keep, and asks for again when it has changed. */
const kept = [
  'GET /api/availability',
  'GET /calendars/venues/big-palette.ics',
  'GET /calendars/venues/big-palette/freebusy.ics',
  'GET /api/docs',
  'GET /api/docs/start.js',
];

describe('every answer', () => {
  const routes = async () => {
    const { paths } = (await house.call('/api/openapi.json')).body;
    const described = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => {
        const asked = path
          .replace('/venues/{file}', '/venues/big-palette.ics')
          .replace('{venue}', 'big-palette')
          .replace(/\{\w+\}/g, 'unknown');
        return `${method.toUpperCase()} ${asked}`;
      }),
    );
    const pages = ['/api/health', '/api/openapi.json', '/api/docs', '/api/docs/start.js', '/api/x'];
    return [...described, ...pages.map((path) => `GET ${path}`)];
  };

  it('to everybody says how it may be shown and kept, and what is private is kept by nobody', async () => {
    const all = await routes();
    expect(all.length).toBeGreaterThan(150);
    for (const route of all.filter((one) => !one.endsWith('/sign-out'))) {
      const [method, path] = route.split(' ') as [string, string];
      const query = path === '/api/availability' ? '?venue=big-palette' : '';
      const caching = kept.includes(route) ? expect.stringMatching(/^public/) : 'no-store';
      await Promise.all(
        people.map(async ({ who, as }) => {
          const answer = await house.call(path + query, {
            method,
            ...(method === 'GET' ? {} : { json: {} }),
            ...(as ? { as } : {}),
          });
          expect([who, route, headersOf(answer)]).toEqual([who, route, told]);
          expect([who, route, answer.headers.get('cache-control')]).toEqual([who, route, caching]);
        }),
      );
    }
  });

  it('that anybody may keep is not kept where it is an error', async () => {
    const { status, headers } = await house.call('/api/availability?venue=big-palette&from=x');
    expect([status, headers.get('cache-control')]).toEqual([400, 'no-store']);
  });

  it('that has not changed says all of it too', async () => {
    const path = '/api/availability?venue=big-palette';
    const etag = (await house.call(path)).headers.get('etag')!;
    const again = await house.call(path, { headers: { 'if-none-match': etag } });
    expect([again.status, headersOf(again)]).toEqual([304, told]);
  });

  it('speaks of https only where people come by it', async () => {
    const plain = await openTestApp();
    const behind = await openTestApp({ settings: { trustsProxy: true } });
    const ofHttps = async (app: TestApp, headers: Record<string, string>) =>
      (await app.call('/api/health', { headers })).headers.get('strict-transport-security');
    expect(await ofHttps(plain, { 'x-forwarded-proto': 'https' })).toBeNull();
    expect(await ofHttps(behind, { 'x-forwarded-proto': 'http' })).toBeNull();
    expect(await ofHttps(behind, { 'x-forwarded-proto': 'https' })).toMatch(/^max-age/);
    await plain.close();
    await behind.close();
  });
});

describe('a page', () => {
  afterAll(() => Reflect.deleteProperty(globalThis, 'kaikanApi'));

  type Input = Parameters<typeof handle>[0];
  const open = async (request: Request, me?: object) => {
    let isDone = false;
    const event = {
      url: new URL(request.url),
      route: { id: '/sign-out' },
      request,
      locals: {},
      cookies: { get: () => undefined },
      getClientAddress: () => '127.0.0.1',
    } as unknown as Input['event'];
    globalThis.kaikanApi = { fetch: () => Response.json(me) } as never;
    const answer = await handle({
      event,
      resolve: () => {
        isDone = true;
        return new Response('…');
      },
    });
    return { answer, isDone };
  };
  const address = 'https://kaikan.example.jp/sign-out';
  const cookie = 'kaikan.session_token=x';

  it('says how it may be shown; what somebody who is signed in sees is kept by nobody', async () => {
    const { answer } = await open(new Request(address));
    expect(headersOf(answer)).toEqual(told);
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const own = await open(new Request(address, { headers: { cookie } }), { account: {} });
    expect(own.answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['of another site', { origin: 'https://elsewhere.example' }, false],
    ['of another site, by what the browser says of it', { 'sec-fetch-site': 'cross-site' }, false],
    ['of a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://x.example.jp' }, false],
    ['of nowhere', { origin: 'null' }, false],
    ['of its own', { origin: 'https://kaikan.example.jp' }, true],
    ['of its own, by what the browser says of it', { 'sec-fetch-site': 'same-origin' }, true],
    ['of no browser', {}, true],
  ])('acts for a form %s: %o %s', async (_, headers, isDone) => {
    const asked = await open(new Request(address, { method: 'POST', headers }));
    expect([asked.isDone, asked.answer.status]).toEqual([isDone, isDone ? 200 : 403]);
    expect(headersOf(asked.answer)).toEqual(told);
  });
});
