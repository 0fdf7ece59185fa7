import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { signIn } from './steps/people.ts';

describe('the language of letters', () => {
  test('is chosen by their reader, with JavaScript or without', async () => {
    for (const javaScript of [true, false]) {
      await visit(
        async (page) => {
          await signIn(page, 'organizer');
          await page.goto('/accounts/me');
          // Axe is a script, too.
          if (javaScript) await expectGoodPage(page);
          const language = page.getByLabel('お知らせのメールの言語');
          await language.selectOption({ label: javaScript ? 'English' : '日本語' });
          await page.getByRole('button', { name: '保存する' }).click();
          await seen(page.getByText('これからのメールは、この言語でお送りします'));
          await takeScreenshot(page, 'letters-language');
          await page.reload();
          expect(await language.inputValue()).toBe(javaScript ? 'en' : 'ja');
        },
        { javaScript },
      );
    }
  });
});
