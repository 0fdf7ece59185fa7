import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  devices,
  expectAccessible,
  expectContrast,
  expectFitting,
  expectGoodPage,
  takeScreenshot,
  visit,
} from './browser.ts';
import { dayFromNow } from './steps/days.ts';
import { signIn, type Person } from './steps/people.ts';

const patience = { timeout: 300_000 };

const quote = (date: string) =>
  `/quote?venue=big-palette&uses.0.configuration=big-palette.exhibition-hall.all&uses.0.date=${date}&uses.0.band=evening&uses.0.phase=event&uses.0.coolingHours=2.5`;

const publicPages: Readonly<Record<string, string>> = {
  home: '/',
  venues: '/venues',
  venue: '/venues/corasse',
  room: '/venues/big-palette/rooms/exhibition-hall',
  calendar: '/venues/big-palette/calendar?room=convention-hall',
  day: `/venues/big-palette/days/${dayFromNow(20)}`,
  find: `/find?purpose=theatre&people=300&date=${dayFromNow(40)}&band=all_day`,
  'find-nothing': `/find?purpose=banquet&people=90000&date=${dayFromNow(40)}&band=all_day`,
  'quote-venue': '/quote',
  quote: quote(dayFromNow(60)),
  help: '/help',
  accessibility: '/accessibility',
  privacy: '/privacy',
  'sign-in': '/sign-in',
  forgot: '/sign-in/forgot',
  'sign-up': '/sign-up',
  'sign-up-sent': '/sign-up/sent',
};

const memberPages: Readonly<Record<string, string>> = {
  bookings: '/bookings',
  'new-venue': '/bookings/new',
  'new-booking': `/bookings/new?venue=corasse&uses.0.configuration=corasse.room-501.all&uses.0.date=${dayFromNow(50)}&uses.0.band=all_day`,
  organization: '/organizations/new',
};

const staffPages: Readonly<Record<string, string>> = {
  'staff-today': '/staff',
  'staff-requests': '/staff/requests',
  'staff-bookings': '/staff/bookings?state=requested',
  'staff-board': '/staff/board?venue=big-palette',
  'staff-payments': '/staff/payments?state=pending',
  'staff-occupancy': '/staff/occupancy',
  'staff-mailbox': '/staff/mailbox',
};

const seenInTheDark = ['home', 'room', 'calendar', 'quote', 'booking-approved', 'staff-board'];

/** One page by day and by night, on a desk and in a hand. */
const expectLooks = async (page: Page, name: string, address: string): Promise<void> => {
  const answer = await page.goto(address);
  expect(answer?.status(), address).toBe(200);
  expect(await page.getAttribute('html', 'lang')).toBe('ja');
  expect(await page.locator('h1').count(), `${address} has one title`).toBe(1);
  await expectGoodPage(page);
  await takeScreenshot(page, name);
  await page.setViewportSize(devices.phone);
  await expectFitting(page);
  // Ink on its ground is the slowest thing to judge; the dark phone judges it for both.
  await expectAccessible(page, { without: ['color-contrast'] });
  await takeScreenshot(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectContrast(page);
  if (seenInTheDark.includes(name)) await takeScreenshot(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(devices.desktop);
};

const expectAllLook = async (page: Page, pages: Readonly<Record<string, string>>) => {
  for (const [name, address] of Object.entries(pages)) await expectLooks(page, name, address);
};

/** For every state that the reader may see, one booking. */
const bookingsByState = async (page: Page): Promise<ReadonlyMap<string, string>> => {
  const answer = await page.request.get('/api/bookings');
  const { rows: bookings } = (await answer.json()) as {
    rows: readonly { id: string; state: string }[];
  };
  return new Map(bookings.map(({ id, state }) => [state, id]));
};

// Nothing is booked here, so the three may look around at once.
describe.concurrent('every page by day and by night, on a desk and in a hand', patience, () => {
  test('for anybody', () => visit((page) => expectAllLook(page, publicPages)));

  test('for organizers', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      await expectAllLook(page, memberPages);
      for (const [state, id] of await bookingsByState(page))
        await expectLooks(page, `booking-${state}`, `/bookings/${id}`);
    });
  });

  test('for those who work here', async () => {
    await visit(async (page) => {
      await signIn(page, 'manager');
      await expectAllLook(page, staffPages);
      for (const [state, id] of await bookingsByState(page))
        await expectLooks(page, `staff-booking-${state}`, `/staff/bookings/${id}`);
    });
  });
});

describe('the menu of the console', () => {
  test.each(['desk', 'finance', 'manager', 'administrator'] as const)(
    'leads nobody to a page that is not theirs: %s',
    async (role) => {
      await visit(async (page) => {
        await signIn(page, role);
        await page.goto('/staff');
        const links = page.locator('#console-menu a');
        const addresses = await links.evaluateAll((all) =>
          all.map((one) => one.getAttribute('href')!),
        );
        expect(addresses.length).toBeGreaterThan(15);
        const answers = await Promise.all(
          addresses.map(async (address) => [address, (await page.request.get(address)).status()]),
        );
        expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
      });
    },
  );
});

const englishPages: readonly (readonly [Person | undefined, string, string])[] = [
  [undefined, 'home-en', '/'],
  [undefined, 'room-en', '/venues/big-palette/rooms/exhibition-hall'],
  [undefined, 'quote-en', quote(dayFromNow(60))],
  ['organizer', 'booking-en', '/bookings'],
  ['manager', 'staff-en', '/staff'],
];

/** What the house says; names of events and people stay as they were written. */
const ourWords = 'main :is(h1, h2, thead th, label, legend, button, dt, summary)';

describe('in English', () => {
  test('the reader switches the language and every sentence follows', async () => {
    await visit(async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'English' }).first().click();
      await page.waitForFunction(() => document.documentElement.lang === 'en');
      for (const [person, name, address] of englishPages) {
        if (person) await signIn(page, person);
        await page.goto(address);
        expect(await page.locator('html').getAttribute('lang')).toBe('en');
        const words = await page.locator(ourWords).allInnerTexts();
        expect(
          words.filter((text) => /[ぁ-ん]{2}/.test(text)),
          `${address} in English`,
        ).toEqual([]);
        await expectFitting(page);
        await expectAccessible(page);
        await takeScreenshot(page, name);
      }
    });
  });
});
