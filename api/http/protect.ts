import { createMiddleware } from 'hono/factory';
import type { House } from '../context.ts';
import { isFromElsewhere, protection } from '../shared/protection.ts';
import type { AppEnvironment } from './environment.ts';
import { httpErrors } from './errors.ts';
import { forwardedProtocol, isOwnOrigin } from './own_origin.ts';

/** Around every answer. What does not say that anybody may keep it is private, and nobody keeps it. */
export const protect = ({ settings: { publicUrl, trustsProxy } }: House) =>
  createMiddleware<AppEnvironment>(async (c, next) => {
    await next();
    const isSecure =
      [publicUrl, c.req.url].some((url) => url.startsWith('https:')) ||
      (trustsProxy && forwardedProtocol(c) === 'https');
    for (const [name, value] of Object.entries(protection(isSecure))) c.header(name, value);
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });

/** Here a signature says who sends, and no session is read that somebody else could make use of. */
const isSigned = (path: string) => path === '/api/stripe/events';

export const refuseFromElsewhere = ({ settings }: House) => {
  const isOwn = isOwnOrigin(settings);
  return createMiddleware<AppEnvironment>(async (c, next) => {
    if (!isSigned(c.req.path) && isFromElsewhere(c.req.raw, (origin) => isOwn(origin, c)))
      throw httpErrors.cross_site();
    await next();
  });
};
