import type { Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { expectFitting, expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { approved, reloadUntil, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.multipurpose-1.all';

/** The page with the account of a booking just approved. */
const openAccount = async (
  page: Page,
  title: string,
  look: (page: Page) => Promise<void> = expectGoodPage,
): Promise<string> => {
  await signIn(page, 'organizer');
  const date = await freeDay(page, configuration);
  const { id } = await approved(page, { configuration, date, title });
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByRole('link', { name: '銀行振込で支払う' }));
  await page.getByRole('link', { name: '銀行振込で支払う' }).click();
  await seen(page.getByRole('heading', { name: '銀行振込で支払う' }));
  await look(page);
  await page.getByRole('button', { name: '振込先の口座を受け取る' }).click();
  await page.waitForURL(/\/payments\/pat_/);
  await reloadUntil(page, page.getByRole('heading', { name: '振込先の口座' }));
  await look(page);
  return id;
};

const transfer = async (page: Page, amount?: string) => {
  const instructions = page.getByRole('link', { name: /決済会社の案内を開く/ });
  const address = await instructions.getAttribute('href');
  const back = page.url();
  await page.goto(address!);
  await expectGoodPage(page);
  if (amount) await page.getByLabel('振り込む金額').fill(amount);
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button', { name: 'この口座へ振り込む' }).click(),
  ]);
  await page.goto(back);
};

const paid = (page: Page) => page.getByText('入金を確認しました', { exact: true });

const partThenRest = async (page: Page, title: string) => {
  const id = await openAccount(page, title);
  await takeScreenshot(page, 'transfer-account');
  await transfer(page, '１，０００');
  await reloadUntil(page, page.getByText('1,000円の入金を確認しました'));
  await expectGoodPage(page);
  await takeScreenshot(page, 'transfer-part');
  await page.goto(`/bookings/${id}`);
  await seen(page.getByText('お振込を待っています'));
  await expectGoodPage(page);
  await page.getByRole('link', { name: '振込先を表示' }).click();
  await seen(page.getByRole('heading', { name: '振込先の口座' }));
  await transfer(page);
  await reloadUntil(page, paid(page));
  await expectGoodPage(page);
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByText('全額お支払い済みです'));
};

describe('paying by transfer', () => {
  test('a part and then the rest, to an account of the booking', async () => {
    await visit((page) => partThenRest(page, '振込で払う発表会'));
  });

  test('on a phone', async () => {
    await visit((page) => partThenRest(page, '電話から振り込む発表会'), { device: 'phone' });
  });

  test('without JavaScript, and then another way after all', async () => {
    await visit(
      async (page) => {
        const id = await openAccount(page, 'スクリプトなしの振込', expectFitting);
        await page.getByRole('button', { name: '銀行振込をやめて、別の方法にする' }).click();
        await page.waitForURL(new RegExp(`/bookings/${id}`));
        await seen(page.getByRole('link', { name: 'コンビニで支払う' }));
      },
      { javaScript: false },
    );
  });

  test('in English', async () => {
    await visit(
      async (page) => {
        await signIn(page, 'organizer');
        const date = await freeDay(page, configuration);
        const { id } = await approved(page, { configuration, date, title: 'A talk by transfer' });
        await page.goto(`/bookings/${id}`);
        await reloadUntil(page, page.getByRole('link', { name: 'Pay by bank transfer' }));
        await page.getByRole('link', { name: 'Pay by bank transfer' }).click();
        await page.getByRole('button', { name: 'Get the account' }).click();
        await page.waitForURL(/\/payments\/pat_/);
        await reloadUntil(page, page.getByRole('heading', { name: 'The account' }));
        await expectGoodPage(page);
        await takeScreenshot(page, 'transfer-account-english');
      },
      { locale: 'en-GB' },
    );
  });
});
