import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { getDocumentProxy } from 'unpdf';
import { expect } from 'vitest';
import { keyHashOf } from './nginx.ts';
import { houseOfWorker } from './steps/house.ts';

export const devices = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

export type Device = keyof typeof devices;

export interface VisitOptions {
  readonly device?: Device;
  readonly locale?: 'ja-JP' | 'en-GB';
  readonly javaScript?: boolean;
}

const millisecondsOfPatience = 20_000;
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const findChromium = () => {
  const found = [process.env['CHROMIUM_PATH'] ?? '', ...places].find((place) =>
    fs.existsSync(place),
  );
  if (!found) throw new Error('Chromium is missing: install it, or set CHROMIUM_PATH');
  return found;
};

/** A machine without Japanese fonts draws boxes: the browser is shown the fonts npm brought. */
const writeFontConfig = () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-fonts-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const fonts = ['400Regular', '700Bold'].map(
    (weight) =>
      `<dir>${path.resolve('node_modules/@expo-google-fonts/noto-sans-jp', weight)}</dir>`,
  );
  const file = path.join(folder, 'fonts.conf');
  fs.writeFileSync(
    file,
    `<?xml version="1.0"?>\n<fontconfig>${fonts.join('')}<cachedir>${folder}/cache</cachedir></fontconfig>\n`,
  );
  return file;
};

const onlyHere = 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';

let browser: Promise<Browser> | undefined;

const certificateArguments = () => {
  const { proxy } = houseOfWorker();
  return proxy ? [`--ignore-certificate-errors-spki-list=${keyHashOf(proxy.folder)}`] : [];
};

const openBrowser = () =>
  (browser ??= chromium.launch({
    executablePath: findChromium(),
    // A container without its own user namespace cannot sandbox; the pages are our own. What has no
    // graphics card draws faster where it does not pretend to have one.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      `--host-resolver-rules=${onlyHere}`,
      ...certificateArguments(),
    ],
    env: { ...process.env, FONTCONFIG_FILE: writeFontConfig() } as Record<string, string>,
  }));

/** A page that is left while its code still comes says so; code that is not there is seen by its answer. */
const isLeftBehind = (message: string) =>
  message.startsWith('Failed to fetch dynamically imported module');

/** Everything that went wrong behind the reader's back while a page was open. */
const watch = (context: BrowserContext, host: string) => {
  const troubles: string[] = [];
  // Listening, not routing: a route takes the browser's cache away, and every page would load all its code anew.
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== host)
      troubles.push(`asked another host: ${request.url()}`);
  });
  context.on('weberror', (error) => {
    const { message } = error.error();
    if (!isLeftBehind(message)) troubles.push(`threw: ${message}`);
  });
  context.on('response', (response) => {
    const isOurCode = new URL(response.url()).pathname.startsWith('/_app/');
    if (response.status() >= (isOurCode ? 400 : 500))
      troubles.push(`${response.status()} from ${response.url()}`);
  });
  return troubles;
};

/** Where nobody keeps the pictures, the words of the page still tell what it waited for. */
const withWhatPageSaid = async (error: unknown, page: Page): Promise<unknown> => {
  const { pathname } = new URL(page.url());
  await takeScreenshot(page, `trouble${pathname.replace(/\W+/g, '-')}`).catch(() => undefined);
  const said = await page
    .locator('main')
    .innerText({ timeout: 1_000 })
    .catch(() => 'nothing');
  if (error instanceof Error) {
    error.message += `\n${page.url()} said:\n${said.replace(/\s*\n\s*/g, ' | ').slice(0, 1_500)}`;
  }
  return error;
};

/**
 * Opens a page of the built server and gives it to `journey`; relative addresses work.
 * Fails when a page threw, a request failed with 5xx, or anything asked another host.
 */
export const visit = async (
  journey: (page: Page) => Promise<void>,
  { device = 'desktop', locale = 'ja-JP', javaScript = true }: VisitOptions = {},
): Promise<void> => {
  const baseURL = houseOfWorker().url;
  const context = await (
    await openBrowser()
  ).newContext({
    baseURL,
    // For what is asked beside the pages, without the browser.
    ignoreHTTPSErrors: true,
    locale,
    timezoneId: 'Asia/Tokyo',
    viewport: devices[device],
    hasTouch: device === 'phone',
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(millisecondsOfPatience);
  const page = await context.newPage();
  try {
    const troubles = watch(context, new URL(baseURL).hostname);
    await journey(page);
    if (troubles.length > 0) throw new Error(`the journey ended, but:\n${troubles.join('\n')}`);
  } catch (error) {
    throw await withWhatPageSaid(error, page);
  } finally {
    await context.close();
  }
};

/** Our pages have no frames: the old way of axe needs no second page to gather what it found. */
const axeOf = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });

/** WCAG 2.2 level A and AA, as far as a machine can tell. */
export const expectAccessible = async (
  page: Page,
  { without = [] }: { readonly without?: string[] } = {},
): Promise<void> => {
  const { violations } = await axeOf(page).withTags(wcag22aa).disableRules(without).analyze();
  if (violations.length === 0) return;
  const found = violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}`);
    return `  ${id}: ${help} (${nodes.length})\n${where.join('\n')}`;
  });
  throw new Error(`${page.url()} is not accessible:\n${found.join('\n')}`);
};

/** Whether ink stands out from its ground; all that changes when the lights go out. */
export const expectContrast = async (page: Page): Promise<void> => {
  const { violations } = await axeOf(page).withRules(['color-contrast']).analyze();
  const found = violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' ')));
  if (found.length > 0) throw new Error(`${page.url()} is hard to read:\n  ${found.join('\n  ')}`);
};

/** A page wider than its window makes phones scroll sideways. */
export const expectFitting = async (page: Page): Promise<void> => {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  if (content! > window!) {
    throw new Error(`${page.url()} is ${content} pixels wide in a window of ${window}`);
  }
};

/** The days of a printed month by how far to the right of the sheet they stand, as part of its width. */
const placesOfDays = async (pdf: Buffer): Promise<{ pages: number; places: number[] }> => {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const sheet = await document.getPage(1);
  const { width } = sheet.getViewport({ scale: 1 });
  const { items } = await sheet.getTextContent();
  const places = items.flatMap((item) =>
    'str' in item && /^(2[2-8])$/.test(item.str.trim())
      ? [(Number(item.transform[4]) + item.width) / width]
      : [],
  );
  return { pages: document.numPages, places };
};

/** A month on paper loses no day, upright or lying, and needs one sheet. */
export const expectWholeOnOneSheet = async (page: Page): Promise<void> => {
  for (const landscape of [false, true]) {
    const { pages, places } = await placesOfDays(await page.pdf({ format: 'A4', landscape }));
    expect(pages).toBe(1);
    expect(places.length).toBeGreaterThanOrEqual(7);
    expect(Math.max(...places)).toBeLessThan(1);
  }
};

/** Readable by everybody and no wider than its window. */
export const expectGoodPage = async (page: Page): Promise<void> => {
  await expectFitting(page);
  await expectAccessible(page);
};

/** Leaves `test-results/<name>-<width>.png`, where somebody will look at it. */
export const takeScreenshot = async (page: Page, name: string): Promise<void> => {
  if (process.env['CI']) return;
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: `test-results/${name}-${width}.png`, fullPage: true });
};
