import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { visit } from './browser.ts';
import { seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

interface Focus {
  readonly name: string;
  readonly isMarked: boolean;
  readonly isInView: boolean;
}

/** What has the keyboard, and whether an eye can tell. */
const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // The parts of a date box are marked by the browser itself.
    const isDate = element instanceof HTMLInputElement && element.type === 'date';
    const label = 'labels' in element ? (element as HTMLInputElement).labels?.[0] : undefined;
    return {
      name: (
        element.getAttribute('aria-label') ??
        label?.textContent ??
        element.textContent ??
        ''
      ).trim(),
      isMarked: isDate || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
      isInView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
  });

/** Presses Tab until something of that name has the keyboard; every stop on the way is visible. */
const tabTo = async (page: Page, name: RegExp, atMost = 120): Promise<void> => {
  for (let presses = 0; presses < atMost; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    expect(focus.isMarked, `the focus on 「${focus.name}」 is marked`).toBe(true);
    expect(focus.isInView, `the focus on 「${focus.name}」 is in view`).toBe(true);
    if (name.test(focus.name)) return;
  }
  throw new Error(`${name} was not reached by ${atMost} presses of Tab on ${page.url()}`);
};

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
      await tabTo(page, /^料金を調べる: 中会議室/);
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
      const { bookings } = (await answer.json()) as {
        bookings: readonly { title: string; organizationName: string; firstUsedOn: string }[];
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
