import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { devices, expectGoodPage, visit } from './browser.ts';
import {
  bookingIdIn,
  confirmRules,
  describeEvent,
  hold,
  holdAddress,
  holdAndRequest,
  pressHold,
  seen,
} from './steps/booking.ts';
import { dayFromNow, freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const patience = { timeout: 120_000 };
const room = 'big-palette.small-meeting-1.all';

const expectGoodOnBoth = async (page: Page) => {
  await expectGoodPage(page);
  await page.setViewportSize(devices.phone);
  await expectGoodPage(page);
  await page.setViewportSize(devices.desktop);
};

describe('the conditions of use', () => {
  test('are read before booking, each with its source', patience, () =>
    visit(async (page) => {
      await page.goto('/venues/big-palette');
      await page.getByRole('link', { name: '利用条件' }).click();
      const table = page.getByRole('table', { name: '部屋の種別ごとの決まり' });
      await seen(table.getByRole('columnheader', { name: '会議室・研修室' }));
      await seen(table.getByText('最初の使用日の14日前まで'));
      await seen(page.getByText('承認を受けていない火気'));
      await seen(page.getByText('地方自治法244条'));
      await seen(page.getByText('2028年3月頃'));
      await expectGoodOnBoth(page);
    }),
  );

  test('are confirmed by who applies, without JavaScript too', patience, () =>
    visit(
      async (page) => {
        await signIn(page, 'organizer');
        const date = await freeDay(page, room);
        const { id } = await hold(page, { configuration: room, date, title: '確認をする会議' });
        await page.goto(`/bookings/${id}`);
        await page.getByRole('button', { name: '使用承認を申請する' }).click();
        await seen(page.locator('[role=alert]').getByText('チェックを入れてください'));
        await confirmRules(page);
        await page.getByRole('button', { name: '使用承認を申請する' }).click();
        await seen(page.getByText('使用承認を申請しました'));
      },
      { javaScript: false },
    ),
  );

  test(
    'approve plain use of a meeting room in the same breath, and the page says so',
    patience,
    () =>
      visit(async (page) => {
        await signIn(page, 'organizer');
        const date = await freeDay(page, room);
        await page.goto(holdAddress({ configuration: room, date, band: 'morning' }));
        await describeEvent(page, '係の打合せ');
        await page.getByLabel('来場・参加予定人数').fill('10');
        await pressHold(page);
        await seen(page.getByText('簡易な使用のため、申請と同時に承認されます。'));
        await expectGoodOnBoth(page);
        await confirmRules(page);
        await page.getByRole('button', { name: '使用承認を申請する' }).click();
        await seen(page.getByText('利用条件によりその場で承認されました'));
        await seen(page.getByText('申請と同時に自動で承認されました'));
        await expectGoodOnBoth(page);
      }),
  );

  test('are changed by an administrator, and looked at by the others', patience, async () => {
    await visit(async (page) => {
      await signIn(page, 'manager');
      await page.goto('/staff/policies');
      await seen(page.getByText('変更できるのは、この施設の管理者だけです。'));
      expect(await page.getByRole('link', { name: /利用条件を変更/ }).count()).toBe(0);
      await expectGoodPage(page);
    });
    await visit(async (page) => {
      await signIn(page, 'administrator');
      await page.goto('/staff/policies');
      await page
        .getByRole('region', { name: '福島県ハイテクプラザ' })
        .getByRole('link', { name: '展示ホールの利用条件を変更' })
        .click();
      await page.getByLabel('仮予約の期間').fill('１０');
      await page.getByLabel('期限のお知らせ').fill('１０、3');
      await page.getByRole('button', { name: '利用条件を保存する' }).click();
      await seen(page.locator('[role=alert]').getByText('10日'));
      expect(await page.getByLabel('期限のお知らせ').inputValue()).toBe('１０、3');
      await expectGoodOnBoth(page);
      await page.getByLabel('期限のお知らせ').fill('3、1');
      await page.getByRole('button', { name: '利用条件を保存する' }).click();
      await seen(page.getByText('利用条件を保存しました'));
      await seen(page.getByText('職員が設定'));
      await expectGoodOnBoth(page);
      await page.goto('/venues/hightech-plaza/rules');
      await seen(page.getByText('10日間'));
    });
  });
});

describe('staff', () => {
  test('sort the list of bookings, go on in it, and take it along', patience, () =>
    visit(async (page) => {
      await signIn(page, 'manager');
      await page.goto('/staff/bookings');
      await page
        .getByRole('columnheader', { name: /^使用日/ })
        .getByRole('link')
        .click();
      await seen(page.locator('th[aria-sort="ascending"]', { hasText: '使用日' }));
      await page.getByRole('link', { name: '次のページ' }).click();
      await seen(page.getByRole('link', { name: '最初のページへ' }));
      await expectGoodOnBoth(page);
      const file = await page.getByRole('link', { name: 'Excel' }).getAttribute('href');
      expect((await page.request.get(file!)).headers()['content-type']).toMatch(/spreadsheetml/);
    }),
  );

  test('hold for an organizer whom they find, and apply on their behalf', patience, () =>
    visit(async (page) => {
      await signIn(page, 'manager');
      const date = await freeDay(page, room);
      await page.goto('/staff/bookings');
      await page.getByRole('link', { name: '代わりに仮予約する' }).click();
      await page.getByLabel('利用者を探す').fill('どこにもいない団体');
      await page.getByRole('button', { name: '探す', exact: true }).click();
      await seen(page.getByText('利用者が見つかりません'));
      await page.getByLabel('利用者を探す').fill('organizer@example.jp');
      await page.getByRole('button', { name: '探す', exact: true }).click();
      const found = page.getByRole('link', { name: '見本ものづくり協議会', exact: true });
      await seen(found);
      await expectGoodOnBoth(page);
      await found.click();
      await page.getByRole('link', { name: 'ビッグパレットふくしま' }).click();
      await seen(page.getByRole('heading', { name: /の仮予約$/ }));
      await page.locator('#field-uses-0-configuration').selectOption(room);
      await page.locator('#field-uses-0-date').fill(date);
      await page.locator('#field-uses-0-band').selectOption('morning');
      await describeEvent(page, '電話で受けた会議');
      await page.getByLabel('優先予約の理由').fill('県主催の会議のため');
      await expectGoodOnBoth(page);
      await pressHold(page);
      await seen(page.getByText('仮予約しました'));
      await seen(page.getByText('県主催の会議のため'));
      await expectGoodOnBoth(page);
      const id = bookingIdIn(page);
      await confirmRules(page);
      await page.getByRole('button', { name: '使用承認を申請する' }).click();
      await seen(page.getByText('使用承認を申請しました'));
      await visit(async (organizer) => {
        await signIn(organizer, 'organizer');
        await organizer.goto(`/bookings/${id}`);
        await seen(organizer.getByText('県主催の会議のため'));
      });
    }),
  );

  test(
    'hold in the same form for a caller who is not known, and are shown who may be',
    patience,
    () =>
      visit(async (page) => {
        await signIn(page, 'desk');
        const date = await freeDay(page, room);
        await page.goto('/staff/bookings/new');
        await page.getByRole('link', { name: 'はじめての方の予約を受ける' }).click();
        await page.getByRole('link', { name: 'ビッグパレットふくしま' }).click();
        await page.locator('#field-uses-0-configuration').selectOption(room);
        await page.locator('#field-uses-0-date').fill(date);
        await page.locator('#field-uses-0-band').selectOption('evening');
        await describeEvent(page, 'はじめての電話の会議');
        await page.getByLabel('団体名・お名前').fill('見本 ものづくり協議会');
        await page.getByLabel('ご担当者').fill('遠藤 初音');
        await page.getByLabel('電話番号').fill('０２４－５１０－１９９７');
        await expectGoodOnBoth(page);
        await pressHold(page);
        await seen(page.getByText('すでに登録されている方ではありませんか'));
        await expectGoodOnBoth(page);
        await page.getByLabel('別の方なので、新しく登録する').check();
        await pressHold(page);
        await seen(page.getByText('仮予約しました'));
        await seen(page.getByText('遠藤 初音'));
      }),
  );

  test('are told by the page when a day is too near', patience, () =>
    visit(async (page) => {
      await signIn(page, 'organizer');
      const configuration = 'big-palette.exhibition-hall.b';
      await page.goto(holdAddress({ configuration, date: dayFromNow(5) }));
      await seen(page.getByText('受付終了'));
      await seen(page.getByRole('link', { name: '024-947-8010' }));
      expect(await page.getByRole('button', { name: '仮予約する', exact: true }).count()).toBe(0);
      await expectGoodPage(page);
    }),
  );

  test('refuse on a ground of the venue, chosen from its list', patience, () =>
    visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, room);
      const { id } = await holdAndRequest(page, { configuration: room, date, title: '断る会議' });
      await visit(async (manager) => {
        await signIn(manager, 'manager');
        await manager.goto(`/staff/bookings/${id}`);
        await manager.locator('summary', { hasText: '承認しない' }).click();
        await manager.getByLabel('承認しない理由').fill('床の許容荷重を超えるため');
        await manager.getByLabel('不承認の根拠').selectOption('damage');
        await expectGoodOnBoth(manager);
        await manager.getByRole('button', { name: '承認しない' }).click();
        await seen(manager.getByText('不承認としました'));
        await seen(manager.getByText('建物または附属設備を損傷するおそれがあるとき'));
      });
    }),
  );
});
