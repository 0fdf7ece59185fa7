import { describe, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { approved, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const part = 'big-palette.exhibition-hall.c';

describe('a closure over a booking', () => {
  test('shows who is affected, is carried out with one act, and undone', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      const date = await freeDay(organizer, part);
      const booking = await approved(organizer, {
        configuration: part,
        date,
        title: '雪まつりの会',
      });

      await visit(async (manager) => {
        await signIn(manager, 'manager');
        await manager.goto('/staff/closures');
        await expectGoodPage(manager);
        await manager.getByRole('link', { name: '新しく閉める' }).click();
        await manager.getByRole('button', { name: '影響を確かめる' }).click();
        await seen(manager.getByRole('alert').or(manager.getByText('入力内容')));
        await expectGoodPage(manager);
        await manager.getByLabel(/緊急/).check();
        await manager.getByLabel('始まりの日').fill(date);
        await manager.getByLabel('多目的展示ホール C(北側)').check();
        await manager.getByLabel(/^理由（空き状況/).fill('大雪による避難所の開設');
        await manager.getByRole('button', { name: '影響を確かめる' }).click();
        await seen(manager.getByText('影響を受ける予約が1件あります'));
        await seen(manager.getByRole('link', { name: '雪まつりの会' }));
        await expectGoodPage(manager);
        await takeScreenshot(manager, 'closure-preview');
        await manager.getByRole('button', { name: 'この内容で閉める' }).click();
        await seen(manager.getByText('どうするか決まっていない予約があります'));
        await manager.getByRole('radio', { name: /取り消す/ }).check();
        await manager.getByRole('button', { name: 'この内容で閉める' }).click();
        await seen(manager.getByText('閉鎖しました'));
        await expectGoodPage(manager);
        await takeScreenshot(manager, 'closure');

        await organizer.goto(`/bookings/${booking.id}`);
        await seen(organizer.getByText('この予約は取り消されました'));

        await manager.getByRole('button', { name: '元に戻す' }).click();
        await seen(manager.getByText('元に戻しました'));
        await organizer.reload();
        await seen(organizer.getByText('使用承認', { exact: true }));
      });
    });
  });

  test('is set by the desk as a block on a phone, without JavaScript', async () => {
    let date = '';
    await visit(async (page) => {
      date = await freeDay(page, part);
    });
    await visit(
      async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto('/staff/closures/new?venue=big-palette');
        await desk.getByLabel('始まりの日').fill(date.replaceAll('-', '/'));
        await desk.getByLabel('多目的展示ホール C(北側)').check();
        await desk.getByLabel(/^理由（空き状況/).fill('消防訓練のため');
        await desk.getByRole('button', { name: '影響を確かめる' }).click();
        await seen(desk.getByText('影響を受ける予約はありません'));
        await desk.getByRole('button', { name: 'この内容で閉める' }).click();
        await seen(desk.getByText('閉鎖しました'));
        await desk.getByRole('button', { name: '閉鎖を解く' }).click();
        await seen(desk.getByText('閉鎖を解きました'));
      },
      { device: 'phone', javaScript: false },
    );
    await visit(
      async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto('/staff/closures/new');
        await expectGoodPage(desk);
        await takeScreenshot(desk, 'closure-new');
      },
      { device: 'phone' },
    );
  });
});
