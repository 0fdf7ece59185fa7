import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectFitting, takeScreenshot, visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { newEmail, signIn, signInOf, signInThroughPage, type Person } from './steps/people.ts';

/** The session ends while the form is filled in; who sends it is asked to sign in, and mistypes once. */
const sendAfterTheEnd = async (page: Page, button: string, person: Person) => {
  await page.context().clearCookies();
  await page.getByRole('button', { name: button, exact: true }).click();
  await seen(page.getByText('入力した内容は失われていません'));
  await takeScreenshot(page, `carried-${person}`);
  const { email, password } = signInOf(person);
  await signInThroughPage(page, { email, password: `${password}x` });
  await seen(page.getByText('パスワードが違います'));
  await signInThroughPage(page, { email, password });
  await seen(page.getByText('まだ送信されていません'));
};

describe('a session that ends in the middle of a form, without JavaScript', () => {
  test('loses no word, and does nothing that was not looked at again: a member of staff', async () => {
    const email = newEmail('carried');
    await visit(
      async (page) => {
        await signIn(page, 'administrator');
        await page.goto('/staff/members');
        await page.getByLabel('氏名').fill('途中 切男');
        await page.getByLabel('メールアドレス').fill(email);
        const form = page.locator('form[action="?/add"]');
        await form.getByLabel('窓口').first().check();
        await form.getByLabel('経理').first().check();
        await sendAfterTheEnd(page, '加える', 'administrator');
        expect(await page.getByRole('heading', { name: '途中 切男' }).count()).toBe(0);
        expect(await page.getByLabel('氏名').inputValue()).toBe('途中 切男');
        expect(await page.getByLabel('メールアドレス').inputValue()).toBe(email);
        expect(await form.getByRole('checkbox', { checked: true }).count()).toBe(2);
        await page.getByRole('button', { name: '加える', exact: true }).click();
        await seen(page.getByText('職員を加えました'));
        await seen(page.getByRole('heading', { name: '途中 切男' }));
      },
      { javaScript: false },
    );
  });

  test('loses no word of an organizer in a hand, whose page has one act only', async () => {
    await visit(
      async (page) => {
        await signIn(page, 'stranger');
        await page.goto('/organizations/new');
        await page.getByLabel('団体名・氏名').fill('途中の会');
        await page.getByLabel('担当者の氏名').fill('途中 切子');
        await page.getByLabel('電話番号').fill('0249478010');
        await page.getByLabel('メールアドレス').fill('tochu@example.jp');
        await sendAfterTheEnd(page, '登録する', 'stranger');
        await expectFitting(page);
        expect(await page.getByLabel('団体名・氏名').inputValue()).toBe('途中の会');
        await page.getByRole('button', { name: '登録する', exact: true }).click();
        await seen(page.getByText('途中の会の登録内容を変更'));
      },
      { device: 'phone', javaScript: false },
    );
  });

  test('takes no form from elsewhere', async () => {
    await visit(async (page) => {
      const answer = await page.request.post('/sign-in/again?/carry&act=%2Fstaff', {
        headers: { origin: 'https://evil.example' },
        form: { name: '外から' },
      });
      expect(answer.status()).toBe(403);
    });
  });
});
