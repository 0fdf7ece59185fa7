import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { visit } from '../browser.ts';
import { post, signIn } from './people.ts';

export interface Wish {
  readonly configuration: string;
  readonly date: string;
  readonly band?: string;
  readonly title: string;
  readonly isPublic?: boolean;
}

interface Booking {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly quote: { readonly totalYen: number };
}

const venueOf = (configuration: string) => configuration.split('.')[0]!;

const roomOf = (configuration: string) => configuration.split('.')[1]!;

/** The hold form with its one line filled in, as the quote page links to it. */
export const holdAddress = ({ configuration, date, band = 'daytime' }: Omit<Wish, 'title'>) =>
  `/bookings/new?${new URLSearchParams({
    venue: venueOf(configuration),
    'uses.0.configuration': configuration,
    'uses.0.date': date,
    'uses.0.band': band,
    'uses.0.phase': 'event',
  }).toString()}`;

export const describeEvent = async (page: Page, title: string): Promise<void> => {
  await page.getByLabel('催事名').first().fill(title);
  await page.getByLabel('使用の目的・内容').fill('会員の発表と意見交換');
};

export const pressHold = (page: Page): Promise<void> =>
  page.getByRole('button', { name: '仮予約する', exact: true }).click();

export const seen = (locator: Locator): Promise<void> => locator.first().waitFor();

export const bookingIdIn = (page: Page): string => /bkg_\w+/.exec(page.url())![0];

/** Holds through the form; the page stands on the booking afterwards. */
export const holdThroughPage = async (page: Page, wish: Wish): Promise<string> => {
  await page.goto(holdAddress(wish));
  await describeEvent(page, wish.title);
  await pressHold(page);
  await seen(page.getByText('仮予約しました'));
  return bookingIdIn(page);
};

/** Who applies says that the conditions of use have been read. */
export const confirmRules = (page: Page): Promise<void> =>
  page.getByLabel('利用条件と禁止事項を確認しました').check();

export const requestThroughPage = async (page: Page): Promise<void> => {
  await confirmRules(page);
  await page.getByRole('button', { name: '使用承認を申請する' }).click();
  await seen(page.getByText('使用承認を申請しました'));
};

/** Without the form, for stories that begin later. */
export const hold = async (page: Page, wish: Wish): Promise<Booking> => {
  const listed = await page.request.get('/api/organizations');
  const { organizations } = (await listed.json()) as { organizations: readonly { id: string }[] };
  const { configuration, date, band = 'daytime', title, isPublic = false } = wish;
  const { booking } = await post<{ booking: Booking }>(page, '/api/bookings', {
    venue: venueOf(configuration),
    organizationId: organizations[0]!.id,
    title,
    purpose: '会員の発表と意見交換',
    isPublic,
    uses: [{ room: roomOf(configuration), configuration, date, band }],
  });
  return booking;
};

const step = async (page: Page, { id, version }: Booking, name: 'request' | 'approve') =>
  (await post<{ booking: Booking }>(page, `/api/bookings/${id}/${name}`, { version })).booking;

export const holdAndRequest = async (page: Page, wish: Wish): Promise<Booking> =>
  step(page, await hold(page, wish), 'request');

/** Held, requested and approved behind the scenes; the story begins at the money. */
export const approved = async (page: Page, wish: Wish): Promise<Booking> => {
  const requested = await holdAndRequest(page, wish);
  let booking = requested;
  await visit(async (manager) => {
    await signIn(manager, 'manager');
    booking = await step(manager, requested, 'approve');
  });
  return booking;
};

/** What the worker or the payment company does a moment later shows after a look or two. */
export const reloadUntil = async (page: Page, locator: Locator): Promise<void> => {
  const look = async () => {
    await page.reload();
    return locator.first().isVisible();
  };
  await expect.poll(look, { timeout: 30_000, interval: 250 }).toBe(true);
};
