import type { Context as HonoContext } from 'hono';
import type { Settings } from '../settings.ts';
import type { AppEnvironment } from './environment.ts';

/** Behind a proxy that ends TLS we are asked by http; what people opened, the proxy has written down. */
export const forwardedProtocol = (c: HonoContext<AppEnvironment>): string | undefined =>
  c.req.header('x-forwarded-proto')?.split(',')[0]?.trim();

const forwardedOrigin = (c: HonoContext<AppEnvironment>): string | undefined => {
  const protocol = forwardedProtocol(c);
  const host = c.req.header('host');
  return protocol && host ? `${protocol}://${host}` : undefined;
};

/** Whether a page of ours, under any address people reach us by, is what sends a form. */
export const isOwnOrigin =
  ({ publicUrl, trustsProxy }: Settings) =>
  (origin: string, c: HonoContext<AppEnvironment>): boolean =>
    origin === new URL(c.req.url).origin ||
    origin === new URL(publicUrl).origin ||
    (trustsProxy && origin === forwardedOrigin(c));
