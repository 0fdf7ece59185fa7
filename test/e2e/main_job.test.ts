import ical from 'node-ical';
import type { Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { expectGoodPage, takeScreenshot, visit } from './browser.ts';
import {
  bookingIdIn,
  describeEvent,
  pressHold,
  reloadUntil,
  requestThroughPage,
  seen,
} from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { newEmail, signIn, signInOf, signInThroughPage } from './steps/people.ts';

const newcomer = {
  name: '浜野 渚',
  email: newEmail('nagisa'),
  password: 'hamano-nagisa-2026',
  organization: '浜風クラフト実行委員会',
};

const title = '浜風クラフト見本市';

const register = async (page: Page) => {
  await page.goto('/');
  await page.getByText('メニュー').click();
  await page.getByRole('link', { name: '利用者登録' }).filter({ visible: true }).click();
  await page.getByLabel(/^お名前/).fill(newcomer.name);
  await page.getByLabel('メールアドレス').fill(newcomer.email);
  await page.getByLabel('団体名・お名前').fill(newcomer.organization);
  await page.getByLabel('電話番号').fill('０２４－９４７－８０１０');
  await page.getByLabel('郵便番号').fill('〒963-0115');
  await page.getByLabel('住所').fill('福島県郡山市南二丁目52番地');
  await expectGoodPage(page);
  await page.getByRole('button', { name: '登録して確認メールを受け取る' }).click();
  await seen(page.getByRole('heading', { name: '確認メールをお送りしました' }));
  await expectGoodPage(page);
};

/** The demonstration keeps its mail in the house: staff read the newcomer their letter. */
const letterTo = async (staffPage: Page, email: string): Promise<string> => {
  await staffPage.goto(`/staff/mailbox?query=${encodeURIComponent(email)}`);
  const link = staffPage.getByRole('link', { name: /sign-up\/confirm/ });
  await reloadUntil(staffPage, link);
  await expectGoodPage(staffPage);
  return (await link.getAttribute('href'))!;
};

const confirmAndSignIn = async (page: Page, address: string) => {
  await page.goto(address);
  await expectGoodPage(page);
  await page.getByLabel('パスワード').fill(newcomer.password);
  await page.getByRole('button', { name: '登録を完了する' }).click();
  await page.waitForURL(/\/bookings$/);
  await seen(page.getByText('進行中の予約はありません'));
  await page.getByText('メニュー').click();
  await page.getByRole('button', { name: 'ログアウト' }).filter({ visible: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto('/sign-in');
  await signInThroughPage(page, newcomer);
  await page.waitForURL(/\/bookings$/);
  await expectGoodPage(page);
};

const findAndQuote = async (page: Page, date: string) => {
  await page.goto('/');
  await expectGoodPage(page);
  await page.getByLabel('何を').selectOption({ label: '展示・即売・商談会' });
  await page.getByLabel('何人で').fill('５０');
  await page.getByLabel('いつ').fill(date.replaceAll('-', '/'));
  await page.getByLabel('時間').selectOption('daytime');
  await page.getByRole('button', { name: '空いている部屋を探す' }).click();
  const place = page.getByRole('link', { name: 'この内容で見積る: 多目的展示ホール B(中央)' });
  await seen(place);
  await expectGoodPage(page);
  await place.click();
  await seen(page.getByRole('heading', { name: '見積り' }));
  await seen(page.getByText('189,200円'));
  await expectGoodPage(page);
};

const holdAndRequest = async (page: Page): Promise<string> => {
  await page.getByRole('link', { name: 'この内容で仮予約へ進む' }).click();
  await describeEvent(page, title);
  await page.getByLabel('催事名と日時を公開カレンダーに載せてよい').check();
  await expectGoodPage(page);
  await pressHold(page);
  await seen(page.getByText('仮予約しました'));
  await expectGoodPage(page);
  await requestThroughPage(page);
  await expectGoodPage(page);
  return bookingIdIn(page);
};

const approve = async (manager: Page) => {
  await manager.goto('/sign-in');
  await signInThroughPage(manager, signInOf('manager'));
  await manager.waitForURL(/\/staff$/);
  await expectGoodPage(manager);
  await manager.getByRole('link', { name: /^審査待ち/ }).click();
  await manager.getByRole('link', { name: `${title}の内容` }).click();
  await seen(manager.getByRole('complementary', { name: `${title}の内容` }));
  await expectGoodPage(manager);
  await manager.getByRole('link', { name: '予約のページで審査する' }).click();
  await seen(manager.getByRole('button', { name: '使用を承認する' }));
  await expectGoodPage(manager);
  await takeScreenshot(manager, 'staff-decides');
  await manager.getByRole('button', { name: '使用を承認する' }).click();
  await seen(manager.getByText('使用を承認しました'));
};

const payAtTheTill = async (page: Page, id: string) => {
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByRole('link', { name: 'コンビニで支払う' }));
  await expectGoodPage(page);
  await page.getByRole('link', { name: 'コンビニで支払う' }).click();
  await seen(page.getByRole('heading', { name: 'コンビニで支払う' }));
  await expectGoodPage(page);
  await page.getByRole('button', { name: '支払い番号を発行する' }).click();
  const voucher = page.getByRole('link', { name: /バーコード付きの支払い票を開く/ });
  await page.waitForURL(/\/payments\/pat_/);
  if (!(await voucher.isVisible())) await reloadUntil(page, voucher);
  for (const store of ['ファミリーマート', 'ローソン', 'ミニストップ', 'セイコーマート'])
    await seen(page.getByRole('heading', { name: store }));
  await expectGoodPage(page);
  await takeScreenshot(page, 'konbini-voucher');

  const [till] = await Promise.all([page.waitForEvent('popup'), voucher.click()]);
  await expectGoodPage(till);
  await till.getByLabel('お支払いになる店舗').selectOption({ label: 'ローソン' });
  await till.getByRole('button', { name: 'コンビニのレジで支払う' }).click();
  await seen(till.getByText('お支払いが完了しました。'));
  await till.close();

  await reloadUntil(page, page.getByText('入金を確認しました'));
  await expectGoodPage(page);
};

const textOfPdf = async (page: Page, kind: string): Promise<string> => {
  const paper = page.getByRole('link', { name: `${kind} (PDF)` });
  const answer = await page.request.get((await paper.getAttribute('href'))!);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  const document = await getDocumentProxy(new Uint8Array(await answer.body()));
  return (await extractText(document, { mergePages: true })).text.replace(/\s/g, '');
};

const expectPapers = async (page: Page, id: string) => {
  await page.goto(`/bookings/${id}`);
  await reloadUntil(page, page.getByRole('link', { name: '領収書 (PDF)' }));
  await expectGoodPage(page);
  await takeScreenshot(page, 'booking-paid');
  const receipt = await textOfPdf(page, '領収書');
  for (const words of [newcomer.organization, '189,200', 'ビッグパレットふくしま'])
    expect(receipt).toContain(words);
  expect(await textOfPdf(page, '使用承認書')).toContain(title);
  expect(await textOfPdf(page, '請求書')).toContain('189,200');
};

const expectOnPublicCalendar = async (page: Page, date: string) => {
  const answer = await page.request.get('/calendars/venues/big-palette.ics');
  expect(answer.headers()['content-type']).toContain('text/calendar');
  const events = Object.values(ical.sync.parseICS(await answer.text())).filter(
    (one) => one?.type === 'VEVENT',
  );
  const found = events.find(({ summary }) => summary === title);
  expect(found?.start.toISOString()).toBe(new Date(`${date}T09:00:00+09:00`).toISOString());
  expect(found?.location).toContain('多目的展示ホール');
};

/** Days used and days open of the exhibition hall in a month, as the page shows them. */
const usedDays = async (staffPage: Page, date: string): Promise<string[]> => {
  const month = date.slice(0, 7);
  await staffPage.goto(`/staff/occupancy?from=${month}&to=${month}&by=room&venue=big-palette`);
  const row = staffPage
    .getByRole('row')
    .filter({ has: staffPage.getByRole('link', { name: '多目的展示ホール', exact: true }) });
  return row.getByRole('cell').allInnerTexts();
};

describe('the main job, from a first visit to the statistics', () => {
  test('a newcomer on a phone books a hall, the house approves, the money arrives, everybody sees it', async () => {
    await visit(async (staff) => {
      await signIn(staff, 'administrator');
      await visit(
        async (page) => {
          const date = await freeDay(page, 'big-palette.exhibition-hall.all');
          const before = await usedDays(staff, date);
          await expectGoodPage(staff);

          await register(page);
          await confirmAndSignIn(page, await letterTo(staff, newcomer.email));
          await findAndQuote(page, date);
          const id = await holdAndRequest(page);
          await visit(approve);
          await payAtTheTill(page, id);
          await expectPapers(page, id);
          await expectOnPublicCalendar(page, date);

          const after = await usedDays(staff, date);
          expect(Number(after[2])).toBe(Number(before[2]) + 1);
          expect(after[3]).toBe(before[3]);
        },
        { device: 'phone' },
      );
    });
  });
});
