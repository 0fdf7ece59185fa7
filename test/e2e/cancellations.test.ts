import { describe, expect, test } from 'vitest';
import { expectFitting, expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { approved, reloadUntil, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const part = 'big-palette.exhibition-hall.b';

describe('a cancellation', () => {
  test('shows what is kept before it is confirmed, and refuses a figure gone stale', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, part);
      const booking = await approved(page, { configuration: part, date, title: '取り消す見本市' });
      await page.goto(`/bookings/${booking.id}`);
      await page.getByRole('link', { name: '取消料を確かめて取り消す' }).click();
      await seen(page.getByRole('heading', { name: '予約の取消', level: 1 }));
      await seen(page.getByText('ご連絡の日ごとの取消料').first());
      await expectGoodPage(page);
      await takeScreenshot(page, 'cancellation');
      await page.getByRole('button', { name: '予約を取り消す' }).click();
      await seen(page.getByText('確認の欄にチェックを入れてください'));
      await page.getByLabel('取消の理由').fill('出展者が集まらないため');
      // A page that only now begins to listen writes its own figure into the box.
      await page.waitForLoadState('networkidle');
      await page.locator('input[name=keptYen]').evaluate((box: HTMLInputElement) => {
        box.value = '1';
      });
      await page.getByLabel(/を確認しました/).check();
      await page.getByRole('button', { name: '予約を取り消す' }).click();
      await seen(page.getByText('表示していた取消料が変わりました'));
      expect(await page.getByLabel('取消の理由').inputValue()).toBe('出展者が集まらないため');
      await expectGoodPage(page);
      await page.goto(`/bookings/${booking.id}/cancel`);
      await page.getByLabel('取消の理由').fill('出展者が集まらないため');
      await page.getByLabel(/を確認しました/).check();
      await page.getByRole('button', { name: '予約を取り消す' }).click();
      await seen(page.getByText('予約を取り消しました'));
      await reloadUntil(page, page.getByRole('link', { name: '取消料とお返しする額を見る' }));
      await expectGoodPage(page);
      await takeScreenshot(page, 'cancelled-booking');
      await page.getByRole('link', { name: '取消料とお返しする額を見る' }).click();
      await seen(page.getByText('この予約は取り消されています'));
      await expectGoodPage(page);
      await takeScreenshot(page, 'cancellation-done');
    });
  });

  test('by the venue on another ground keeps nothing, on a phone without JavaScript', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      const date = await freeDay(organizer, part);
      const booking = await approved(organizer, {
        configuration: part,
        date,
        title: '大雪の見本市',
      });
      await visit(
        async (manager) => {
          await signIn(manager, 'manager');
          await manager.goto(`/staff/bookings/${booking.id}/cancel`);
          await expectFitting(manager);
          await manager.getByLabel('取消の事由').selectOption('force_majeure');
          await manager.getByRole('button', { name: 'この事由で計算する' }).click();
          await seen(manager.getByText('災害などやむを得ない事由のため、いただきません'));
          await expectFitting(manager);
          await takeScreenshot(manager, 'cancellation-phone');
          await manager.getByLabel('取消の理由').fill('大雪で公共交通機関が止まったため');
          await manager.getByLabel('取消料 0円').check();
          await manager.getByRole('button', { name: '予約を取り消す' }).click();
          await seen(manager.getByText('予約を取り消しました'));
        },
        { device: 'phone', javaScript: false },
      );
    });
  });

  test('has its table on the page of the rules', async () => {
    await visit(
      async (page) => {
        await page.goto('/venues/big-palette/rules');
        await seen(page.getByRole('heading', { name: '取消料・変更料' }));
        await expectGoodPage(page);
        await takeScreenshot(page, 'cancellation-rules-phone');
      },
      { device: 'phone' },
    );
  });
});
