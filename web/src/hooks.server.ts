import {
  error as fail,
  type Handle,
  type HandleFetch,
  type HandleServerError,
  type RequestEvent,
} from '@sveltejs/kit';
import { httpErrors } from '#api/http/errors.ts';
import { factsOfError } from '#api/shared/error.ts';
import { inLanguage, readerLanguage, type Language } from '#api/shared/languages.ts';
import { isFromElsewhere, protection } from '#api/shared/protection.ts';
import { fileErrors } from '#api/files/errors.ts';
import { megabytesAtMost } from '#api/files/rules.ts';
import { carryForm, refuseToActYet } from '#web/accounts/ended_session.ts';
import type { Me } from '#web/api.ts';
import { words } from '#web/words/words.ts';

const copiedHeaders = ['cookie', 'accept-language', 'x-forwarded-for', 'x-forwarded-proto'];
const sessionCookie = 'kaikan.session_token';

/** The API in this process, told who asks: SvelteKit hands same-origin requests over bare. */
const askApi = (event: RequestEvent, request: Request): Response | Promise<Response> => {
  const asked = new Request(request);
  for (const name of copiedHeaders) {
    const value = event.request.headers.get(name);
    if (value !== null) asked.headers.set(name, value);
  }
  asked.headers.set('origin', event.url.origin);
  return globalThis.kaikanApi!.fetch(asked, { clientAddress: event.getClientAddress() });
};

/** Whoever cannot be recognized now is not taken for somebody who is not signed in. */
const findMe = async (event: RequestEvent): Promise<Me | undefined | 'away'> => {
  if (!event.request.headers.get('cookie')?.includes(sessionCookie)) return undefined;
  const answer = await askApi(event, new Request(new URL('/api/accounts/me', event.url)));
  if (answer.status === 503) return 'away';
  return answer.ok ? ((await answer.json()) as Me) : undefined;
};

const protect = (event: RequestEvent, headers: Headers) => {
  // The page's head names the same modules. Here they are 4 KB, more than a proxy reads by default.
  headers.delete('Link');
  const told = protection(event.url.protocol === 'https:');
  for (const [name, value] of Object.entries(told)) headers.set(name, value);
  if (headers.has('Cache-Control')) return;
  // Going back to what a form answered shows it again; what nobody kept would be sent a second time.
  const isPrivate = event.locals.me !== undefined && event.request.method === 'GET';
  headers.set('Cache-Control', isPrivate ? 'no-store' : 'private, no-cache');
};

const isTooLarge = (error: unknown) =>
  error instanceof Error && 'status' in error && error.status === 413;

/** A form so large that it is not read to its end is refused as the API would have refused it. */
const tellTooLarge = ({ request, locals }: RequestEvent) => {
  const read = request.formData.bind(request);
  request.formData = () =>
    read().catch((error: unknown) => {
      if (!isTooLarge(error)) throw error;
      const sentence = fileErrors.catalogue.get('files.too_large')!;
      fail(413, {
        message: inLanguage(sentence, locals.locale).replace('{most}', String(megabytesAtMost)),
      });
    });
};

const refusal = ({ locals: { locale } }: RequestEvent) =>
  new Response(inLanguage(httpErrors.catalogue.get('http.cross_site')!, locale), {
    status: 403,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });

const retrySeconds = 5;

const awayPage = (locale: Language) => {
  const { awayTitle, retry } = words(locale).shell.errors;
  const sentence = inLanguage(httpErrors.catalogue.get('http.unavailable')!, locale);
  const html = `<!doctype html><html lang="${locale}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${awayTitle}</title>
<main><h1>${awayTitle}</h1><p>${sentence}</p><p><a href="">${retry}</a></p></main></html>`;
  return new Response(html, { status: 503, headers: { 'Content-Type': 'text/html' } });
};

const answer = async (event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']) => {
  if (isFromElsewhere(event.request, (origin) => origin === event.url.origin)) {
    return refusal(event);
  }
  const me = await findMe(event);
  if (me === 'away') return awayPage(event.locals.locale);
  event.locals.me = me;
  tellTooLarge(event);
  const carried = await carryForm(event);
  if (carried) return carried;
  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%kaikan.lang%', event.locals.locale),
  });
};

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.locale = readerLanguage(
    event.cookies.get('kaikan.locale'),
    event.request.headers.get('accept-language'),
  );
  const response = await answer(event, resolve);
  if (response.status === 503) response.headers.set('Retry-After', String(retrySeconds));
  protect(event, response.headers);
  return response;
};

export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const url = new URL(request.url);
  const isOurs = url.origin === event.url.origin && /^\/(api|calendars)\//.test(url.pathname);
  if (!isOurs || !globalThis.kaikanApi) return fetch(request);
  return refuseToActYet(event, request) ?? askApi(event, request);
};

export const handleError: HandleServerError = ({ error, status, message }) => {
  const requestId = crypto.randomUUID();
  if (status !== 404) {
    const line = { level: 'error', requestId, ...factsOfError(error) };
    process.stderr.write(`${JSON.stringify(line)}\n`);
  }
  return { message, requestId };
};
