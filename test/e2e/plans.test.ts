import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, visit } from './browser.ts';
import { approved, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const part = 'big-palette.exhibition-hall.b';
const pdf = {
  name: '会場図.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7 会場図'),
};

/** Far larger than is read at all: the sentence is the same as for a file a little too large. */
const sendTooLarge = async (page: Page) => {
  for (const megabytes of [10.8, 13]) {
    const buffer = Buffer.alloc(Math.round(megabytes * 1_048_576), '%PDF-1.7 ');
    await page.getByLabel('ファイル', { exact: true }).setInputFiles({ ...pdf, buffer });
    await page.getByRole('button', { name: 'ファイルを送る' }).click();
    await seen(page.getByText('ファイルが大きすぎます。10MB以内にして、もう一度お送りください。'));
    await page.goto(page.url());
  }
};

const sendPlan = async (page: Page) => {
  await page.getByLabel('ファイル', { exact: true }).setInputFiles(pdf);
  await page.getByRole('button', { name: 'ファイルを送る' }).click();
  await seen(page.getByText('ファイルを受け取りました'));
  await seen(page.getByRole('link', { name: '会場図.pdf' }));
};

describe('the plan of use', () => {
  test('is made together: the organizer sends the floor plan, the desk settles and prints', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      const date = await freeDay(organizer, part);
      const booking = await approved(organizer, { configuration: part, date, title: '打合せの会' });
      await organizer.goto(`/bookings/${booking.id}`);
      await organizer.getByRole('link', { name: '打合せ・当日' }).click();
      await seen(organizer.getByRole('heading', { name: '使用計画の打合せ' }));
      await sendTooLarge(organizer);
      await sendPlan(organizer);
      await organizer.getByLabel(/使う台数/).fill('２０');
      await organizer.getByRole('button', { name: '台数を保存する' }).click();
      await seen(organizer.getByText('駐車場の台数を保存しました'));
      await expectGoodPage(organizer);

      await visit(async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto(`/staff/run-sheet?venue=big-palette&date=${date}`);
        await seen(desk.getByText('まだ印刷していません'));
        await expectGoodPage(desk);
        await desk.getByRole('button', { name: '印刷した版として残す' }).click();
        await seen(desk.getByText('第1版として残しました'));

        await desk.goto(`/staff/bookings/${booking.id}/plan`);
        await desk.getByLabel('日付').fill(date);
        await desk.getByLabel('開始時刻').fill('２５時');
        await desk.getByRole('button', { name: '打合せを保存する' }).click();
        await seen(desk.getByText('時刻は 14:00 のように入力してください').last());
        await desk.getByLabel('開始時刻').fill('８：３０');
        await desk.getByLabel('打合せの記録').fill('搬入口は2番を使う');
        await desk.getByRole('button', { name: '打合せを保存する' }).click();
        await seen(desk.getByText('打合せを保存しました'));
        const point = desk.locator('details').first();
        await point.locator('summary').click();
        await point.getByLabel('状態').selectOption('settled');
        await point.getByLabel('付ける書類').selectOption({ label: '会場図.pdf' });
        await point.getByRole('button').click();
        await seen(desk.getByText('確認項目を保存しました'));
        await expectGoodPage(desk);

        await desk.goto(`/staff/run-sheet?venue=big-palette&date=${date}`);
        await seen(desk.getByText('搬入口は2番を使う'));
        expect(await desk.getByText('変更', { exact: true }).count()).toBeGreaterThan(0);
        await expectGoodPage(desk);
      });
    });
  });

  test('is read on a phone and kept without JavaScript', async () => {
    let id = '';
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      const date = await freeDay(organizer, part);
      id = (await approved(organizer, { configuration: part, date, title: '電話の会' })).id;
    });
    await visit(
      async (page) => {
        await signIn(page, 'organizer');
        await page.goto(`/bookings/${id}/plan`);
        await sendPlan(page);
        await page.getByRole('button', { name: '削除する: 会場図.pdf' }).click();
        await seen(page.getByText('ファイルを削除しました'));
      },
      { device: 'phone', javaScript: false },
    );
    await visit(
      async (page) => {
        await signIn(page, 'organizer');
        await page.goto(`/bookings/${id}/plan`);
        await expectGoodPage(page);
      },
      { device: 'phone' },
    );
  });
});
