import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { devices, expectFitting, expectGoodPage, visit } from './browser.ts';
import { bookingIdIn, holdThroughPage, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.small-meeting-2-3.2';
const other = 'big-palette.small-meeting-2-3.3';

const check = (page: Page) =>
  page.getByRole('button', { name: '変更後の料金を確かめる' }).last().click();

describe('changing a booking', () => {
  test('shows the difference before it happens, and keeps the history', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const [date, another] = [await freeDay(page, configuration), await freeDay(page, other)];
      const id = await holdThroughPage(page, { configuration, date, title: '変わっていく会議' });
      await page.getByRole('link', { name: '内容の変更' }).click();
      await seen(page.getByRole('heading', { name: '内容の変更' }));
      await expectGoodPage(page);

      await page.locator('[name="uses.0.configuration"]').selectOption(other);
      await page.locator('[name="uses.0.date"]').fill(another);
      await page.getByLabel('催事名').first().fill('変わった会議');
      await check(page);
      await seen(page.getByText('移動', { exact: true }));
      await seen(page.getByText('差額', { exact: true }));
      await expectGoodPage(page);
      await page.getByLabel('変更の理由').fill('参加者が増えたため');
      await page.getByRole('button', { name: 'この内容で変更する' }).click();
      await seen(page.getByText('予約の内容を変更しました'));
      await seen(page.getByRole('heading', { name: '変わった会議' }));

      await page.getByRole('link', { name: '経緯' }).click();
      await seen(page.getByRole('heading', { name: '第2版' }));
      await seen(page.getByText('参加者が増えたため'));
      await expectGoodPage(page);
      expect(page.url()).toContain(`/bookings/${id}/history`);
      await page.setViewportSize(devices.phone);
      await expectGoodPage(page);
      await page.goto(`/bookings/${id}/change`);
      await page.getByLabel('催事名').first().fill('また変わる会議');
      await check(page);
      await seen(page.getByText('変わりません', { exact: true }));
      await expectGoodPage(page);
    });
  });

  test('by staff is proposed, and made when the organizer accepts', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const id = await holdThroughPage(page, { configuration, date, title: '移してほしい会議' });
      await visit(async (desk) => {
        await signIn(desk, 'desk');
        const free = await freeDay(desk, other);
        await desk.goto(`/staff/bookings/${id}/change`);
        await desk.locator('[name="uses.0.configuration"]').selectOption(other);
        await desk.locator('[name="uses.0.date"]').fill(free);
        await check(desk);
        await seen(desk.getByText('利用者の同意が必要です'));
        await expectGoodPage(desk);
        await desk.getByRole('button', { name: '同意を記録して変更する' }).click();
        await seen(desk.locator('[role=alert]'));
        await expectGoodPage(desk);
        await desk.getByLabel('変更の理由').fill('空調の工事があるため');
        await desk.getByRole('button', { name: 'この内容を利用者に提案する' }).click();
        await seen(desk.getByText('利用者に変更を提案しています'));
        await expectGoodPage(desk);
      });
      await page.goto(`/bookings/${id}`);
      await seen(page.getByText('施設から変更の提案があります'));
      await expectGoodPage(page);
      await page.getByRole('button', { name: '承諾して変更する' }).click();
      await seen(page.getByText('変更を承諾し、予約の内容を変更しました'));
      await page.goto(`/bookings/${id}/history`);
      await seen(page.getByText('予約のページ', { exact: false }));
      await seen(page.getByRole('row', { name: /窓口/ }));
    });
  });

  test('works on a phone without JavaScript: add a use, split it off, copy the event', async () => {
    await visit(
      async (page) => {
        await signIn(page, 'organizer');
        const date = await freeDay(page, configuration);
        const id = await holdThroughPage(page, { configuration, date, title: '小さく始める会議' });
        const added = await freeDay(page, other);
        await page.goto(`/bookings/${id}/change`);
        await page.getByRole('button', { name: '行を追加' }).click();
        await page.locator('[name="uses.1.configuration"]').selectOption(other);
        await page.locator('[name="uses.1.date"]').fill(added);
        await check(page);
        await seen(page.getByText('追加', { exact: true }));
        await expectFitting(page);
        await page.getByRole('button', { name: 'この内容で変更する' }).click();
        await seen(page.getByText('予約の内容を変更しました'));

        await page.goto(`/bookings/${id}/change`);
        await page
          .getByRole('checkbox', { name: /小会議室3|小会議室３/ })
          .last()
          .check();
        await page.getByLabel('新しい予約の催事名').fill('分けた会議');
        await page.getByRole('button', { name: '選んだ利用を別の予約にする' }).click();
        await seen(page.getByText('予約を分けました'));
        expect(bookingIdIn(page)).not.toBe(id);

        const copied = await freeDay(page, other, { earliest: 60 });
        await page.getByRole('link', { name: '内容の変更' }).click();
        await page.getByLabel('最初の使用日').fill(copied);
        await page.getByRole('button', { name: 'この日から仮予約する' }).click();
        await seen(page.getByText('同じ内容で仮予約しました'));
        await expectFitting(page);
      },
      { device: 'phone', javaScript: false },
    );
  });
});
