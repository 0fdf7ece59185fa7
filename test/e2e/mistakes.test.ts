import * as fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import {
  describeEvent,
  hold,
  holdAddress,
  confirmRules,
  holdThroughPage,
  pressHold,
  requestThroughPage,
  seen,
} from './steps/booking.ts';
import { dayFromNow, freeDay } from './steps/days.ts';
import { signIn, signInOf, signInThroughPage } from './steps/people.ts';

const configuration = 'corasse.room-401.all';

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

describe('what people type', () => {
  test('a date that does not exist, and one that has passed, are explained at the field', async () => {
    await visit(async (page) => {
      await page.goto('/');
      await page.getByLabel('いつ').fill('2027-02-30');
      await page.getByLabel('何人で').fill('三十');
      await page.getByRole('button', { name: '空いている部屋を探す' }).click();
      await seen(page.getByText('エラー: 実在する日を、2027-02-14のように入力してください。'));
      await seen(page.getByText('エラー: 人数は数字で入力してください。'));
      expect(await page.getByLabel('いつ').inputValue()).toBe('2027-02-30');
      expect(await page.getByLabel('何人で').inputValue()).toBe('三十');
      await expectGoodPage(page);
      await takeScreenshot(page, 'finder-mistakes');
      await page.getByLabel('何人で').fill('30');
      await page.getByLabel('いつ').fill(dayFromNow(-1));
      await page.getByRole('button', { name: '空いている部屋を探す' }).click();
      await seen(page.getByText('エラー: 過ぎた日です。'));
      await expectGoodPage(page);
    });
  });

  test('full-width digits, slashes and commas are read as meant', async () => {
    await visit(async (page) => {
      const date = await freeDay(page, configuration);
      await page.goto('/quote?venue=corasse');
      await page.getByLabel('部屋').selectOption(configuration);
      await page
        .getByLabel('日', { exact: false })
        .first()
        .fill(fullWidth(date.replaceAll('-', '/')));
      await page.getByLabel('時間', { exact: false }).first().selectOption('daytime');
      await page.getByLabel('参加人数').fill('２０');
      await page.getByLabel('入場料などの最高額').fill('１，０００');
      await page.getByRole('button', { name: '見積りを表示する' }).click();
      await seen(page.getByRole('heading', { name: '見積り' }));
      await expectGoodPage(page);
      expect(await page.getByLabel('参加人数').inputValue()).toBe('２０');
    });
  });

  test('what is typed before the page woke up stays', async () => {
    await visit(async (page) => {
      let wake = () => {};
      const awake = new Promise<void>((resolve) => (wake = resolve));
      await page.route('**/_app/**/*.js', async (route) => {
        await awake;
        await route.continue();
      });
      await page.goto('/', { waitUntil: 'domcontentloaded' });
      await page.getByLabel('何を').selectOption('school');
      await page.getByLabel('何人で').fill('40');
      await page.getByLabel('いつ').fill('2027-03-04');
      wake();
      await seen(page.getByRole('button', { name: '暦から選ぶ' }));
      expect(await page.getByLabel('何を').inputValue()).toBe('school');
      expect(await page.getByLabel('何人で').inputValue()).toBe('40');
      expect(await page.getByLabel('いつ').inputValue()).toBe('2027-03-04');
    });
  });

  test('a wrong password says so and keeps the e-mail address', async () => {
    await visit(async (page) => {
      const { email } = signInOf('organizer');
      await page.goto('/sign-in');
      await signInThroughPage(page, { email, password: 'chigau-password' });
      await seen(page.getByRole('alert'));
      expect(await page.getByLabel('メールアドレス').inputValue()).toBe(email);
      await expectGoodPage(page);
      await takeScreenshot(page, 'wrong-password');
    });
  });
});

describe('a room that is gone meanwhile', () => {
  test('is named, others are offered, and nothing typed is lost', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      await page.goto(holdAddress({ configuration, date }));
      await describeEvent(page, '一足遅れた勉強会');
      await page.getByLabel('来場・参加予定人数').fill('20');
      await visit(async (other) => {
        await signIn(other, 'stranger');
        await hold(other, { configuration, date, title: '一足早い勉強会' });
      });
      await pressHold(page);
      await seen(page.getByText('次の時間はすでに埋まっています'));
      await expectGoodPage(page);
      await takeScreenshot(page, 'slot-taken');
      expect(await page.getByLabel('催事名').first().inputValue()).toBe('一足遅れた勉強会');
      expect(await page.getByLabel('来場・参加予定人数').inputValue()).toBe('20');

      await page
        .getByRole('button', { name: /これに替える/ })
        .first()
        .click();
      await seen(page.getByText('選んだ日時に替えました。'));
      expect(await page.getByLabel('催事名').first().inputValue()).toBe('一足遅れた勉強会');
      await expectGoodPage(page);
      await pressHold(page);
      await seen(page.getByText('仮予約しました'));
    });
  });
});

