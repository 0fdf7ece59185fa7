import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, visit, type Device } from './browser.ts';
import { seen } from './steps/booking.ts';
import { dayFromNow } from './steps/days.ts';
import { letEntriesClose } from './steps/house.ts';
import { post, signIn, type Person } from './steps/people.ts';

const room = 'hightech-plaza.techno-hall';

const fillMoment = (page: Page, step: string, day: string) =>
  page.getByRole('group', { name: step, exact: true }).getByLabel('日付').fill(day);

/** A manager announces a lottery through the form; the list says so. */
const announce = async (page: Page, days: { from: string; until: string }): Promise<string> => {
  await signIn(page, 'manager');
  await page.goto('/staff/openings');
  await expectGoodPage(page);
  await page.getByLabel('施設').selectOption('hightech-plaza');
  await page.getByLabel('部屋の種別').selectOption('hall');
  await page.getByLabel('使用日（から）').fill(days.from.replaceAll('-', '/'));
  await page.getByLabel('使用日（まで）').fill(days.until);
  await fillMoment(page, '応募の開始', dayFromNow(-1));
  await fillMoment(page, '応募の締切', dayFromNow(7));
  await fillMoment(page, '抽選', dayFromNow(6));
  await fillMoment(page, '当選者の確定期限', dayFromNow(15));
  await fillMoment(page, '先着受付の開始', dayFromNow(20));
  await page.getByRole('button', { name: '登録して公開する' }).click();
  await seen(page.getByText('日時の順番が違います'));
  await expectGoodPage(page);
  await fillMoment(page, '抽選', dayFromNow(8));
  await page.getByRole('button', { name: '登録して公開する' }).click();
  await seen(page.getByText('登録しました。公開のページに載りました。'));
  const link = page.getByRole('link', { name: '応募と結果を見る' }).last();
  return /lot_\w+/.exec((await link.getAttribute('href'))!)![0];
};

const enterThroughPage = async (page: Page, lotteryId: string, date: string, title: string) => {
  await page.goto(`/lotteries/${lotteryId}`);
  await expectGoodPage(page);
  await page.getByRole('link', { name: '応募する' }).click();
  await seen(page.getByRole('heading', { name: '抽選に応募する' }));
  await page.getByRole('combobox', { name: /^部屋/ }).selectOption(`${room}.all`);
  await page.getByRole('textbox', { name: /^日/ }).fill(date);
  await page.getByRole('combobox', { name: /^時間/ }).selectOption('daytime');
  await page.getByLabel('催事名').first().fill(title);
  await page.getByLabel('使用の目的・内容').fill('会員の発表と意見交換');
  await seen(page.getByText(/抽選で受け付けます/));
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'この内容で応募する' }).click();
  await seen(page.getByText('応募しました。確認のメールをお送りしました。'));
  await seen(page.getByRole('heading', { name: new RegExp(title) }));
  await expectGoodPage(page);
};

const draw = async (page: Page, lotteryId: string) => {
  await signIn(page, 'manager');
  await page.goto(`/staff/openings/${lotteryId}`);
  await expectGoodPage(page);
  const button = page.getByRole('button', { name: 'いま抽選する' });
  // The house draws by itself once a minute: it may have been quicker.
  if (await button.isVisible()) await button.click();
  await seen(page.getByText('先に埋まっていた応募'));
  await expectGoodPage(page);
};

/** Anybody computes the result again, in the browser. */
const checkAgain = async (page: Page, lotteryId: string) => {
  await page.goto(`/lotteries/${lotteryId}`);
  await page.getByRole('button', { name: 'このブラウザで計算し直す' }).click();
  await seen(page.getByText('公開されている結果は、計算し直した結果とすべて同じです。'));
  await page.getByText('手で確かめる手順').click();
  await expectGoodPage(page);
};

const stateOfOwn = async (page: Page, lotteryId: string): Promise<string> => {
  await page.goto(`/lotteries/${lotteryId}`);
  return page.getByRole('region', { name: '自分の応募' }).locator('.state').innerText();
};

const act = async (page: Page, lotteryId: string, button: RegExp, said: string) => {
  await page.goto(`/lotteries/${lotteryId}`);
  await expectGoodPage(page);
  await page.getByRole('button', { name: button }).click();
  await seen(page.getByText(said));
};

describe.each([
  ['desktop', 230],
  ['phone', 240],
] as const)('a lottery on a %s', (device: Device, daysAhead: number) => {
  test('is announced, entered, drawn, checked by anybody, and answered by the winner', async () => {
    const days = { from: dayFromNow(daysAhead), until: dayFromNow(daysAhead + 2) };
    const title = `抽選の発表会 ${device}`;
    let lotteryId = '';
    const as = (person: Person | undefined, story: (page: Page) => Promise<void>) =>
      visit(
        async (page) => {
          if (person) await signIn(page, person);
          await story(page);
        },
        { device },
      );

    await as(undefined, async (page) => {
      lotteryId = await announce(page, days);
    });
    await as('organizer', (page) => enterThroughPage(page, lotteryId, days.from, title));
    await as('stranger', async (page) => {
      const listed = await page.request.get('/api/organizations');
      const { organizations } = (await listed.json()) as {
        organizations: readonly { id: string }[];
      };
      await post(page, `/api/openings/lotteries/${lotteryId}/entries`, {
        organizationId: organizations[0]!.id,
        title: '研究会',
        purpose: '会員の研究発表',
        uses: [
          {
            room: room.split('.')[1],
            configuration: `${room}.all`,
            date: days.from,
            band: 'all_day',
          },
        ],
      });
    });
    await as(undefined, async (page) => {
      await page.goto('/lotteries');
      await seen(page.getByText('応募受付中'));
      await expectGoodPage(page);
    });
    await letEntriesClose(lotteryId);
    await as(undefined, (page) => draw(page, lotteryId));
    await as(undefined, (page) => checkAgain(page, lotteryId));

    const states: Partial<Record<Person, string>> = {};
    for (const person of ['organizer', 'stranger'] as const) {
      await as(person, async (page) => {
        states[person] = await stateOfOwn(page, lotteryId);
      });
    }
    expect(Object.values(states).toSorted()).toEqual(['当選・確定待ち', '繰り上げ待ち'].toSorted());
    const winner = states.organizer === '当選・確定待ち' ? 'organizer' : 'stranger';
    await as(winner, async (page) => {
      await act(page, lotteryId, /この日時で確定する/, '日時を確定しました');
      await seen(page.getByText('当選・確定', { exact: true }));
      await page.getByRole('link', { name: /予約のページを見る/ }).click();
      await seen(page.getByRole('button', { name: '使用承認を申請する' }));
    });
  });
});

test('without scripts the steps to check a draw by hand are on the page', async () => {
  await visit(
    async (page) => {
      const answer = await page.request.get('/api/openings');
      const { periods } = (await answer.json()) as {
        periods: readonly { lottery: { id: string; seed: string | null } | null }[];
      };
      const drawn = periods.find(({ lottery }) => lottery?.seed);
      await page.goto(`/lotteries/${drawn!.lottery!.id}`);
      await page.getByText('手で確かめる手順').click();
      await seen(page.getByText(`${drawn!.lottery!.seed!}:1`));
    },
    { javaScript: false },
  );
});
