import type { Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { expectFitting, expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { approved, hold, reloadUntil, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const part = 'big-palette.exhibition-hall.c';
const small = 'big-palette.small-meeting-2-3.2';

const codeOf = async (page: Page, href: string): Promise<string> => {
  const answer = await page.request.get(href);
  const pdf = await getDocumentProxy(new Uint8Array(await answer.body()));
  const { text } = await extractText(pdf, { mergePages: true });
  return /[0-9A-F]{5}(?:-[0-9A-F]{5}){3}/.exec(text.normalize('NFKC'))![0];
};

describe('papers', () => {
  test('are asked for, handed out again, and verified by anybody', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      const date = await freeDay(organizer, small);
      const booking = await approved(organizer, { configuration: small, date, title: '書類の会' });
      const path = `/bookings/${booking.id}/documents`;
      await organizer.goto(path);
      await reloadUntil(organizer, organizer.getByRole('link', { name: '請求書 (PDF)' }));
      await organizer.getByRole('button', { name: '納入通知書を作る' }).click();
      await seen(organizer.getByText('書類を作りました'));
      await expectGoodPage(organizer);
      await takeScreenshot(organizer, 'documents-booking');
      const link = organizer.getByRole('link', { name: '納入通知書 (PDF)' });
      const code = await codeOf(organizer, (await link.getAttribute('href'))!);

      await visit(async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto(`/staff${path}`);
        await desk.getByRole('button', { name: '払込票を作る' }).click();
        await seen(desk.getByRole('link', { name: '払込票 (PDF)' }));
        await desk.getByText('書類を再発行する').click();
        await desk.getByLabel('再発行の理由').fill('紛失のため');
        await desk.getByRole('button', { name: '再発行する' }).click();
        await seen(desk.getByText('再発行しました'));
        await expectGoodPage(desk);
        await takeScreenshot(desk, 'documents-staff');
      });

      await visit(
        async (anybody) => {
          await anybody.goto('/verify');
          await expectGoodPage(anybody);
          await anybody.getByLabel('確認コード').fill('00000-00000');
          await anybody.getByRole('button', { name: '確かめる' }).click();
          await seen(anybody.getByText('この確認コードの書類は見つかりません'));
          await expectGoodPage(anybody);
          await anybody.getByLabel('確認コード').fill(code.toLowerCase());
          await anybody.getByRole('button', { name: '確かめる' }).click();
          await seen(anybody.getByText('会館が発行した書類です'));
          await expectGoodPage(anybody);
          await takeScreenshot(anybody, 'verify-phone');
        },
        { device: 'phone' },
      );

      await organizer.goto('/documents?kind=payment_notice');
      await seen(organizer.getByRole('link', { name: '書類の会' }));
      await expectGoodPage(organizer);
      await takeScreenshot(organizer, 'documents-mine');
    });
  });

  test('of a hold are a quotation', async () => {
    await visit(
      async (organizer) => {
        await signIn(organizer, 'organizer');
        const date = await freeDay(organizer, part);
        const { id } = await hold(organizer, { configuration: part, date, title: '見積の会' });
        await organizer.goto(`/bookings/${id}/documents`);
        await organizer.getByRole('button', { name: '見積書を作る' }).click();
        await seen(organizer.getByRole('link', { name: '見積書 (PDF)' }));
        await expectFitting(organizer);
        await takeScreenshot(organizer, 'documents-phone');
      },
      { device: 'phone' },
    );
  });
});

describe('a combined invoice', () => {
  test('is made by the organizer over two bookings and taken back by the desk', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      for (const title of ['合算の会 春', '合算の会 秋']) {
        const date = await freeDay(organizer, part);
        const { id } = await approved(organizer, { configuration: part, date, title });
        await organizer.goto(`/bookings/${id}/documents`);
        await reloadUntil(organizer, organizer.getByRole('link', { name: '請求書 (PDF)' }));
      }
      await organizer.goto('/documents');
      await organizer.getByRole('link', { name: '請求をまとめて支払う' }).click();
      const choice = organizer.getByLabel('請求先を選ぶ');
      const ours = choice.locator('option', { hasText: 'ビッグパレット' }).first();
      await choice.selectOption(await ours.getAttribute('value'));
      await organizer.getByRole('button', { name: '請求を表示' }).click();
      await seen(organizer.getByText('合算の会 春'));
      for (const tick of await organizer.getByRole('checkbox').all()) await tick.uncheck();
      await organizer.getByRole('button', { name: '合算請求書を作る' }).click();
      await seen(organizer.getByText('請求を1件以上選んでください'));
      await expectGoodPage(organizer);
      await organizer.getByRole('checkbox', { name: /合算の会 春/ }).check();
      await organizer.getByRole('checkbox', { name: /合算の会 秋/ }).check();
      await takeScreenshot(organizer, 'invoice-new');
      await organizer.getByRole('button', { name: '合算請求書を作る' }).click();
      await seen(organizer.getByText('合算請求書を作りました'));
      await expectGoodPage(organizer);
      const id = /inv_\w+/.exec(organizer.url())![0];

      await visit(async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto('/staff/invoices');
        await seen(desk.getByRole('link', { name: /合算請求書を開く/ }));
        await expectGoodPage(desk);
        await desk.goto(`/staff/invoices/${id}`);
        await desk.getByText('この合算請求書を取り消す').first().click();
        await desk.getByRole('button', { name: 'この合算請求書を取り消す' }).click();
        await seen(desk.getByText('確認の欄にチェックを入れてください。'));
        await desk.getByLabel('取り消すことを確かめました').check();
        await desk.getByRole('button', { name: 'この合算請求書を取り消す' }).click();
        await seen(desk.getByText('合算請求書を取り消しました'));
        await expectGoodPage(desk);
        await takeScreenshot(desk, 'invoice-voided');
        await desk.goto('/staff/invoices/new');
        await expectGoodPage(desk);
      });
      expect(await organizer.title()).not.toBe('');
    });
  });
});
