import type { Page } from 'playwright-core';
import { expect } from 'vitest';

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
export const tabTo = async (page: Page, name: RegExp, atMost = 120): Promise<void> => {
  for (let presses = 0; presses < atMost; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    expect(focus.isMarked, `the focus on 「${focus.name}」 is marked`).toBe(true);
    expect(focus.isInView, `the focus on 「${focus.name}」 is in view`).toBe(true);
    if (name.test(focus.name)) return;
  }
  throw new Error(`${name} was not reached by ${atMost} presses of Tab on ${page.url()}`);
};
