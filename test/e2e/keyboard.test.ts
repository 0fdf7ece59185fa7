import { describe, test } from 'vitest';
import { visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { tabTo } from './steps/keyboard.ts';
import { signIn } from './steps/people.ts';

describe('with the keyboard alone', () => {
  test('the first stop of a page leads past the menu', async () => {
    await visit(async (page) => {
      await page.goto('/');
      await tabTo(page, /^本文へ移動$/, 1);
      await page.keyboard.press('Enter');
      await tabTo(page, /^何を/, 1);
    });
  });

  test('the finder leads to a price', async () => {
    await visit(async (page) => {
      const date = await freeDay(page, 'big-palette.mid-meeting.all');
      await page.goto('/');
      await tabTo(page, /^何を/);
      await page.keyboard.type('会議');
      await tabTo(page, /^何人で/, 1);
      await page.keyboard.type('100');
      await tabTo(page, /^いつ/, 1);
      await page.keyboard.type(date);
      await page.keyboard.press('Enter');
      await seen(page.getByRole('heading', { name: /通り空いています/ }));
      await tabTo(page, /^この内容で見積る: 中会議室/);
      await page.keyboard.press('Enter');
      await seen(page.getByRole('heading', { name: '見積り' }));
      await tabTo(page, /^この内容で仮予約へ進む$/);
    });
  });

  test('the month of a room is walked through and flipped', async () => {
    await visit(async (page) => {
      const date = await freeDay(page, 'corasse.special-meeting.all', { earliest: 35 });
      await page.goto(`/venues/corasse/calendar?room=special-meeting&month=${date.slice(0, 7)}`);
      const title = await page.locator('.month p').first().innerText();
      await tabTo(page, /^次の月/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/month=/);
      await page.locator('.month p').first().filter({ hasNotText: title }).waitFor();
      await tabTo(page, /空き、料金を調べる$/);
      await page.keyboard.press('Enter');
      await seen(page.getByRole('heading', { name: '見積り' }));
    });
  });

  test('the board tells who is where without a pointer', async () => {
    await visit(async (page) => {
      await signIn(page, 'desk');
      const answer = await page.request.get('/api/bookings?state=approved&venue=big-palette');
      const { rows: bookings } = (await answer.json()) as {
        rows: readonly { title: string; organizationName: string; firstUsedOn: string }[];
      };
      const { title, organizationName, firstUsedOn } = bookings[0]!;
      await page.goto(`/staff/board?venue=big-palette&date=${firstUsedOn}`);
      await tabTo(page, new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
      await seen(page.getByText(organizationName).filter({ visible: true }));
      await page.keyboard.press('Enter');
      await seen(page.getByRole('heading', { name: title }));
    });
  });
});
