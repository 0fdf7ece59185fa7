import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { devices, expectGoodPage, visit } from './browser.ts';
import { hold, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const patience = { timeout: 120_000 };
const part = 'big-palette.exhibition-hall.c';

const expectGoodOnBoth = async (page: Page) => {
  await expectGoodPage(page);
  await page.setViewportSize(devices.phone);
  await expectGoodPage(page);
  await page.setViewportSize(devices.desktop);
};

const holdHall = async (page: Page, title: string) => {
  await signIn(page, 'organizer');
  const date = await freeDay(page, part, { earliest: 45 });
  return hold(page, { configuration: part, date, title });
};

const fillIn = async (page: Page) => {
  await page.getByLabel('減免の事由').selectOption('co-hosted');
  await page.getByLabel('事由に当たる理由').fill('県との共催の展示会です。');
};

describe('a reduced fee', () => {
  test('is applied for, decided by the manager, and seen in the price', patience, () =>
    visit(async (page) => {
      const title = '県と開く展示会';
      const { id } = await holdHall(page, title);
      await page.goto(`/bookings/${id}`);
      await page.getByRole('link', { name: '減免' }).click();
      await page.getByRole('button', { name: '減免を申請する' }).click();
      await seen(page.locator('[role=alert]'));
      await expectGoodOnBoth(page);
      await fillIn(page);
      await page.getByRole('button', { name: '減免を申請する' }).click();
      await seen(page.getByText('減免を申請しました'));
      await seen(page.getByText('157,300'));
      await expectGoodOnBoth(page);

      await visit(async (manager) => {
        await signIn(manager, 'manager');
        await manager.goto('/staff/reductions');
        await expectGoodOnBoth(manager);
        await manager.getByRole('link', { name: `${title}の減免を審査する` }).click();
        await manager.getByRole('button', { name: '減免を承認する' }).click();
        await seen(manager.locator('[role=alert]'));
        await manager.getByLabel(/^理由/).fill('共催を確認しました。');
        await expectGoodOnBoth(manager);
        await manager.getByRole('button', { name: '減免を承認する' }).click();
        await seen(manager.getByText('減免を承認しました'));
        await expectGoodPage(manager);
      });

      await page.goto(`/bookings/${id}`);
      await seen(page.getByText('157,300'));
      await seen(page.getByText('減免を承認').first());
      await expectGoodOnBoth(page);
    }),
  );

  test('is withdrawn by who applied, and read only by the desk, without JavaScript', patience, () =>
    visit(
      async (page) => {
        const { id } = await holdHall(page, '取り下げる減免');
        await page.goto(`/bookings/${id}/reduction`);
        await fillIn(page);
        await page.getByRole('button', { name: '減免を申請する' }).click();
        await seen(page.getByText('減免を申請しました'));
        await visit(async (desk) => {
          await signIn(desk, 'desk');
          await desk.goto(`/staff/bookings/${id}/reduction`);
          await seen(desk.getByText('承認者の権限を持つ職員が行います'));
          expect(await desk.getByRole('button', { name: '減免を承認する' }).count()).toBe(0);
          await expectGoodPage(desk);
        });
        await page.getByRole('button', { name: '申請を取り下げる' }).click();
        await seen(page.getByText('減免の申請を取り下げました'));
      },
      { javaScript: false },
    ),
  );
});
