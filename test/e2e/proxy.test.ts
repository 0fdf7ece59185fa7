import * as fs from 'node:fs';
import { request as ask, type IncomingHttpHeaders } from 'node:http';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { visit } from './browser.ts';
import { hold, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { houseOfWorker } from './steps/house.ts';
import { signIn, signInOf, signInThroughPage, type Person } from './steps/people.ts';

/** nginx and others read 4 KB of headers by default; cookies and their own lines need room too. */
const headerBytesMax = 3 * 1024;
const room = 'big-palette.multipurpose-2.all';

const routes = fs
  .readdirSync('web/src/routes', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('+page.svelte'))
  .map((file) => `/${file.replace(/\([a-z]+\)\/|\/?\+page\.svelte$/g, '')}`);

const patternOf = (address: string): string | undefined => {
  const { pathname } = new URL(address, 'http://house');
  const isLike = (route: string) =>
    new RegExp(`^${route.replace(/\[\w+\]/g, '[^/]+')}$`).test(pathname);
  return routes.find((route) => route === pathname) ?? routes.find(isLike);
};

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly headerBytes: number;
  readonly html: string;
}

/** What the server itself writes, before any proxy has changed it. */
const askServer = (address: string, cookie: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { server } = houseOfWorker().ports;
    const headers = { cookie, 'x-forwarded-proto': 'https' };
    ask({ host: '127.0.0.1', port: server, path: address, headers }, (response) => {
      let html = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (html += chunk));
      response.on('end', () => {
        const headerBytes = Buffer.byteLength(response.rawHeaders.join('\r\n'));
        const { statusCode, headers } = response;
        resolve({ status: statusCode!, headers, headerBytes, html });
      });
    })
      .once('error', reject)
      .end();
  });

const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/href="(\/[^"#]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));

/** Every kind of page that links lead to, once. */
const walk = async (cookie: string, starts: readonly string[]) => {
  const seenPages = new Map<string, number>();
  const ahead = [...starts];
  for (let address = ahead.shift(); address; address = ahead.shift()) {
    const pattern = patternOf(address);
    if (!pattern || seenPages.has(pattern)) continue;
    const { status, headerBytes, html } = await askServer(address, cookie);
    expect(status, address).toBeLessThan(500);
    seenPages.set(pattern, headerBytes);
    ahead.push(...linksOf(html));
  }
  return seenPages;
};

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');

const withoutParameter = routes.filter((route) => !route.includes('['));

const pagesSeenBy = async (person: Person | undefined) => {
  let pages: ReadonlyMap<string, number> = new Map();
  await visit(async (page) => {
    if (person) await signIn(page, person);
    pages = await walk(await cookieOf(page), withoutParameter);
  });
  return pages;
};

describe('headers', () => {
  test('of every page are below 3 KB, as a proxy with default buffers reads them', async () => {
    const all = await Promise.all(
      ([undefined, 'organizer', 'administrator'] as const).map(pagesSeenBy),
    );
    const large = all.flatMap((pages) => [...pages].filter(([, bytes]) => bytes >= headerBytesMax));
    expect(large).toEqual([]);
    const unseen = withoutParameter.filter((route) => !all.some((pages) => pages.has(route)));
    expect(unseen).toEqual([]);
  });
});

const { proxy, url, ports } = houseOfWorker();

const behindNginx = () => {
  test('who comes by http is sent to https, and told to stay', async () => {
    await visit(async (page) => {
      await page.goto(`http://localhost:${ports.plain}/venues`);
      expect(page.url()).toBe(`${url}/venues`);
      const answer = await page.request.get('/venues');
      expect(answer.headers()['strict-transport-security']).toMatch(/^max-age=\d{8}/);
    });
  });

  test('one signs in, uploads, reads a feed and signs out', async () => {
    await visit(async (page) => {
      await page.goto('/sign-in');
      await signInThroughPage(page, signInOf('organizer'));
      await page.waitForURL(`${url}/bookings`);
      const cookies = await page.context().cookies();
      const session = cookies.find(({ name }) => name.endsWith('kaikan.session_token'));
      expect(session).toMatchObject({ secure: true, httpOnly: true });
      const date = await freeDay(page, room);
      const { id } = await hold(page, { configuration: room, date, title: '暗号の会' });
      // As browsers and programs do that know no Sec-Fetch-Site.
      const upload = (origin: string, bytes: number) =>
        page.request.post(`/api/bookings/${id}/files?kind=other&name=plan.pdf`, {
          headers: { origin, 'content-type': 'text/plain' },
          data: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes, ' ')]),
        });
      const uploaded = await upload(url, 2_000_000);
      expect(uploaded.status(), await uploaded.text()).toBe(201);
      expect((await upload('https://elsewhere.example', 10)).status()).toBe(403);
      const tooLarge = await upload(url, 13_000_000);
      expect(tooLarge.status()).toBe(413);
      expect(((await tooLarge.json()) as { error: { code: string } }).error.code).toMatch(
        /too_large/,
      );
      const feed = await page.request.get('/calendars/venues/big-palette.ics');
      expect(await feed.text()).toMatch(/^BEGIN:VCALENDAR/);
      await page.goto('/bookings');
      await page.getByRole('button', { name: 'ログアウト' }).first().click();
      await seen(page.getByRole('link', { name: 'ログイン' }));
    });
  });
};

if (proxy) describe('behind nginx with the configuration of the README', behindNginx);
