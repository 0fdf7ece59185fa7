import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { holdAndRequest, seen } from './steps/booking.ts';
import { freeDay, stateOfSlot } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.small-meeting-1.all';
const reason = '同じ日に会館の避難訓練があり、安全な入退場を確保できないためです。';
const ground = '福島県産業交流館条例 第5条第1号';

describe('a request that is refused', () => {
  test('needs a reason and a ground, tells both to the organizer, and frees the room', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const title = '断られることになる会議';
      const { id } = await holdAndRequest(page, { configuration, date, title });
      const slot = { date, slot: 'morning' };
      expect(await stateOfSlot(page, configuration, slot)).toBe('held');

      await visit(async (manager) => {
        await signIn(manager, 'manager');
        await manager.goto(`/staff/bookings/${id}`);
        await manager.locator('summary', { hasText: '承認しない' }).click();
        await manager.getByLabel('承認しない理由').fill(reason);
        await manager.getByRole('button', { name: '承認しない' }).click();
        await seen(manager.locator('[role=alert]'));
        expect(await manager.getByLabel('承認しない理由').inputValue()).toBe(reason);
        expect(await manager.getByLabel('根拠となる').getAttribute('aria-invalid')).toBe('true');
        await expectGoodPage(manager);
        await takeScreenshot(manager, 'refusal-without-ground');
        await manager.getByLabel('根拠となる').fill(ground);
        await manager.getByRole('button', { name: '承認しない' }).click();
        await seen(manager.getByText('不承認としました'));
        await expectGoodPage(manager);
      });

      await page.goto(`/bookings/${id}`);
      await seen(page.getByText(reason));
      await seen(page.getByText(ground));
      await seen(page.getByText('申請は承認されませんでした。'));
      await expectGoodPage(page);
      await takeScreenshot(page, 'refused');
      expect(await stateOfSlot(page, configuration, slot)).toBe('free');
    });
  });

  test('is a decision of the manager: the desk is told so and sees no buttons', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const title = '窓口では決められない会議';
      const { id } = await holdAndRequest(page, { configuration, date, title });
      await visit(async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto(`/staff/bookings/${id}`);
        await seen(desk.getByText('承認者の権限を持つ職員が行います'));
        expect(await desk.getByRole('button', { name: '使用を承認する' }).count()).toBe(0);
        await expectGoodPage(desk);
      });
    });
  });
});
