import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { visit } from './browser.ts';
import { hold, holdAddress, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.exhibition-hall.a';

/** Nothing of this comes until the returned function lets it. */
const holdBack = async (page: Page, what: RegExp): Promise<() => Promise<void>> => {
  let letCome = () => {};
  const isLet = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(what, async (route) => {
    await isLet;
    await route.continue();
  });
  return async () => {
    letCome();
    await page.waitForLoadState('networkidle');
    await page.unroute(what);
  };
};

/** Opens the page with its code held back. */
const openWithoutCode = async (page: Page, address: string): Promise<() => Promise<void>> => {
  const letCome = await holdBack(page, /\.js$/);
  await page.goto(address, { waitUntil: 'commit' });
  return letCome;
};

const selectionOf = (page: Page) =>
  page.evaluate(() => {
    const box = document.activeElement as HTMLInputElement;
    return box.value.slice(box.selectionStart!, box.selectionEnd!);
  });

describe('what is entered before the page listens', () => {
  test('stays as typed and as selected', async () => {
    await visit(async (page) => {
      const listen = await openWithoutCode(page, '/find?date=2027-02-14');
      await page.getByLabel(/^何人で/).fill('120');
      await page.getByLabel(/^いつ/).selectText();
      await listen();
      await seen(page.getByRole('button', { name: /暦から選ぶ/ }));
      expect(await page.getByLabel(/^何人で/).inputValue()).toBe('120');
      expect(await selectionOf(page)).toBe('2027-02-14');
    });
  });

  test('stays in a table of numbers, and in the form of a hold even over a reload', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const listenToHold = await openWithoutCode(page, holdAddress({ configuration, date }));
      await page.getByLabel('催事名').first().fill('早すぎた催し');
      await listenToHold();
      await page.waitForURL(/title=/);
      await page.reload();
      expect(await page.getByLabel('催事名').first().inputValue()).toBe('早すぎた催し');

      const { id } = await hold(page, { configuration, date, title: '備品を急ぐ会' });
      const listen = await openWithoutCode(page, `/bookings/${id}/equipment`);
      await page.getByLabel('プロジェクター').fill('3');
      await listen();
      expect(await page.getByLabel('プロジェクター').inputValue()).toBe('3');
    });
  });

  test('stays ticked, unticked and chosen', async () => {
    await visit(async (page) => {
      await signIn(page, 'desk');
      const listen = await openWithoutCode(page, '/staff/closures/new?venue=big-palette');
      const part = page.getByRole('checkbox').nth(2);
      await part.check();
      await listen();
      expect(await part.isChecked()).toBe(true);
    });
  });
});

describe('what is typed while a price is on its way', () => {
  test('goes on in its box', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      await page.goto(holdAddress({ configuration, date }));
      await seen(page.getByRole('button', { name: '暦から選ぶ' }));
      const answer = await holdBack(page, /\?\/quote/);
      await page.locator('#field-uses-0-band').selectOption('morning');
      const title = page.getByLabel('催事名').first();
      await title.click();
      await page.keyboard.type('春の');
      const answered = page.waitForResponse(/\?\/quote/);
      await answer();
      await answered;
      await seen(page.getByText('9時〜13時の料金'));
      await page.keyboard.type('大会');
      expect(await title.inputValue()).toBe('春の大会');
    });
  });
});
