import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { devices, expectGoodPage, visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { dayFromNow } from './steps/days.ts';
import { tabTo } from './steps/keyboard.ts';
import { signIn } from './steps/people.ts';

const submit = '空いている部屋を探す';
const newRow = 'field-needs-1-purpose';

const search = (page: Page) => page.getByRole('button', { name: submit }).last().click();

/** 400 in a theatre and three rooms of 30, two days, half a day of set-up. */
const fillExample = async (page: Page, from: string, to: string) => {
  await page.goto('/find');
  await page.getByLabel('何を').selectOption('theatre');
  await page.getByLabel('何人で').fill('４００');
  await page.getByRole('button', { name: '部屋の条件を増やす' }).click();
  await page.getByLabel('何を(条件2)').selectOption('school');
  await page.getByLabel('何人で(条件2)').fill('30');
  await page.getByLabel('室数(条件2)').fill('３');
  await page.getByLabel('いつ', { exact: false }).first().fill(from.replaceAll('-', '/'));
  await page.getByLabel('期間の最終日').fill(to);
  await page.getByLabel('日数').fill('２');
  await page.getByLabel('時間').selectOption('daytime');
  await page.getByLabel('準備', { exact: true }).selectOption('half_day');
};

const expectGoodOnBoth = async (page: Page) => {
  await expectGoodPage(page);
  await page.setViewportSize(devices.phone);
  await expectGoodPage(page);
  await page.setViewportSize(devices.desktop);
};

describe('the finder', () => {
  test('plans a congress over the seeded year, says what was not chosen and why, and leads to its hold', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      await fillExample(page, dayFromNow(30), dayFromNow(60));
      await search(page);
      await seen(page.getByRole('heading', { name: /通り空いています/ }));
      const first = page.getByRole('article').first();
      expect(await first.getByRole('listitem').count()).toBeGreaterThan(6);
      for (const words of ['準備', '本番', '順位の根拠'])
        await seen(first.getByText(words, { exact: false }));
      const total = (
        await first
          .getByText(/^[\d,]+円$/)
          .first()
          .innerText()
      ).trim();
      await expectGoodOnBoth(page);

      await seen(page.getByRole('heading', { name: '選ばれなかった部屋と理由' }));
      const reasons = page
        .locator('section')
        .filter({ hasText: '選ばれなかった部屋と理由' })
        .last();
      const told = (await reasons.allTextContents()).join();
      expect(told).toMatch(/予約済みです|仮予約中です/);
      expect(told).toMatch(/同じ部屋の.+のため空いていません/);
      expect(told).toMatch(/には足りません|に対応していません/);

      await first.getByRole('link', { name: /^この内容で見積る/ }).click();
      await seen(page.getByRole('heading', { name: '見積り' }));
      await seen(page.getByText(total).first());
      await page.goBack();
      await page
        .getByRole('link', { name: /^仮予約へ進む/ })
        .first()
        .click();
      await seen(page.getByLabel('催事名').first());
      expect(await page.locator('[name^="uses."][name$=".configuration"]').count()).toBe(12);
      await seen(page.getByText(total).first());
    });
  });

  test('names what comes nearest where nothing fits', async () => {
    await visit(async (page) => {
      const yearEnd = `${new Date().getFullYear()}-12-30`;
      await page.goto(`/find?purpose=theatre&people=300&date=${yearEnd}&band=all_day`);
      await seen(page.getByRole('heading', { name: /近い候補/ }));
      await seen(page.getByRole('article', { name: /別の日なら空いています/ }));
      await seen(page.getByText(/は休館日です/));
      await expectGoodOnBoth(page);
    });
  });

  test('keeps what was typed and says what is wrong with it, without JavaScript too', async () => {
    await visit(
      async (page) => {
        await fillExample(page, dayFromNow(30), dayFromNow(20));
        await search(page);
        await seen(page.getByText(/終わりの日が始まりの日より前/));
        expect(await page.getByLabel('何人で(条件2)').inputValue()).toBe('30');
        expect(await page.getByLabel('室数(条件2)').inputValue()).toBe('３');
        await page.getByRole('button', { name: '条件2を減らす' }).click();
        expect(await page.getByLabel('何人で(条件2)').count()).toBe(0);
        await page.getByLabel('期間の最終日').fill(dayFromNow(40));
        await page.getByText('施設・設備・バリアフリーの条件').click();
        await page.getByLabel('映写スクリーン').check();
        await page.getByLabel('車椅子での利用').check();
        await search(page);
        await seen(page.getByText('要確認: 車椅子での利用'));
      },
      { javaScript: false },
    );
  });

  test('is used with the keyboard alone, from the first page to a form for the hold', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      await page.goto('/');
      await tabTo(page, /^何を/);
      await page.keyboard.press('ArrowDown');
      await tabTo(page, /^何人で/, 1);
      await page.keyboard.type('400');
      await tabTo(page, /^いつ/, 1);
      await page.keyboard.type(dayFromNow(45));
      await page.keyboard.press('Enter');
      await seen(page.getByRole('heading', { name: /通り空いています|近い候補/ }));
      await tabTo(page, /^部屋の条件を増やす$/);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(newRow);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await tabTo(page, /^何人で\(条件2\)/, 1);
      await page.keyboard.type('30');
      await tabTo(page, /^室数\(条件2\)/, 1);
      await page.keyboard.press('Control+A');
      await page.keyboard.type('3');
      await tabTo(page, /^期間の最終日/);
      await page.keyboard.type(dayFromNow(75));
      await tabTo(page, /^日数/);
      await page.keyboard.press('Control+A');
      await page.keyboard.type('2');
      await tabTo(page, /^準備$/);
      await page.keyboard.press('ArrowDown');
      await tabTo(page, new RegExp(`^${submit}$`));
      await page.keyboard.press('Enter');
      await seen(page.getByRole('heading', { name: /通り空いています/ }));
      await tabTo(page, /^仮予約へ進む/, 200);
      await page.keyboard.press('Enter');
      await seen(page.getByLabel('催事名').first());
    });
  });
});
