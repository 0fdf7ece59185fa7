import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { AppError } from '../shared/error.ts';
import { httpErrors } from './errors.ts';

/** `192.0.2.1:4711` and `[2001:db8::1]:4711` are how some proxies write whom they speak for. */
const withoutPort = (hop: string): string =>
  /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;

/** The last hop is the one our own proxy wrote; the rest anybody can invent. */
export const forwardedAddress = (header: string | undefined): string | undefined => {
  const address = withoutPort((header ?? '').split(',').at(-1)!.trim().replaceAll('"', ''));
  return isIP(address) === 0 ? undefined : address;
};

/**
 * How people reach the house, as the first of its proxies says; of a chain the first value counts.
 * Where nobody may say so, what is said is dropped; what is no protocol comes back as the problem.
 */
export const settleProtocol = (
  headers: IncomingHttpHeaders,
  trustsProxy: boolean,
): AppError | undefined => {
  const name = 'x-forwarded-proto';
  const said = headers[name];
  if (!trustsProxy) {
    headers[name] = 'http';
    return undefined;
  }
  if (said === undefined) return undefined;
  const first = String(said).split(',')[0]!.trim().toLowerCase();
  headers[name] = first;
  return first === 'http' || first === 'https' ? undefined : httpErrors.unknown_protocol();
};
