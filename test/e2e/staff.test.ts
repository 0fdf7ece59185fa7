import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { devices, expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { linkMailedTo, withoutStaff } from './steps/house.ts';
import { newEmail, signIn } from './steps/people.ts';

const password = '鶴ヶ城の石垣の上に42';

/** Good on a desk and in a hand. */
const expectGoodOnBoth = async (page: Page, name: string) => {
  await expectGoodPage(page);
  await takeScreenshot(page, name);
  await page.setViewportSize(devices.phone);
  await expectGoodPage(page);
  await takeScreenshot(page, name);
  await page.setViewportSize(devices.desktop);
};

const openLetter = async (page: Page, email: string, name: string) => {
  await page.goto(await linkMailedTo(email));
  await expectGoodPage(page);
  await takeScreenshot(page, name);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: '登録を完了する' }).click();
  await page.waitForURL(/\/staff$/);
};

describe('those who work here', () => {
  test('begin with an administrator, by the link that the first start prints', async () => {
    const email = newEmail('first');
    await withoutStaff((firstLink) =>
      visit(async (page) => {
        await page.goto(firstLink);
        await expectGoodOnBoth(page, 'staff-first');
        await page.getByRole('button', { name: '招待のメールを送る' }).click();
        await seen(page.getByRole('alert'));
        await expectGoodPage(page);
        await page.getByLabel('氏名').fill('初野 始');
        await page.getByLabel('メールアドレス').fill(email);
        await page.getByRole('button', { name: '招待のメールを送る' }).click();
        await seen(page.getByText('招待のメールを送りました'));
        await expectGoodPage(page);
        await openLetter(page, email, 'staff-first-letter');
        await page.goto('/staff/members');
        await seen(page.getByRole('heading', { name: '初野 始' }));
        await expectGoodOnBoth(page, 'staff-members-one');
        await page.goto(firstLink);
        await page.getByLabel('氏名').fill('後野 祭');
        await page.getByLabel('メールアドレス').fill(newEmail('late'));
        await page.getByRole('button', { name: '招待のメールを送る' }).click();
        await seen(page.getByText('最初の管理者はすでに登録されています'));
      }),
    );
  });

  test('are added, open their letter in a hand, and are out at once when the role ends', async () => {
    const email = newEmail('desk');
    const name = '窓野 開';
    await visit(async (page) => {
      await signIn(page, 'administrator');
      await page.goto('/staff/members');
      await page.getByLabel('氏名').fill(name);
      await page.getByLabel('メールアドレス').fill(email);
      await page.getByRole('button', { name: '加える', exact: true }).click();
      await seen(page.getByRole('alert'));
      await expectGoodPage(page);
      expect(await page.getByLabel('メールアドレス').inputValue()).toBe(email);
      const form = page.locator('form[action="?/add"]');
      await form.getByLabel('窓口').first().check();
      await form.getByRole('button', { name: '加える' }).click();
      await seen(page.getByText('職員を加えました'));
      const member = page.getByRole('listitem').filter({ hasText: email });
      await seen(member.getByText('招待中'));
      await expectGoodOnBoth(page, 'staff-members');
      await visit(
        async (theirs) => {
          await openLetter(theirs, email, 'staff-letter');
          await expectGoodPage(theirs);
          await member.getByText('役割を変える').click();
          await member.getByLabel('窓口').first().uncheck();
          await expectGoodPage(page);
          await member.getByRole('button', { name: '役割を保存する' }).click();
          await seen(page.getByText('役割を変えました'));
          expect(await member.count()).toBe(0);
          const answer = await theirs.goto('/staff');
          expect(answer?.status()).toBe(404);
          await expectGoodPage(theirs);
        },
        { device: 'phone' },
      );
    });
  });
});
