import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import {
  approved,
  describeEvent,
  holdAddress,
  pressHold,
  reloadUntil,
  seen,
} from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { letDebtAge } from './steps/house.ts';
import { signIn } from './steps/people.ts';

const part = 'big-palette.exhibition-hall.c';
const wholeHall = 'big-palette.exhibition-hall.all';

const untilCharged = (page: Page) => reloadUntil(page, page.getByText('お支払い期限').first());

/** Three dunnings by hand: the last proposes a block. */
const dunThrice = async (finance: Page, bookingId: string) => {
  await finance.goto(`/staff/bookings/${bookingId}/debt`);
  await seen(finance.getByText('が納入期限を過ぎています'));
  await expectGoodPage(finance);
  for (const name of ['お支払いのお願い', '督促状', '最終の督促状']) {
    await finance.getByRole('button', { name: '督促を送る' }).click();
    await seen(finance.getByRole('rowheader', { name, exact: true }));
  }
  await finance.getByRole('button', { name: '督促を送る' }).click();
  await seen(finance.getByText('督促はすべての段階を送りました'));
  await takeScreenshot(finance, 'debt');
  await expectGoodPage(finance);
};

describe('a debt', () => {
  test('is listed by age, dunned by hand, and closes new bookings once a person decides', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'stranger');
      const date = await freeDay(organizer, part);
      const booking = await approved(organizer, { configuration: part, date, title: '未納の会' });
      await organizer.goto(`/bookings/${booking.id}`);
      await untilCharged(organizer);
      await letDebtAge(booking.id);
      await visit(async (finance) => {
        await signIn(finance, 'finance');
        await finance.goto('/staff/receivables');
        await seen(finance.getByRole('link', { name: '未納の会' }));
        await takeScreenshot(finance, 'receivables');
        await expectGoodPage(finance);
        const csv = await finance.request.get('/api/receivables?format=csv');
        expect(await csv.text()).toContain('未納の会');
        await dunThrice(finance, booking.id);
        await finance.goto('/staff/receivables/blocks');
        await finance.getByRole('button', { name: '新しい予約を止める' }).click();
        await seen(finance.getByRole('alert'));
        await expectGoodPage(finance);
        await finance.getByLabel('判断の理由').fill('最終の督促にも返事がない');
        await finance.getByRole('button', { name: '新しい予約を止める' }).click();
        await seen(finance.getByText('新しい予約を止めました'));
        await takeScreenshot(finance, 'blocks');
        await expectGoodPage(finance);
      });
      const another = await freeDay(organizer, part);
      await organizer.goto(holdAddress({ configuration: part, date: another }));
      await describeEvent(organizer, '止められた会');
      await pressHold(organizer);
      await seen(organizer.getByText('ただいま新しい予約を承れません'));
      await organizer.goto('/bookings');
      await seen(organizer.getByText('ただいま新しい予約を承れません'));
      await expectGoodPage(organizer);
      await organizer.goto(`/bookings/${booking.id}`);
      await seen(organizer.getByText('お支払い期限が過ぎています'));
      await seen(organizer.getByText('使用承認はそのままです'));
      await expectGoodPage(organizer);
      await visit(async (finance) => {
        await signIn(finance, 'finance');
        await finance.goto('/staff/receivables/blocks');
        await finance.getByRole('button', { name: '通りすがり研究会の停止を解く' }).click();
        await seen(finance.getByText('停止を解きました'));
      });
    });
  });

  test('is held back with a reason, on a phone', async () => {
    await visit(
      async (organizer) => {
        await signIn(organizer, 'organizer');
        const date = await freeDay(organizer, part);
        const wish = { configuration: part, date, title: '相談中の会' };
        const booking = await approved(organizer, wish);
        await organizer.goto(`/bookings/${booking.id}`);
        await untilCharged(organizer);
        await letDebtAge(booking.id);
        await visit(
          async (finance) => {
            await signIn(finance, 'finance');
            await finance.goto(`/staff/bookings/${booking.id}/debt`);
            await finance.getByLabel('理由').fill('分納の相談中');
            await finance.getByRole('button', { name: '督促を止める' }).click();
            await seen(finance.getByText('督促を止めています'));
            await takeScreenshot(finance, 'debt-phone');
            await expectGoodPage(finance);
            await finance.goto('/staff/receivables');
            await seen(finance.getByText('停止中'));
            await takeScreenshot(finance, 'receivables-phone');
            await expectGoodPage(finance);
          },
          { device: 'phone' },
        );
      },
      { device: 'phone' },
    );
  });
});

describe('a large charge', () => {
  test('is paid part by part, the first at a store', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      const date = await freeDay(organizer, wholeHall, { earliest: 150 });
      const wish = { configuration: wholeHall, date, title: '分けて支払う会' };
      const booking = await approved(organizer, wish);
      await organizer.goto(`/bookings/${booking.id}`);
      await reloadUntil(organizer, organizer.getByText('分割の納入'));
      await takeScreenshot(organizer, 'parts');
      await expectGoodPage(organizer);
      await organizer.getByRole('link', { name: 'コンビニで支払う' }).first().click();
      await seen(organizer.getByText('次の納入分のお支払いです'));
      await expectGoodPage(organizer);
      await organizer.getByRole('button', { name: '支払い番号を発行する' }).click();
      await seen(organizer.getByRole('heading', { name: 'コンビニでのお支払い' }));
      await visit(
        async (phone) => {
          await signIn(phone, 'organizer');
          await phone.goto(`/bookings/${booking.id}#money`);
          await seen(phone.getByText('分割の納入'));
          await takeScreenshot(phone, 'parts-phone');
          await expectGoodPage(phone);
        },
        { device: 'phone' },
      );
    });
  });
});
