import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectFitting, expectGoodPage, visit } from './browser.ts';
import { describeEvent, hold, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const configuration = 'big-palette.multipurpose-2.all';

const threeDays = async (page: Page) => {
  const next = () => freeDay(page, configuration);
  return [await next(), await next(), await next()] as const;
};

const fillFirstStep = async (page: Page, title: string, dates: readonly string[]) => {
  await page.goto('/series/new?venue=big-palette');
  await page.getByLabel('日を選ぶ').check();
  await page.getByLabel('使う日').fill(dates.join('\n'));
  await page.locator('[name="uses.0.configuration"]').selectOption(configuration);
  await page.locator('[name="uses.0.band"]').selectOption('morning');
  await describeEvent(page, title);
};

const choiceOf = (page: Page, date: string) => page.locator(`[name="choice.${date}"]`);

describe('a series', () => {
  test.each(['desktop', 'phone'] as const)(
    'is asked for, gets a choice for the clashing date, and is changed and given up (%s)',
    async (device) => {
      await visit(
        async (page) => {
          await signIn(page, 'organizer');
          const [first, second, third] = await threeDays(page);
          await hold(page, { configuration, date: second, band: 'morning', title: '先約の会' });
          await fillFirstStep(page, '写真教室', [first, second, third]);
          await expectGoodPage(page);
          await page.getByRole('button', { name: '日ごとの空きと料金を見る' }).last().click();
          await seen(page.getByText('1回は代わりを選んでください'));
          await expectGoodPage(page);

          await page.getByRole('button', { name: /まとめて仮予約する/ }).click();
          await seen(page.getByText('まだ予約していません'));
          await choiceOf(page, second)
            .selectOption({ label: '午後' })
            .catch(() => undefined);
          const other = await choiceOf(page, second)
            .locator('optgroup option')
            .first()
            .getAttribute('value');
          await choiceOf(page, second).selectOption(other!);
          await choiceOf(page, third).selectOption('skip');
          await seen(page.getByRole('button', { name: '2回分をまとめて仮予約する' }));
          await page.getByRole('button', { name: '2回分をまとめて仮予約する' }).click();
          await seen(page.getByText('定期利用をまとめて仮予約しました'));
          await expectGoodPage(page);

          await page.getByRole('link', { name: /この日を追加/ }).click();
          await seen(page.getByRole('heading', { name: /日の追加/ }));
          await expectGoodPage(page);
          await page.getByRole('button', { name: 'この内容で仮予約する' }).click();
          await seen(page.getByText('日を追加しました'));

          await page.getByRole('link', { name: /^変更/ }).first().click();
          await seen(page.getByRole('heading', { name: '定期利用の変更' }));
          await page.getByLabel('この日とそのあとすべて').check();
          await page.locator('[name="band"]').selectOption('evening');
          await expectGoodPage(page);
          await page.getByRole('button', { name: '変更の内容と料金の差を見る' }).click();
          await seen(page.getByRole('button', { name: '3回を変更する' }));
          await expectGoodPage(page);
          await page.getByRole('button', { name: '3回を変更する' }).click();
          await seen(page.getByText('定期利用を変更しました'));

          await page.getByRole('link', { name: /BP-/ }).first().click();
          await seen(page.getByRole('link', { name: '定期利用の一回' }));
          await page.getByRole('link', { name: '定期利用の一回' }).click();
          await seen(page.getByRole('heading', { name: 'やめる日を選ぶ' }));
          await page.getByLabel('すべての日').check();
          await page.getByLabel('取り下げることを確認しました').check();
          await page.getByRole('button', { name: '取り下げる' }).click();
          await seen(page.getByText('選んだ日を取り下げました'));
        },
        { device },
      );
    },
  );

  test('is asked for without JavaScript, and nothing typed is lost', async () => {
    await visit(
      async (page) => {
        await signIn(page, 'organizer');
        const [first, second, third] = await threeDays(page);
        await hold(page, { configuration, date: second, band: 'morning', title: '先約の会' });
        await page.goto('/series/new?venue=big-palette');
        await page.getByRole('button', { name: '日ごとの空きと料金を見る' }).last().click();
        await seen(page.getByRole('alert'));
        await fillFirstStep(page, '読書会', [first, second, third]);
        await page.getByRole('button', { name: '日ごとの空きと料金を見る' }).last().click();
        await seen(page.getByText('1回は代わりを選んでください'));
        await expectFitting(page);
        await page.getByRole('button', { name: '戻って直す' }).click();
        expect(await page.getByLabel('催事名').first().inputValue()).toBe('読書会');
        await page.getByRole('button', { name: '日ごとの空きと料金を見る' }).last().click();
        await choiceOf(page, third).selectOption('skip');
        await page.getByRole('button', { name: /まとめて仮予約する/ }).click();
        await seen(page.getByText('まだ予約していません'));
        expect(await choiceOf(page, third).inputValue()).toBe('skip');
        await choiceOf(page, second).selectOption('skip');
        await page.getByRole('button', { name: /まとめて仮予約する/ }).click();
        await seen(page.getByText('定期利用をまとめて仮予約しました'));
      },
      { javaScript: false },
    );
  });

  test('is seen by the staff of the venue', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const [first, second] = await threeDays(page);
      await fillFirstStep(page, '朝の体操', [first, second]);
      await page.getByRole('button', { name: '日ごとの空きと料金を見る' }).last().click();
      await page.getByRole('button', { name: '2回分をまとめて仮予約する' }).click();
      await seen(page.getByText('定期利用をまとめて仮予約しました'));
      await page.goto('/series');
      await seen(page.getByRole('link', { name: '朝の体操' }));
      await expectGoodPage(page);
    });
    await visit(async (page) => {
      await signIn(page, 'desk');
      await page.goto('/staff/series?query=体操');
      await expectGoodPage(page);
      await page.getByRole('link', { name: '朝の体操' }).click();
      await seen(page.getByRole('heading', { name: '朝の体操' }));
      await expectGoodPage(page);
    });
  });
});
