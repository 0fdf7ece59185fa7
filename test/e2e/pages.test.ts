import { describe, expect, test } from 'vitest';
import { expectAccessible, expectFitting, takeScreenshot, visit, type Device } from './browser.ts';

const devices: readonly Device[] = ['desktop', 'phone'];

describe.each(devices)('the first page on a %s', (device) => {
  test('speaks Japanese, fits, and can be read by everybody', async () => {
    await visit(
      async (page) => {
        await page.goto('/');
        expect(await page.getAttribute('html', 'lang')).toBe('ja');
        expect(await page.locator('h1').count()).toBe(1);
        await expectFitting(page);
        await takeScreenshot(page, 'first-page');
        await expectAccessible(page);
      },
      { device },
    );
  });
});
