import type { Cookie, Page } from 'playwright-core';
import { expect } from 'vitest';
import { emailOf, organizerPassword, staff } from '#db/seeds/world/people.ts';
import { houseOfWorker } from './house.ts';

/** Those of the demonstration, and one whom nobody there knows. */
export type Person = 'organizer' | 'stranger' | (typeof staff)[number]['role'];

/** New in every run: a house may be asked twice. */
export const newEmail = (name: string): string =>
  `${name}-${Date.now().toString(36)}@e2e.example.jp`;

const stranger = { email: newEmail('stranger'), password: 'toorisugari-2026' };

export const signInOf = (person: Person): { email: string; password: string } => {
  if (person === 'stranger') return stranger;
  const employed = staff.find(({ role }) => role === person);
  return employed ?? { email: emailOf('organizer'), password: organizerPassword };
};

/** An act of the API on the page's own cookies, for what is not the story itself. */
export const post = async <Body>(page: Page, path: string, data: object): Promise<Body> => {
  const answer = await page.request.post(path, { headers: { origin: houseOfWorker().url }, data });
  const body = (await answer.json()) as Body;
  expect(answer.ok(), `${path} answered ${answer.status()}: ${JSON.stringify(body)}`).toBe(true);
  return body;
};

const tokenMailedTo = async (page: Page, email: string): Promise<string> => {
  let token: string | undefined;
  const look = async () => {
    const answer = await page.request.get('/api/outbox/mailbox?limit=200');
    const { rows: messages } = (await answer.json()) as {
      rows: readonly { toAddress: string; body: string }[];
    };
    const mail = messages.find(({ toAddress }) => toAddress.includes(email));
    token = /token=(\S+)/.exec(mail?.body ?? '')?.[1];
    return token;
  };
  await expect.poll(look, { timeout: 20_000 }).toBeDefined();
  return token!;
};

const registerStranger = async (page: Page): Promise<void> => {
  const account = { name: '通野 透', email: stranger.email };
  const organization = {
    kind: 'organization',
    name: '通りすがり研究会',
    contactName: account.name,
    phone: '0240000099',
    email: stranger.email,
    declaresSme: false,
  };
  await post(page, '/api/organizations', { account, organization });
  await signIn(page, 'desk');
  const token = await tokenMailedTo(page, stranger.email);
  await page.context().clearCookies();
  await post(page, '/api/accounts/confirmations/open', {
    token,
    password: stranger.password,
  });
};

const known = new Map<Person, readonly Cookie[]>();

/** Signed in without the form, once a run: nobody may try more often than ten times a minute. */
export const signIn = async (page: Page, person: Person): Promise<void> => {
  const cookies = known.get(person);
  if (cookies) return page.context().addCookies([...cookies]);
  if (person === 'stranger') await registerStranger(page);
  else await post(page, '/api/accounts/sign-in', signInOf(person));
  known.set(person, await page.context().cookies());
};

export const signInThroughPage = async (
  page: Page,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> => {
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'ログインする' }).click();
};
