import type { Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { approved, reloadUntil, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { post, signIn } from './steps/people.ts';

const configuration = 'big-palette.exhibition-hall.a';
const payer = { name: '佐藤 花子', email: 'hanako@example.jp', phone: '0249478010' };

const makeApproved = async (page: Page, title: string): Promise<string> => {
  await signIn(page, 'organizer');
  const date = await freeDay(page, configuration);
  const { id } = await approved(page, { configuration, date, title });
  return id;
};

const payAtStore = async (page: Page, id: string) => {
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByRole('link', { name: 'コンビニで支払う' }));
  const { attempt } = await post<{ attempt: { voucher: { hostedVoucherUrl: string } } }>(
    page,
    `/api/bookings/${id}/payments`,
    { method: 'konbini', ...payer },
  );
  await page.goto(attempt.voucher.hostedVoucherUrl);
  await page.getByRole('button', { name: 'コンビニのレジで支払う' }).click();
  await seen(page.getByText('お支払いが完了しました。'));
};

const payByCard = async (page: Page, id: string, number: string) => {
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByRole('link', { name: 'カードで支払う' }));
  await page.getByRole('link', { name: 'カードで支払う' }).click();
  await page.getByRole('button', { name: 'カードの入力に進む' }).click();
  await page.getByLabel('カード番号').and(page.locator('input')).fill(number);
  await page.getByLabel('有効期限').fill('12/34');
  await page.getByLabel('セキュリティコード').fill('123');
  await page.getByRole('button', { name: /円を支払う$/ }).click();
  await page.waitForURL(/\/payments\/pat_/);
  await reloadUntil(page, page.getByText('入金を確認しました'));
};

const fillProposal = async (page: Page, amount: string) => {
  await page.getByLabel('還付する額').fill(amount);
  await page.getByLabel('理由').first().selectOption({ label: '入金の誤り' });
  await page.getByLabel('請求はそのままにする').check();
  await page.getByLabel('事情').fill('二重にお支払いいただいたため');
  await page.getByRole('button', { name: '還付を申請する' }).click();
};

/** Finance asks; answers the address of the refund. */
const proposeThroughPage = async (id: string, amount: string): Promise<string> => {
  let address = '';
  await visit(async (page) => {
    await signIn(page, 'finance');
    await page.goto(`/staff/bookings/${id}`);
    await page.getByRole('link', { name: '還付', exact: true }).last().click();
    await page.waitForURL(/\/refunds$/);
    await reloadUntil(page, page.getByRole('button', { name: '還付を申請する' }));
    await expectGoodPage(page);
    await takeScreenshot(page, 'refund-propose');
    await fillProposal(page, '９９９，９９９，９９９');
    await seen(page.getByText('返せる金額を超えています'));
    await fillProposal(page, amount);
    await seen(page.getByText('別の担当者が決裁します').first());
    await seen(page.getByText('申請した人以外で'));
    await expectGoodPage(page);
    address = new URL(page.url()).pathname;
  });
  return address;
};

const approveThroughPage = (title: string) =>
  visit(async (page) => {
    await signIn(page, 'manager');
    await page.goto('/staff/refunds');
    await expectGoodPage(page);
    await takeScreenshot(page, 'refunds');
    await page.getByRole('link', { name: title }).click();
    await seen(page.getByRole('heading', { name: '決裁する' }));
    await expectGoodPage(page);
    await takeScreenshot(page, 'refund-decide');
    await page.getByRole('button', { name: '還付を却下する' }).click();
    await seen(page.getByText('入力してください'));
    await expectGoodPage(page);
    await page.getByLabel('理由').fill('入金の記録を確認しました');
    await page.getByRole('button', { name: '還付を承認する' }).click();
    await seen(page.getByText('還付を承認しました'));
  });

