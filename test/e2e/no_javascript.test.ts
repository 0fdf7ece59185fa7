import { describe, test } from 'vitest';
import { expectFitting, expectWholeOnOneSheet, takeScreenshot, visit } from './browser.ts';
import {
  bookingIdIn,
  describeEvent,
  pressHold,
  reloadUntil,
  requestThroughPage,
  seen,
} from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { post, signIn, signInOf, signInThroughPage } from './steps/people.ts';

const configuration = 'big-palette.multipurpose-1.all';

describe('without JavaScript', () => {
  test('one finds a room, reads its calendar and price, holds it, requests it and pays', async () => {
    await visit(
      async (page) => {
        const date = await freeDay(page, configuration);
        await page.goto('/');
        await page.getByLabel('何を').selectOption('meeting');
        await page.getByLabel('何人で').fill('20');
        await page.getByLabel('いつ').fill(date);
        await page.getByRole('button', { name: '空いている部屋を探す' }).click();
        await page.getByRole('link', { name: 'マルチパーパスルーム1', exact: true }).click();
        await seen(page.getByRole('heading', { name: 'マルチパーパスルーム1' }));
        await expectFitting(page);
        await page.getByRole('link', { name: '空き状況を見る' }).click();
        await page.getByLabel('部屋').selectOption('multipurpose-1');
        await page.getByRole('button', { name: '表示する' }).click();
        await page.goto(
          `/venues/big-palette/calendar?room=multipurpose-1&month=${date.slice(0, 7)}`,
        );
        await expectFitting(page);
        await expectWholeOnOneSheet(page);
        await seen(page.getByRole('link', { name: /^カレンダーで開く .*空き時間/ }).first());
        const [year, month, day] = date.split('-').map(Number);
        const free = new RegExp(`^${year}年${month}月${day}日.* 午前 .*空き`);
        await page.getByRole('link', { name: free }).filter({ visible: true }).click();
        await seen(page.getByRole('heading', { name: '見積り' }));
        await expectFitting(page);

        await page.getByRole('link', { name: 'この内容で仮予約へ進む' }).click();
        await seen(page.getByText('ログインすると、先ほどのページへ戻ります。'));
        await signInThroughPage(page, signInOf('organizer'));
        await describeEvent(page, 'スクリプトなしの会議');
        await page.getByRole('button', { name: '見積を更新' }).last().click();
        await expectFitting(page);
        await pressHold(page);
        await seen(page.getByText('仮予約しました'));
        const held = page.url();
        await page.goBack();
        await page.locator('#field-uses-0-date').fill(await freeDay(page, configuration));
        await pressHold(page);
        await seen(page.getByText('仮予約しました'));
        await page.goto(held);
        await requestThroughPage(page);
        const id = bookingIdIn(page);
        await visit(async (manager) => {
          await signIn(manager, 'manager');
          await post(manager, `/api/bookings/${id}/approve`, { version: 2 });
        });

        await reloadUntil(page, page.getByRole('link', { name: 'コンビニで支払う' }));
        await page.getByRole('link', { name: 'コンビニで支払う' }).click();
        await page.getByRole('button', { name: '支払い番号を発行する' }).click();
        await page.waitForURL(/\/payments\/pat_/);
        await reloadUntil(page, page.getByRole('heading', { name: 'ファミリーマート' }));
        await expectFitting(page);
        await takeScreenshot(page, 'voucher-without-javascript');
      },
      { javaScript: false },
    );
  });
});
