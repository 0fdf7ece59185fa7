import type { Context as HonoContext } from 'hono';
import { getSignedCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { findSignedIn } from '../accounts/actions.ts';
import { accountErrors } from '../accounts/errors.ts';
import { actorOf, type SignedIn } from '../accounts/rules.ts';
import { contextFor, type House } from '../context.ts';
import { readerLanguage } from '../shared/languages.ts';
import type { AppEnvironment } from './environment.ts';
import { forwardedAddress } from './forwarded.ts';
import { openWork } from './work.ts';

const plainCookie = 'kaikan.session_token';

/** The library marks its cookie `__Secure-` when people reach the house over https. */
export const sessionCookieName = (publicUrl: string) =>
  publicUrl.startsWith('https:') ? `__Secure-${plainCookie}` : plainCookie;

const cookieNamed = (header: string | undefined, name: string) =>
  header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1];

const clientAddressOf = (c: HonoContext<AppEnvironment>, trustsProxy: boolean): string =>
  (trustsProxy ? forwardedAddress(c.req.header('x-forwarded-for')) : undefined) ??
  c.env?.clientAddress ??
  c.env?.incoming?.socket.remoteAddress ??
  '127.0.0.1';

/** Gives every request its context: who acts, in which language, under which request id. */
export const openContext = (house: House) => {
  const work = openWork(house.settings.publicWorkPerMinute);
  return createMiddleware<AppEnvironment>(async (c, next) => {
    const requestId = crypto.randomUUID();
    c.header('X-Request-Id', requestId);
    const locale = readerLanguage(
      cookieNamed(c.req.header('cookie'), 'kaikan.locale'),
      c.req.header('accept-language'),
    );
    c.set('clientAddress', clientAddressOf(c, house.settings.trustsProxy));
    // Known before the database is asked: an error there has a language, a log and a request id too.
    c.set('context', contextFor(house, { actor: { kind: 'anonymous' }, locale, requestId }));
    const token = await getSignedCookie(
      c,
      house.settings.sessionSecret,
      sessionCookieName(house.settings.publicUrl),
    );
    const signedIn: SignedIn | undefined = token ? await findSignedIn(house, token) : undefined;
    c.set('signedIn', signedIn);
    if (signedIn) {
      c.set('context', contextFor(house, { actor: actorOf(signedIn), locale, requestId }));
    }
    c.set('spend', (points) => {
      const { actor, now } = c.get('context');
      if (actor.kind !== 'staff') work(c.get('clientAddress'), points, now());
    });
    await next();
  });
};

export const requireSession = createMiddleware<AppEnvironment>(async (c, next) => {
  if (c.get('context').actor.kind === 'anonymous') throw accountErrors.sign_in_required();
  await next();
});
