import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { visit } from './browser.ts';

/** Holds the page's own code back until it is let go. */
const asleep = async (page: Page): Promise<() => void> => {
  let wake = () => {};
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await page.route('**/*.js', async (route) => {
    await awake;
    await route.continue();
  });
  return wake;
};

const selectionOf = (page: Page) =>
  page.evaluate(() => {
    const box = document.activeElement as HTMLInputElement;
    return box.value.slice(box.selectionStart!, box.selectionEnd!);
  });

describe('a page that is still waking up', () => {
  test('takes back neither what was typed nor what was selected', async () => {
    await visit(async (page) => {
      const wake = await asleep(page);
      await page.goto('/find?date=2027-02-14', { waitUntil: 'commit' });
      await page.getByLabel(/^何人で/).fill('120');
      await page.getByLabel(/^いつ/).selectText();
      wake();
      await page
        .getByRole('button', { name: /暦から選ぶ/ })
        .first()
        .waitFor();
      expect(await page.getByLabel(/^何人で/).inputValue()).toBe('120');
      expect(await selectionOf(page)).toBe('2027-02-14');
    });
  });
});