describe('a refund', () => {
  test('is asked for by one, approved by another, and goes to the account of the customer', async () => {
    const title = `還付の発表会 ${Date.now()}`;
    await visit(async (organizer) => {
      const id = await makeApproved(organizer, title);
      await payAtStore(organizer, id);
      const address = await proposeThroughPage(id, '12,340');
      await approveThroughPage(title);
      await organizer.goto(`/bookings/${id}`);
      await reloadUntil(organizer, organizer.getByText('口座の入力をお待ちしています'));
      await expectGoodPage(organizer);
      await takeScreenshot(organizer, 'booking-refund');

      await organizer.goto('/stand-in/stripe/refunds');
      await organizer.getByRole('link', { name: '12,340円の返金' }).first().click();
      await organizer.getByRole('button', { name: 'この口座で受け取る（試験）' }).click();
      await seen(organizer.getByText('振込の手続き中です'));

      await visit(
        async (finance) => {
          await signIn(finance, 'finance');
          await finance.goto(address);
          await reloadUntil(finance, finance.getByText('利用者へ返し終えました'));
          await expectGoodPage(finance);
          await takeScreenshot(finance, 'refund-done');
          await finance.goto('/staff/refunds/over');
          await seen(finance.getByRole('link', { name: title }));
          await expectGoodPage(finance);
          await takeScreenshot(finance, 'refunds-over');
        },
        { device: 'phone' },
      );
      await organizer.goto(`/bookings/${id}`);
      await seen(organizer.getByText('返金しました').first());
    });
  });

  test('that Stripe cannot return is paid out by hand', async () => {
    const title = `手で返す発表会 ${Date.now()}`;
    await visit(async (organizer) => {
      const id = await makeApproved(organizer, title);
      await payByCard(organizer, id, '4000 0000 0000 5126');
      const address = await proposeThroughPage(id, '5000');
      await approveThroughPage(title);
      await visit(
        async (finance) => {
          await signIn(finance, 'finance');
          await finance.goto(address);
          await reloadUntil(finance, finance.getByText('決済会社からは返せませんでした'));
          await expectGoodPage(finance);
          await finance.getByLabel('金融機関コード').fill('12');
          await finance.getByRole('button', { name: '口座を登録する' }).click();
          await seen(finance.getByText('入力内容に誤りがあります'));
          await expectGoodPage(finance);
          await takeScreenshot(finance, 'refund-payee');
          await finance.getByLabel('金融機関コード').fill('０１２６');
          await finance.getByLabel('支店コード').fill('001');
          await finance.getByLabel('口座番号').fill('1234567');
          await finance.getByLabel('口座名義（カナ）').fill('さとう はなこ');
          await finance.getByRole('button', { name: '口座を登録する' }).click();
          await seen(finance.getByText('振込先の口座を登録しました'));
          await finance.getByRole('button', { name: '振り込みました' }).click();
          await seen(finance.getByText('会館から支払い終えました'));
          await expectGoodPage(finance);
        },
        { device: 'phone' },
      );
    });
  });
});

describe('a debt given up', () => {
  test('is asked for by one and decided by another', async () => {
    const title = `不納欠損の発表会 ${Date.now()}`;
    let id = '';
    await visit(async (organizer) => {
      id = await makeApproved(organizer, title);
    });
    await visit(async (finance) => {
      await signIn(finance, 'finance');
      await finance.goto(`/staff/bookings/${id}/refunds`);
      await reloadUntil(finance, finance.getByLabel('不納欠損とする額'));
      await finance.getByLabel('回収できない理由').fill('主催者が倒産したため');
      await finance.getByRole('button', { name: '不納欠損を申請する' }).click();
      await seen(finance.getByText('不納欠損を申請しました'));
      await expectGoodPage(finance);
      await takeScreenshot(finance, 'booking-write-off');
    });
    await visit(
      async (manager) => {
        await signIn(manager, 'manager');
        await manager.goto('/staff/refunds/write-offs');
        await expectGoodPage(manager);
        await takeScreenshot(manager, 'write-offs');
        await manager.getByRole('button', { name: `${title}の不納欠損を承認する` }).click();
        await seen(manager.getByText('不納欠損を承認しました'));
        await expectGoodPage(manager);
      },
      { device: 'phone' },
    );
  });
});
