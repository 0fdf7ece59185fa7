import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#api/transfers/rules/entry.ts';
import { fileOf, recordsOfFile, transferOf, writeRecords } from '#test/fixtures/bank_files.ts';
import { devices, expectGoodPage, takeScreenshot, visit } from './browser.ts';
import { approved, seen } from './steps/booking.ts';
import { dayFromNow, freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const patience = { timeout: 180_000 };
const part = 'big-palette.exhibition-hall.c';
const today = dayFromNow(0) as Entry['bookedOn'];
/** Of this run only: two journeys share one house. */
let reference = Date.now() % 100_000;

const expectGoodOnBoth = async (page: Page, name: string) => {
  await expectGoodPage(page);
  await takeScreenshot(page, name);
  await page.setViewportSize(devices.phone);
  await expectGoodPage(page);
  await takeScreenshot(page, name);
  await page.setViewportSize(devices.desktop);
};

/** Approved, and charged by the worker a moment later. */
const owing = async (page: Page, title: string) => {
  await signIn(page, 'organizer');
  const date = await freeDay(page, part, { earliest: 45 });
  const booking = await approved(page, { configuration: part, date, title });
  const look = async () => {
    const answer = await page.request.get(`/api/bookings/${booking.id}/payments`);
    return ((await answer.json()) as { charge: { balanceYen: number } | null }).charge?.balanceYen;
  };
  await expect.poll(look, { timeout: 30_000, interval: 250 }).toBe(booking.quote.totalYen);
  return booking;
};

const transfer = (changes: Partial<Entry>) =>
  transferOf({
    reference: String((reference += 1)).padStart(6, '0'),
    bookedOn: today,
    valueOn: today,
    ...changes,
  });

const upload = async (page: Page, records: readonly string[]) => {
  await page.getByLabel('全銀形式のファイル').setInputFiles({
    name: 'nyukin.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(writeRecords(records, '\r\n')),
  });
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
};

describe('money transferred to the bank', () => {
  test('is read from a file and matched by finance', patience, () =>
    visit(async (page) => {
      const one = await owing(page, '振込で払う展示会');
      const other = await owing(page, '分けて払う展示会');
      const third = await owing(page, '手数料を引かれた展示会');
      const payer = `ﾌﾒｲﾉ ﾌﾘｺﾐﾆﾝ ${reference}`;
      const records = recordsOfFile(
        fileOf([
          transfer({ amountYen: one.quote.totalYen, message: one.number }),
          transfer({ amountYen: 500_000, payerName: payer }),
        ]),
      );
      await visit(async (finance) => {
        await signIn(finance, 'finance');
        await finance.goto('/staff/transfers');
        const broken = [...records];
        broken[3] = records[3]!.replace('000002', '000003');
        await upload(finance, broken);
        await seen(finance.getByRole('alert').getByText('4行目の「振込合計件数」は3'));
        await expectGoodOnBoth(finance, 'transfers-refused');
        await upload(finance, records);
        await seen(finance.getByText('ファイルを取り込みました'));
        await expectGoodOnBoth(finance, 'transfers-read');
        await upload(finance, records);
        await seen(finance.getByRole('alert').getByText('取り込み済みです'));

        await finance.getByRole('button', { name: `${one.number}に充てる` }).click();
        await seen(finance.getByText('入金を予約に充てました'));
        expect(await finance.getByText(one.number).count()).toBe(0);

        await finance.getByRole('link', { name: new RegExp(`^${payer}の入金`) }).click();
        await seen(finance.getByRole('heading', { name: '金額を分けて充てる' }));
        await finance.getByLabel('予約番号').fill('R08-BP-999999');
        await finance.getByRole('button', { name: '探す' }).click();
        await seen(finance.getByText('この番号の予約は、この会館にありません'));
        await finance.getByLabel('予約番号').fill(other.number.toLowerCase());
        await finance.getByRole('button', { name: '探す' }).click();
        const amount = finance.getByLabel(new RegExp(`^${other.number}`));
        await amount.fill('９０,０００');
        await expectGoodOnBoth(finance, 'transfers-share');
        await finance.getByRole('button', { name: '入力した金額を充てる' }).click();
        await seen(finance.getByText('入金を予約に充てました'));
        await seen(finance.getByText('410,000').first());
        await expectGoodOnBoth(finance, 'transfers-shared');
        await finance.getByRole('button', { name: `${other.number}への充当を取り消す` }).click();
        await seen(finance.getByText('充当を取り消しました'));

        await finance.getByLabel('予約番号').fill(third.number);
        await finance.getByRole('button', { name: '探す' }).click();
        const least = finance.getByRole('textbox', { name: new RegExp(`^${third.number}`) });
        await least.fill(`${(third.quote.totalYen - 440).toLocaleString('ja')}円`);
        await finance.getByLabel(`${third.number}の残りの未納額を値引きにする`).check();
        await expectGoodOnBoth(finance, 'transfers-rebate');
        await finance.getByRole('button', { name: '入力した金額を充てる' }).click();
        await seen(finance.getByText('入金を予約に充てました'));
        await seen(finance.getByText('値引き 440円'));
        await finance.getByRole('button', { name: `${third.number}への充当を取り消す` }).click();
        await seen(finance.getByText('充当を取り消しました'));

        await finance.getByText('対象外にする').first().click();
        await finance.getByRole('button', { name: '対象外にする' }).click();
        await seen(finance.getByRole('alert'));
        await finance.getByLabel(/^対象外にする理由/).fill('会館の資金の移動');
        await finance.getByRole('button', { name: '対象外にする' }).click();
        await seen(finance.getByText('会館の資金の移動'));
        await expectGoodOnBoth(finance, 'transfers-aside');
        await finance.getByRole('button', { name: '対象に戻す' }).click();
        await seen(finance.getByText('明細を対象に戻しました'));
      });
      await page.goto(`/bookings/${one.id}`);
      await expectGoodPage(page);
    }),
  );

  test('is matched without JavaScript', patience, () =>
    visit(async (page) => {
      const booking = await owing(page, 'JavaScriptなしの展示会');
      const message = booking.number.replaceAll('-', '');
      const paid = transfer({ amountYen: booking.quote.totalYen, message });
      await visit(
        async (finance) => {
          await signIn(finance, 'finance');
          await finance.goto('/staff/transfers');
          await finance.getByRole('button', { name: '取り込む', exact: true }).click();
          await seen(finance.getByRole('alert'));
          await upload(finance, recordsOfFile(fileOf([paid])));
          await seen(finance.getByText('ファイルを取り込みました'));
          await finance.getByRole('button', { name: `${booking.number}に充てる` }).click();
          await seen(finance.getByText('入金を予約に充てました'));
          await finance.goto('/staff/transfers?view=done');
          await finance
            .getByRole('link', { name: /の入金を照合する/ })
            .first()
            .click();
          await seen(finance.getByRole('heading', { name: '充てた予約' }));
        },
        { javaScript: false },
      );
    }),
  );
});
