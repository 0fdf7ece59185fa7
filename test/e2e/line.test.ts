import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, visit, type Device } from './browser.ts';
import { bookingIdIn, describeEvent, hold, holdAddress, pressHold, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.small-meeting-1.all';

/** Tries to hold what is taken, and takes the offered place in line by keyboard. */
const joinLine = async (
  page: Page,
  date: string,
  { button, isAwake = true }: { button: RegExp; isAwake?: boolean },
) => {
  await page.goto(holdAddress({ configuration, date }));
  await describeEvent(page, '順番を待つ研究会');
  await pressHold(page);
  const offered = page.getByRole('button', { name: button });
  await seen(offered);
  expect(await page.getByLabel('催事名').first().inputValue()).toBe('順番を待つ研究会');
  // The checker of pages needs the scripts a page without JavaScript does not run.
  if (isAwake) await expectGoodPage(page);
  await offered.focus();
  await page.keyboard.press('Enter');
};

describe.each<Device>(['desktop', 'phone'])('an option, on a %s', (device) => {
  test('asks the holder to apply or release, and moves up when the holder goes', async () => {
    await visit(
      async (holder) => {
        await signIn(holder, 'stranger');
        const date = await freeDay(holder, configuration);
        const held = await hold(holder, { configuration, date, title: '先に押さえた会議' });

        await visit(
          async (page) => {
            await signIn(page, 'organizer');
            await joinLine(page, date, { button: /第2候補として申し込む/ });
            await seen(page.getByText('候補として申し込みました'));
            const id = bookingIdIn(page);
            await seen(page.getByText('第2候補', { exact: true }));
            await expectGoodPage(page);
            expect(await page.content()).not.toContain('先に押さえた会議');
            await page.getByRole('button', { name: '申請か解放を求める' }).focus();
            await page.keyboard.press('Enter');
            await seen(page.getByText('前の方に、申請か解放を求めました'));
            await seen(page.getByRole('heading', { name: '申請か解放を求めています' }));
            await expectGoodPage(page);

            await holder.goto(`/bookings/${held.id}`);
            await seen(holder.getByRole('heading', { name: '次の候補の方が待っています' }));
            expect(await holder.content()).not.toMatch(/順番を待つ研究会|見本 太郎/);
            await expectGoodPage(holder);

            await visit(
              async (manager) => {
                await signIn(manager, 'manager');
                await manager.goto('/staff/lines?venue=big-palette');
                await seen(manager.getByRole('link', { name: '先に押さえた会議' }));
                await expectGoodPage(manager);
                await manager.goto(`/staff/bookings/${held.id}`);
                const calendar = manager.getByRole('button', {
                  name: '暦から選ぶ',
                  includeHidden: true,
                });
                await calendar.waitFor({ state: 'attached' });
                await manager.locator('summary', { hasText: '仮予約の期限を延ばす' }).click();
                await manager.getByLabel('新しい期限').first().fill('2020-01-01');
                await manager.getByLabel('延長の理由').fill('下見の日程を調整するため');
                await manager.getByRole('button', { name: '期限を延ばす' }).click();
                await seen(manager.locator('[role=alert]'));
                expect(await manager.getByLabel('延長の理由').inputValue()).toContain('下見');
                await manager.getByLabel('新しい期限').first().fill(date);
                await manager.getByRole('button', { name: '期限を延ばす' }).click();
                await seen(manager.getByText('仮予約の期限を延ばしました'));
                await seen(manager.getByText('下見の日程を調整するため'));
                await expectGoodPage(manager);
              },
              { device },
            );

            await holder.goto(`/bookings/${held.id}`);
            await holder.locator('summary', { hasText: '予約を取り下げる' }).click();
            await holder.getByLabel('取り下げることを確認しました').check();
            await holder.getByRole('button', { name: '予約を取り下げる' }).click();
            await seen(holder.getByText('予約を取り下げました'));

            await page.goto(`/bookings/${id}`);
            await seen(page.getByRole('button', { name: '使用承認を申請する' }));
            await seen(page.getByText('繰り上がり'));
            await expectGoodPage(page);
          },
          { device },
        );
      },
      { device },
    );
  });
});

describe('a wait', () => {
  test('is joined from the refused form without JavaScript, and left again', async () => {
    await visit(async (holder) => {
      await signIn(holder, 'stranger');
      const date = await freeDay(holder, configuration);
      await hold(holder, { configuration, date, title: '動かない会議' });
      await visit(
        async (page) => {
          await signIn(page, 'organizer');
          await joinLine(page, date, { button: /空き待ちに登録する/, isAwake: false });
          await seen(page.getByText('空き待ちに登録しました'));
          await seen(page.getByText('空き待ち 1番目'));
          await page.locator('summary', { hasText: '予約を取り下げる' }).click();
          await page.getByLabel('取り下げることを確認しました').check();
          await page.getByRole('button', { name: '予約を取り下げる' }).click();
          await seen(page.getByText('予約を取り下げました'));
        },
        { javaScript: false },
      );
    });
  });
});
