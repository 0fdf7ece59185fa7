import { inspectRoutes } from 'hono/dev';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';

/** What a stranger may ask. Everything else wants to know who is asking. */
const openToStrangers: readonly string[] = [
  'GET /api/availability',
  'GET /api/calendars/events',
  'GET /api/docs',
  'GET /api/docs/start.js',
  'GET /api/docs/swagger-ui-bundle.js',
  'GET /api/docs/swagger-ui.css',
  'GET /api/documents/verifications/:code',
  'GET /api/health',
  'GET /api/openapi.json',
  'GET /api/openings',
  'GET /api/openings/lotteries/:id',
  'GET /api/venues',
  'GET /api/venues/:venue/policies',
  'GET /api/venues/:venue/cancellation-terms',
  'GET /api/venues/:venue/prices',
  'GET /api/venues/:venue/reduction-grounds',
  'GET /api/venues/:venue/rooms',
  'GET /api/venues/:venue/rooms/:room',
  'GET /calendars/feeds/:file',
  'GET /calendars/venues/:file',
  'GET /calendars/venues/:venue/freebusy.ics',
  'POST /api/accounts/confirmations',
  'POST /api/accounts/confirmations/open',
  'POST /api/accounts/password-resets',
  'POST /api/accounts/password-resets/open',
  'POST /api/accounts/sign-in',
  'POST /api/organizations',
  // Who has the token of the letter.
  'POST /api/organizations/invitations/open',
  'POST /api/organizations/invitations/read',
  'POST /api/proposals',
  'POST /api/proposals/explanations',
  'POST /api/quotes',
  'POST /api/quotes/outlook',
  // Signed by the key of the house: the link of the first start.
  'POST /api/staff/first',
  // Signed by the payment service instead of signed in.
  'POST /api/stripe/events',
];

let app: TestApp;
let routes: readonly string[];

beforeAll(async () => {
  app = await openTestApp();
  routes = [
    ...new Set(
      inspectRoutes(app.app)
        .filter(({ isMiddleware }) => !isMiddleware)
        .map(({ method, path }) => `${method} ${path}`),
    ),
  ].sort();
});
afterAll(() => app.close());

const askAsStranger = async (route: string) => {
  const [method, path] = route.split(' ') as [string, string];
  const address = path.replace(/:\w+(\{[^}]*\})?/g, 'unknown').replace('*', 'unknown');
  const { status, body } = await app.call(address, method === 'GET' ? {} : { method, json: {} });
  return { status, code: body?.error?.code as string | undefined };
};

describe('the routes', () => {
  test('turn strangers away unless they are on the public list', async () => {
    const guarded = routes.filter((route) => !openToStrangers.includes(route));
    const answers = await Promise.all(
      guarded.map(async (route) => ({ route, ...(await askAsStranger(route)) })),
    );
    const open = answers.filter(
      ({ status, code }) => status !== 401 || code !== 'accounts.sign_in_required',
    );
    expect(open.map(({ route, status, code }) => `${route}: ${status} ${code ?? ''}`)).toEqual([]);
  });

  test('are all there that the public list names', () => {
    expect(openToStrangers.filter((route) => !routes.includes(route))).toEqual([]);
  });

  test('are all described by the OpenAPI document', async () => {
    const { body } = await app.call('/api/openapi.json');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(
      ([path, operations]) =>
        Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const asDescribed = (route: string) => route.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
    const isPage = (route: string) => /^GET \/api\/(docs|openapi\.json)/.test(route);
    expect(
      routes.filter((route) => !isPage(route) && !described.includes(asDescribed(route))),
    ).toEqual([]);
  });
});
