import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { signIn } from './steps/people.ts';

const venue = 'venue=big-palette';

describe('the books', () => {
  test('cash is put in, counted, and a difference is explained', async () => {
    await visit(async (page) => {
      await signIn(page, 'desk');
      await page.goto(`/staff/drawer?${venue}`);
      await page.getByText('釣銭の補充・銀行への預入れ').click();
      await page.getByLabel('金額', { exact: false }).first().fill('３０，０００');
      await page.getByLabel('内容', { exact: false }).first().fill('釣銭準備金');
      await page.getByRole('button', { name: '記録する', exact: true }).click();
      await seen(page.getByText('現金の出入りを記録しました'));
      await expectGoodPage(page);
      await page.getByLabel('10,000円').fill('1');
      await seen(page.getByText('差:'));
      await page.getByRole('button', { name: '数えた結果を記録する' }).click();
      await seen(page.getByRole('alert'));
      await expectGoodPage(page);
      expect(await page.getByLabel('10,000円').inputValue()).toBe('1');
      await page.getByLabel('差がある理由').fill('釣銭準備金を別の金庫に移した');
      await takeScreenshot(page, 'drawer');
      await page.getByRole('button', { name: '数えた結果を記録する' }).click();
      await seen(page.getByText('数えた結果を記録しました'));
      await expectGoodPage(page);
    });
  });

  test('a day is closed, and leaves as a journal', async () => {
    await visit(async (page) => {
      await signIn(page, 'finance');
      await page.goto(`/staff/closings?${venue}`);
      await page.getByRole('button', { name: 'この日まで締める' }).click();
      await seen(page.getByText('締めました'));
      await expectGoodPage(page);
      await takeScreenshot(page, 'closings');
      await page.getByRole('link', { name: '仕訳の書き出し' }).click();
      await seen(page.getByRole('heading', { name: '仕訳の書き出し' }));
      const today = new Date().toISOString().slice(0, 10);
      const from = `${today.slice(0, 7)}-01`;
      await page.goto(`/staff/closings/journal?${venue}&from=${from}&to=${today}`);
      await expectGoodPage(page);
      await takeScreenshot(page, 'journal');
      await page.goto(`/staff/revenue?${venue}`);
      await seen(page.getByText('数え方'));
      await expectGoodPage(page);
      await takeScreenshot(page, 'revenue');
      await page.goto(`/staff/daybook?${venue}`);
      await expectGoodPage(page);
      await takeScreenshot(page, 'daybook');
    });
  });

  test('accounts of the journal are set by an administrator', async () => {
    await visit(async (page) => {
      await signIn(page, 'administrator');
      await page.goto(`/staff/closings/accounts?${venue}`);
      await expectGoodPage(page);
      await page.getByRole('link', { name: /: 入金：現金$/ }).click();
      await page.getByLabel('借方科目', { exact: false }).last().fill('');
      await page.getByRole('button', { name: '科目を保存する' }).click();
      await seen(page.getByRole('alert'));
      await page.getByLabel('借方科目', { exact: false }).last().fill('小口現金');
      await takeScreenshot(page, 'accounts');
      await page.getByRole('button', { name: '科目を保存する' }).click();
      await seen(page.getByText('科目を保存しました'));
      await seen(page.getByText('小口現金'));
    });
  });

  test('fit a phone, where the menu opens by groups', async () => {
    await visit(
      async (page) => {
        await signIn(page, 'finance');
        await page.goto(`/staff/daybook?${venue}`);
        await expectGoodPage(page);
        await page.getByRole('button', { name: 'メニュー' }).click();
        await seen(page.getByRole('heading', { name: '金銭' }));
        await takeScreenshot(page, 'menu-phone');
        await expectGoodPage(page);
        await page.getByRole('link', { name: '収入', exact: true }).click();
        await seen(page.getByText('数え方'));
        for (const path of ['revenue', 'closings', 'drawer', 'closings/journal']) {
          await page.goto(`/staff/${path}?${venue}`);
          await expectGoodPage(page);
          await takeScreenshot(page, `${path.replace('/', '-')}-phone`);
        }
      },
      { device: 'phone' },
    );
  });
});
