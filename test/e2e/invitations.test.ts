import { expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { linkMailedTo } from './steps/house.ts';
import { newEmail, post, signIn } from './steps/people.ts';

const configuration = 'corasse.room-501.all';
const caller = {
  kind: 'organization',
  name: `電話の会 ${Date.now().toString(36)}`,
  contactName: '南 千尋',
  phone: `024${String(Date.now()).slice(-7)}`,
};

test('who was booked by telephone is invited by mail, and sees the booking', async () => {
  const email = newEmail('caller');
  await visit(async (page) => {
    await signIn(page, 'desk');
    const date = await freeDay(page, configuration);
    const { organization } = await post<{ organization: { id: string } }>(
      page,
      '/api/organizations/callers',
      caller,
    );
    await post(page, '/api/bookings', {
      venue: 'corasse',
      organizationId: organization.id,
      title: '電話で承った例会',
      purpose: '会員の例会',
      uses: [{ room: 'room-501', configuration, date, band: 'daytime' }],
    });
    await page.goto(`/staff/organizations/${organization.id}`);
    await page.getByLabel('担当者の氏名').fill('南 万尋');
    await page.getByLabel('変更の理由').fill('電話で申し出があった');
    await page.getByRole('button', { name: '変更する' }).click();
    await seen(page.getByText('登録内容を変更しました'));
    await page.getByLabel('招待するメールアドレス').fill('まちがい');
    await page.getByRole('button', { name: '招待のメールを送る' }).click();
    await seen(page.getByRole('alert'));
    await expectGoodPage(page);
    await page.getByLabel('招待するメールアドレス').fill(email);
    await page.getByRole('button', { name: '招待のメールを送る' }).click();
    await seen(page.getByText(`${email} に招待のメールを送りました`));
    await expectGoodPage(page);
    await takeScreenshot(page, 'staff-organization');
  });
  await visit(
    async (page) => {
      await page.goto(await linkMailedTo(email));
      await seen(page.getByText(caller.name));
      await expectGoodPage(page);
      await takeScreenshot(page, 'invitation');
      await page.getByRole('button', { name: '利用を始める' }).click();
      await seen(page.getByRole('alert'));
      await page.getByLabel('パスワード').fill('飯盛山を歩いてのぼる42');
      await page.getByRole('button', { name: '利用を始める' }).click();
      await page.waitForURL(/\/bookings$/);
      await seen(page.getByText('電話で承った例会'));
      await expectGoodPage(page);
      await page.goto(await linkMailedTo(email));
      await seen(page.getByText('このリンクは使えません'));
      expect(await page.getByLabel('パスワード').count()).toBe(0);
      await expectGoodPage(page);
    },
    { device: 'phone' },
  );
});
