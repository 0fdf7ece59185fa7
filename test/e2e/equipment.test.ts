import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, visit, type Device } from './browser.ts';
import { approved, hold, seen } from './steps/booking.ts';
import { dayFromNow, freeDay } from './steps/days.ts';
import { post, signIn } from './steps/people.ts';

const hall = 'big-palette.exhibition-hall.a';
const conventionHall = 'big-palette.convention-hall.all';
const devices: readonly Device[] = ['desktop', 'phone'];

const useIdOf = async (page: Page, bookingId: string) => {
  const answer = await page.request.get(`/api/bookings/${bookingId}`);
  const { booking } = (await answer.json()) as { booking: { uses: readonly { id: string }[] } };
  return booking.uses[0]!.id;
};

/** Another booking of the day has all but two projectors. */
const takeProjectors = async (page: Page, date: string) => {
  const { id } = await hold(page, {
    configuration: 'big-palette.training.all',
    date,
    title: '映像の講習会',
  });
  const lines = [{ useId: await useIdOf(page, id), itemId: 'big-palette.projector', quantity: 6 }];
  await post(page, `/api/bookings/${id}/equipment`, { lines });
};

describe('equipment', () => {
  test('is chosen beside what is free and what it costs; too many are refused in words', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, hall);
      await takeProjectors(page, date);
      const { id } = await hold(page, { configuration: hall, date, title: '備品の多い展示会' });
      await page.goto(`/bookings/${id}`);
      await page.getByRole('link', { name: '備品', exact: true }).click();
      await seen(page.getByRole('heading', { name: '備品・サービス', level: 1 }));
      await page.getByLabel('長机').fill('１２０');
      await page.getByLabel('プロジェクター').fill('3');
      await page.getByRole('button', { name: '備品の数を保存する' }).click();
      await seen(page.locator('[role=alert]'));
      await seen(page.getByText('空きは2台です。'));
      expect(await page.getByLabel('長机').inputValue()).toBe('１２０');
      await expectGoodPage(page);

      await page.getByLabel('プロジェクター').fill('2');
      await page.getByRole('button', { name: '備品の数を保存する' }).click();
      await seen(page.getByText('備品の数を保存しました。'));
      await seen(page.getByText('1回110円 × 120台'));
      await seen(page.getByText('30,800円'));
      await expectGoodPage(page);
      await visit(
        async (plain) => {
          await signIn(plain, 'organizer');
          await plain.goto(`/bookings/${id}/equipment`);
          await plain.getByLabel('ホワイトボード').fill('2');
          await plain.getByRole('button', { name: '備品の数を保存する' }).click();
          await seen(plain.getByText('1回330円 × 2台'));
        },
        { javaScript: false },
      );
      await visit(
        async (phone) => {
          await signIn(phone, 'organizer');
          await phone.goto(`/bookings/${id}/equipment`);
          await seen(phone.getByLabel('長机'));
          await expectGoodPage(phone);
        },
        { device: 'phone' },
      );
    });
  });

  test('stands on the day of the desk: who has it when, and what goes into which room', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, hall);
      const { id } = await hold(page, { configuration: hall, date, title: '準備の多い展示会' });
      const useId = await useIdOf(page, id);
      const wished = { 'long-desk': 120, chair: 480, projector: 2 };
      const lines = Object.entries(wished).map(([code, quantity]) => ({
        useId,
        itemId: `big-palette.${code}`,
        quantity,
      }));
      await post(page, `/api/bookings/${id}/equipment`, { lines });
      for (const device of devices) {
        await visit(
          async (desk) => {
            await signIn(desk, 'desk');
            await desk.goto(`/staff/equipment?venue=big-palette&date=${date}`);
            await seen(desk.getByText('準備の多い展示会'));
            await seen(desk.getByRole('heading', { name: '部屋ごとの準備表' }));
            await expectGoodPage(desk);
            await desk.goto(`/staff/bookings/${id}/equipment`);
            await seen(desk.getByLabel('長机'));
            await expectGoodPage(desk);
          },
          { device },
        );
      }
    });
  });

  test('of the catalogue is changed by the manager, never below what is promised', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, hall);
      const { id } = await hold(page, { configuration: hall, date, title: '演台を使う式典' });
      const lines = [
        { useId: await useIdOf(page, id), itemId: 'big-palette.lectern', quantity: 5 },
      ];
      await post(page, `/api/bookings/${id}/equipment`, { lines });
      await visit(async (manager) => {
        await signIn(manager, 'manager');
        await manager.goto('/staff/equipment/items?venue=big-palette');
        await manager.getByRole('link', { name: '変更 演台' }).click();
        await manager.getByLabel('在庫').fill('4');
        await manager.getByRole('button', { name: '変更を保存する' }).click();
        await seen(manager.getByText('に5台を貸し出す約束があるため'));
        await expectGoodPage(manager);
        await manager.getByLabel('在庫').fill('7');
        await manager.getByRole('button', { name: '変更を保存する' }).click();
        await seen(manager.getByText('台帳を変更しました。'));
      });
      await visit(
        async (desk) => {
          await signIn(desk, 'desk');
          await desk.goto('/staff/equipment/items?venue=big-palette');
          await seen(desk.getByText('承認者の権限を持つ職員が行います'));
          await expectGoodPage(desk);
        },
        { device: 'phone' },
      );
    });
  });
});

