import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { approved, reloadUntil, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.convention-hall.b';

/** The card form of a booking just approved. */
const openCardForm = async (page: Page, title: string): Promise<string> => {
  await signIn(page, 'organizer');
  const date = await freeDay(page, configuration);
  const { id } = await approved(page, { configuration, date, title });
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByRole('link', { name: 'カードで支払う' }));
  await page.getByRole('link', { name: 'カードで支払う' }).click();
  await page.getByRole('button', { name: 'カードの入力に進む' }).click();
  await seen(page.getByLabel('有効期限'));
  return id;
};

const typeCard = async (page: Page, number: string) => {
  await page.getByLabel('カード番号').and(page.locator('input')).fill(number);
  await page.getByLabel('有効期限').fill('12/34');
  await page.getByLabel('セキュリティコード').fill('123');
  await page.getByRole('button', { name: /円を支払う$/ }).click();
};

const expectPaid = async (page: Page, id: string) => {
  await reloadUntil(page, page.getByText('入金を確認しました'));
  await expectGoodPage(page);
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByRole('link', { name: '領収書' }));
  await seen(page.getByText('全額お支払い済みです'));
};

describe('paying by card', () => {
  test('a good card pays at once and brings the receipt', async () => {
    await visit(async (page) => {
      const id = await openCardForm(page, 'カードで払う発表会');
      await expectGoodPage(page);
      await takeScreenshot(page, 'card-form');
      await typeCard(page, '4242 4242 4242 4242');
      await page.waitForURL(/\/payments\/pat_/);
      await expectPaid(page, id);
    });
  });

  test('a refused card says so and another one may be tried on the same page', async () => {
    await visit(async (page) => {
      const id = await openCardForm(page, '二枚目のカードで払う発表会');
      await typeCard(page, '4000 0000 0000 0002');
      await seen(page.getByText('カードが承認されませんでした。'));
      await expectGoodPage(page);
      await takeScreenshot(page, 'card-refused');
      await typeCard(page, '5555 5555 5555 4444');
      await page.waitForURL(/\/payments\/pat_/);
      await expectPaid(page, id);
    });
  });

  test('the bank asks who is paying, and the answer decides', async () => {
    await visit(
      async (page) => {
        const id = await openCardForm(page, '本人認証のある発表会');
        await typeCard(page, '4000 0027 6000 3184');
        await page.getByRole('button', { name: '認証する' }).waitFor();
        expect(await page.title()).toContain('本人認証');
        await page.getByRole('button', { name: '認証する' }).click();
        await expectPaid(page, id);
      },
      { device: 'phone' },
    );
  });
});