describe('two of everything', () => {
  test('pressing twice holds once', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const title = `二度押しの会議 ${date}`;
      await page.goto(holdAddress({ configuration, date }));
      await describeEvent(page, title);
      await page.getByRole('button', { name: '仮予約する', exact: true }).dblclick();
      await seen(page.getByText('仮予約しました'));
      const answer = await page.request.get(`/api/bookings?query=${encodeURIComponent(title)}`);
      expect(((await answer.json()) as { total: number }).total).toBe(1);
    });
  });

  test('the second of two open pages is told what happened in the first', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const id = await holdThroughPage(page, { configuration, date, title: '二枚開いた会議' });
      const second = await page.context().newPage();
      await second.goto(`/bookings/${id}`);
      await requestThroughPage(page);
      await confirmRules(second);
      await second.getByRole('button', { name: '使用承認を申請する' }).click();
      await seen(second.getByText('この予約は、開いたあとに更新されました'));
      await expectGoodPage(second);
      await takeScreenshot(second, 'stale-page');
      await second.getByRole('link', { name: '最新の内容を読み込む' }).click();
      await seen(second.getByText('会館が申請の内容を審査しています。'));
    });
  });

  test('a session that ends in the middle of a form, and a reload, lose nothing that was typed', async () => {
    await visit(async (page) => {
      await page.goto('/sign-in');
      await signInThroughPage(page, signInOf('organizer'));
      await page.waitForURL(/\/bookings$/);
      const date = await freeDay(page, configuration);
      await page.goto(holdAddress({ configuration, date }));
      // Only a page that listens can keep what is typed: this button comes with its scripts.
      await seen(page.getByRole('button', { name: '暦から選ぶ' }));
      await describeEvent(page, '途切れた会議');
      await page.getByLabel('来場・参加予定人数').fill('12');
      await page.getByLabel('来場・参加予定人数').blur();
      await page.reload();
      expect(await page.getByLabel('催事名').first().inputValue()).toBe('途切れた会議');
      expect(await page.getByLabel('来場・参加予定人数').inputValue()).toBe('12');
      await page.context().clearCookies();
      await pressHold(page);
      await seen(page.getByText('ログインの有効期限が切れました'));
      await signInThroughPage(page, signInOf('organizer'));
      await page.waitForURL(/\/bookings\/new/);
      expect(await page.locator('#field-uses-0-date').inputValue()).toBe(date);
      expect(await page.getByLabel('催事名').first().inputValue()).toBe('途切れた会議');
      expect(await page.getByLabel('使用の目的・内容').inputValue()).toBe('会員の発表と意見交換');
    });
  });

  test('going back after a hold does not hold again', async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      const date = await freeDay(page, configuration);
      const title = `戻るボタンの会議 ${date}`;
      await holdThroughPage(page, { configuration, date, title });
      await page.goBack();
      await seen(page.getByRole('button', { name: '仮予約する', exact: true }));
      await describeEvent(page, title);
      await pressHold(page);
      await seen(page.getByText('次の時間はすでに埋まっています'));
      await expectGoodPage(page);
      const answer = await page.request.get(`/api/bookings?query=${encodeURIComponent(title)}`);
      expect(((await answer.json()) as { total: number }).total).toBe(1);
    });
  });
});

describe('places that are not there', () => {
  test('an unknown address leads on', async () => {
    await visit(async (page) => {
      const answer = await page.goto('/nandemo/nai');
      expect(answer?.status()).toBe(404);
      await seen(page.getByRole('heading', { name: 'お探しのページが見つかりません' }));
      await expectGoodPage(page);
      await takeScreenshot(page, 'not-found');
    });
  });

  test("somebody else's booking looks like none at all, and so does the console", async () => {
    await visit(async (page) => {
      await signIn(page, 'organizer');
      let foreign = '';
      await visit(async (other) => {
        await signIn(other, 'stranger');
        const date = await freeDay(other, configuration);
        foreign = (await hold(other, { configuration, date, title: '他人の会議' })).id;
      });
      for (const address of [`/bookings/${foreign}`, '/staff', `/staff/bookings/${foreign}`]) {
        const answer = await page.goto(address);
        expect(answer?.status(), address).toBe(404);
        expect(await page.getByText('他人の会議').count()).toBe(0);
      }
      await expectGoodPage(page);
    });
  });

  test('a page for members asks to sign in and comes back', async () => {
    await visit(async (page) => {
      await page.goto('/bookings/new?venue=corasse');
      await seen(page.getByText('ログインすると、先ほどのページへ戻ります。'));
      expect(new URL(page.url()).searchParams.get('next')).toBe('/bookings/new?venue=corasse');
    });
  });
});

/** Every page, its places filled with a word; what stands in groups is no part of an address. */
const pagesWith = (word: string) =>
  fs
    .readdirSync('web/src/routes', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('+page.server.ts'))
    .map((file) =>
      `/${file}`
        .replace(/\/\+page\.server\.ts$/, '')
        .replaceAll(/\/\([^)]+\)/g, '')
        .replaceAll(/\[[^\]]+\]/g, word),
    )
    .toSorted();

describe('an address nobody means', () => {
  const names = [
    'date',
    'week',
    'from',
    'to',
    'on',
    'venue',
    'room',
    'query',
    'page',
    'state',
    'next',
  ];

  test.each([
    ['a day of the year 0', '0000-01-01'],
    ['a day of the year 9999', '9999-12-31'],
    ['NUL', '%00'],
    ['a word every object knows', '__proto__'],
  ])('%s is no fault of ours on any page', async (_, word) => {
    await visit(async (page) => {
      await signIn(page, 'administrator');
      const query = names.map((name) => `${name}=${word}`).join('&');
      const answers = [];
      for (const address of pagesWith(word)) {
        const path = `${address}?${query}&month=${word.slice(0, 7)}`;
        const answer = await page.request.get(path, { maxRedirects: 0 });
        answers.push({ path, status: answer.status() });
      }
      expect(answers.length).toBeGreaterThan(50);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    });
  });
});
