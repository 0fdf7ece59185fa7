import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { devices, expectGoodPage, visit } from './browser.ts';
import { describeEvent, pressHold, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const patience = { timeout: 120_000 };
const part = 'big-palette.exhibition-hall.a';

const quoteAddress = (date: string, band: string) =>
  `/quote?${new URLSearchParams({
    venue: 'big-palette',
    'uses.0.configuration': part,
    'uses.0.date': date,
    'uses.0.band': band,
    'uses.0.phase': 'event',
  }).toString()}`;

const expectGoodOnBoth = async (page: Page) => {
  await expectGoodPage(page);
  await page.setViewportSize(devices.phone);
  await expectGoodPage(page);
  await page.setViewportSize(devices.desktop);
};

describe('time outside the hours of the house', () => {
  test(
    'is asked for on the quote, priced line by line, held and shown with its times',
    patience,
    () =>
      visit(async (page) => {
        await signIn(page, 'organizer');
        const date = await freeDay(page, part, { earliest: 60 });
        await page.goto(quoteAddress(date, 'all_day'));
        await page.getByText('開館時間の外も使う').click();
        await seen(page.getByText('施設の承認が必要で'));
        await page.getByLabel('早く始める').fill('１．５');
        await page.getByLabel('遅く終える').fill('１２');
        await page.getByRole('button', { name: /見積りを(表示|更新)する/ }).click();
        await seen(page.getByText('1時間未満は切り上げて2時間'));
        await seen(page.getByText('21時より後'));
        await expectGoodOnBoth(page);

        await page.getByRole('link', { name: 'この内容で仮予約へ進む' }).click();
        await describeEvent(page, '夜通しの展示会');
        expect(await page.getByLabel('遅く終える').inputValue()).toBe('１２');
        await expectGoodOnBoth(page);
        await pressHold(page);
        await seen(page.getByText('仮予約しました'));
        const uses = page.getByRole('table', { name: '使う部屋と時間' });
        await seen(uses.getByText('7:30'));
        await seen(uses.getByText('翌日'));
        await seen(uses.getByText('時間外 後12時間'));
        await expectGoodOnBoth(page);
      }),
  );

  test('that is wrong keeps what was typed and says what to do', patience, () =>
    visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, part, { earliest: 60 });
      await page.goto(`${quoteAddress(date, 'daytime')}&uses.0.lateHours=0.4`);
      await seen(page.getByText('0.25きざみで入力してください。'));
      expect(await page.getByLabel('遅く終える').inputValue()).toBe('0.4');
      await expectGoodOnBoth(page);
    }),
  );
});
