import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { hc, type InferResponseType } from 'hono/client';
import type { App } from '#api/app.ts';
import type { Refusal } from './ui/form.ts';

/** What a page and its acts need of the request they answer. */
export type Visit = Pick<RequestEvent, 'fetch' | 'url' | 'request'>;

/** The API, typed, called without leaving this process while a page is drawn. */
export const api = (event: Pick<Visit, 'fetch' | 'url'>) =>
  hc<App>(event.url.origin, { fetch: event.fetch });

type Client = ReturnType<typeof api>;

export type Me = InferResponseType<Client['api']['accounts']['me']['$get']>;

interface Answer<Body> {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  json(): Promise<Body>;
}

type Attempt<Body> =
  | { readonly ok: true; readonly body: Body; readonly headers: Headers }
  | { readonly ok: false; readonly status: number; readonly refusal: Refusal };

const refusalOf = async (answer: Answer<unknown>): Promise<Refusal> => {
  const body = (await answer.json()) as { error: Partial<Refusal> & { requestId?: string } };
  return {
    code: body.error.code ?? 'http.unexpected',
    message: body.error.message ?? '',
    fields: body.error.fields ?? [],
    detail: body.error.detail,
    requestId: body.error.requestId,
  };
};

/** For acts: the answer, or what the house refused, to be shown beside the form. */
export const attempt = async <Body>(pending: Promise<Answer<Body>>): Promise<Attempt<Body>> => {
  const answer = await pending;
  if (answer.ok) return { ok: true, body: await answer.json(), headers: answer.headers };
  return { ok: false, status: answer.status, refusal: await refusalOf(answer) };
};

/** The page of an address; the act of a form is no page to come back to. */
export const pageOf = ({ pathname, searchParams }: URL): string => {
  const query = new URLSearchParams([...searchParams].filter(([name]) => !name.startsWith('/')));
  return query.size > 0 ? `${pathname}?${query.toString()}` : pathname;
};

export const isOfTextAlone = ({ headers }: Request): boolean =>
  headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;

/** Who sent a form was signed in when it was opened, and is told so; a file does not come along. */
const endedMark = (request: Request): string => {
  if (request.method !== 'POST') return '';
  return isOfTextAlone(request) ? '&ended' : '&ended=cut';
};

/** Where to sign in, and come back from to this page, or to another that holds what was typed. */
export const signInPath = (
  { url, request }: Pick<Visit, 'url' | 'request'>,
  page = pageOf(url),
): string => `/sign-in?next=${encodeURIComponent(page)}${endedMark(request)}`;

/** For pages: the answer, or the error page; who is not signed in is asked to, and comes back. */
export const readOrFail = async <Body>(
  event: Pick<Visit, 'url' | 'request'>,
  pending: Promise<Answer<Body>>,
): Promise<Body> => {
  const read = await attempt(pending);
  if (read.ok) return read.body;
  if (read.status === 401) redirect(303, signInPath(event));
  const { message, requestId } = read.refusal;
  error(read.status, { message, ...(requestId ? { requestId } : {}) });
};

/** A refused form keeps what was typed. */
export const refuse = <Values extends Record<string, unknown>>(
  refused: { readonly status: number; readonly refusal: Refusal },
  values: Values,
) => fail(refused.status, { refusal: refused.refusal, values });

/** What was typed, but for secrets. */
export const typedValues = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form]
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .filter(([name]) => !/password/i.test(name)),
  );

export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** Empty boxes are left out: the API knows absent, not empty. */
export const optionalTextOf = (form: FormData, name: string): string | undefined =>
  textOf(form, name).trim() === '' ? undefined : textOf(form, name);

const attributesOf = (parts: readonly string[]) =>
  new Map(
    parts.map((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? [part.trim().toLowerCase(), '']
        : [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()];
    }),
  );

/** Cookies the API sets in an act are passed on to the reader's browser. */
export const passCookies = (event: Pick<RequestEvent, 'cookies'>, headers: Headers): void => {
  for (const line of headers.getSetCookie()) {
    const [pair = '', ...rest] = line.split(';');
    const at = pair.indexOf('=');
    const attributes = attributesOf(rest);
    const maxAge = attributes.get('max-age');
    event.cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim(), {
      path: attributes.get('path') ?? '/',
      httpOnly: attributes.has('httponly'),
      secure: attributes.has('secure'),
      sameSite: 'lax',
      encode: (value) => value,
      ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    });
  }
};

const ownOrigin = 'https://own.invalid';

const pathWithin = (address: string): string | undefined => {
  if (!URL.canParse(address, ownOrigin)) return undefined;
  const { origin, pathname, search, hash } = new URL(address, ownOrigin);
  return origin === ownOrigin ? `${pathname}${search}${hash}` : undefined;
};

/**
 * A path of this site to go on to; anything else leads home. Read as a browser will read it, which
 * drops tabs and line ends and takes a backslash for a slash; and read again as it will be sent.
 */
export const safeNext = (next: string | null | undefined, otherwise = '/'): string => {
  const path = next?.startsWith('/') ? pathWithin(next) : undefined;
  return path !== undefined && pathWithin(path) === path ? path : otherwise;
};