describe('meters', () => {
  test('are read by one person and checked by another; what the fee includes costs nothing', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, conventionHall);
      const { id } = await approved(page, {
        configuration: conventionHall,
        date,
        title: '電気を使う大会',
      });
      await visit(async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto(`/staff/bookings/${id}/readings`);
        await seen(desk.getByText('使用料に含まれます'));
        await desk.locator('#field-startValue').fill('12,345.6');
        await desk.getByRole('button', { name: '始めの値を記録する' }).click();
        await seen(desk.getByText('始めの値を記録しました。'));
        await desk.getByRole('textbox', { name: '終わりの値' }).fill('12000');
        await desk.getByRole('button', { name: '終わりの値を記録する' }).click();
        await seen(desk.locator('[role=alert]'));
        await expectGoodPage(desk);
        await desk.getByRole('textbox', { name: '終わりの値' }).fill('12500');
        await desk.getByRole('button', { name: '終わりの値を記録する' }).click();
        await seen(desk.getByText('検針した本人は照合できません'));
        await expectGoodPage(desk);
      });
      await visit(
        async (manager) => {
          await signIn(manager, 'manager');
          await manager.goto('/staff/utilities?venue=big-palette');
          await seen(manager.getByText('電気を使う大会'));
          await expectGoodPage(manager);
          await manager.goto(`/staff/bookings/${id}/readings`);
          await manager.getByRole('button', { name: '照合した（請求額を決める）' }).click();
          await seen(manager.getByText('照合しました。'));
          await expectGoodPage(manager);
        },
        { device: 'phone' },
      );
      await page.goto(`/bookings/${id}/equipment`);
      await seen(page.getByText('12,345.6 → 12,500(154.4kWh) 使用料に含まれます'));
      await expectGoodPage(page);
    });
  });

  test('whose term is corrected show in the recalculation, to the yen', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const configuration = 'big-palette.outdoor.all';
      const date = await freeDay(page, configuration);
      const { id } = await approved(page, { configuration, date, title: '屋外の夏まつり' });
      const meterId = 'big-palette.outdoor.electricity';
      await visit(async (desk) => {
        await signIn(desk, 'desk');
        const made = await post<{ readings: readonly { id: string }[] }>(
          desk,
          `/api/bookings/${id}/readings`,
          { meterId, usedOn: date, startValue: 0 },
        );
        await post(desk, `/api/utilities/readings/${made.readings[0]!.id}/end`, { endValue: 250 });
      });
      await visit(async (manager) => {
        await signIn(manager, 'manager');
        await manager.goto('/staff/utilities?venue=big-palette');
        const row = manager.getByRole('row').filter({ hasText: '屋外の夏まつり' });
        await row.getByRole('button', { name: '照合した' }).click();
        await seen(manager.getByText('照合しました。'));
        await manager.locator('summary', { hasText: '条件を加える' }).click();
        await manager.getByLabel('部屋', { exact: true }).selectOption('big-palette.outdoor');
        await manager.getByLabel('適用する日').first().fill(date);
        await manager.getByLabel('根拠・訂正の理由').fill('使用料に含まれていたため訂正');
        await expectGoodPage(manager);
        await manager.getByRole('button', { name: '条件を加える' }).click();
        await seen(manager.getByText('条件を加えました。'));
        const query = new URLSearchParams({ venue: 'big-palette', from: dayFromNow(0), to: date });
        await manager.goto(`/staff/utilities/recalculation?${query.toString()}`);
        await seen(manager.getByText('請求しすぎ'));
        await seen(manager.getByText('15,000円'));
        await expectGoodPage(manager);
        await visit(
          async (phone) => {
            await signIn(phone, 'manager');
            await phone.goto(`/staff/utilities/recalculation?${query.toString()}`);
            await seen(phone.getByText('15,000円'));
            await expectGoodPage(phone);
          },
          { device: 'phone' },
        );
      });
    });
  });
});
