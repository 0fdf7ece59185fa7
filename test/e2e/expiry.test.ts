import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { confirmRules, hold, holdThroughPage, reloadUntil, seen } from './steps/booking.ts';
import { freeDay, stateOfSlot } from './steps/days.ts';
import { letHoldLapse } from './steps/house.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.special-room.all';

describe('a hold that nobody followed up', () => {
  test('gives its time back at the deadline, and its own page says that it ended', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const id = await holdThroughPage(page, { configuration, date, title: '忘れられた会議' });
      const slot = { date, slot: 'morning' };
      expect(await stateOfSlot(page, configuration, slot)).toBe('held');

      await letHoldLapse(id);
      expect(await stateOfSlot(page, configuration, slot)).toBe('free');
      await page.goto(`/venues/big-palette/days/${date}`);
      await seen(page.getByRole('link', { name: /午前 特別室.*: 空き/ }));
      await expectGoodPage(page);

      await visit(async (other) => {
        await signIn(other, 'stranger');
        await hold(other, { configuration, date, title: '次に待っていた会議' });
      });
      expect(await stateOfSlot(page, configuration, slot)).toBe('held');

      await page.goto(`/bookings/${id}`);
      await reloadUntil(page, page.getByText('期限切れ'));
      await seen(page.getByText(/仮予約の期限（.+）が過ぎたため、解除されました/));
      expect(await page.getByRole('button', { name: '使用承認を申請する' }).count()).toBe(0);
      await expectGoodPage(page);
      await takeScreenshot(page, 'hold-expired');
    });
  });

  test('cannot be requested any more from a page opened before the deadline', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const id = await holdThroughPage(page, {
        configuration,
        date,
        title: '間に合わなかった会議',
      });
      await letHoldLapse(id);
      await confirmRules(page);
      await page.getByRole('button', { name: '使用承認を申請する' }).click();
      await seen(page.getByText(/期限/).and(page.locator('[role=status] *, [role=alert] *')));
      await expectGoodPage(page);
      await takeScreenshot(page, 'request-too-late');
    });
  });
});
