import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { pagesPath } from './paged.ts';

/** Where the line to the caller breaks: before Stripe has acted, or after, so that nobody hears of it. */
export type Cut = (request: {
  readonly method: string;
  readonly path: string;
}) => 'before' | 'after' | undefined;

/**
 * Serves both on loopback, at any free port without a given one. The API is on a line that may be cut;
 * what people see comes to them through the house.
 */
export const openLine = async (api: Hono, pages: Hono, port = 0) => {
  let cut: Cut | undefined;
  const answer = getRequestListener(async (request, { incoming }) => {
    const { method } = request;
    const { pathname: path } = new URL(request.url);
    if (path.startsWith(`${pagesPath}/`)) return pages.fetch(request);
    const where = cut?.({ method, path });
    if (where === 'before') {
      incoming.socket?.destroy();
      return new Response(null);
    }
    const response = await api.fetch(request);
    if (where === 'after') incoming.socket?.destroy();
    return response;
  });
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const cutLine = (next?: Cut) => {
    cut = next;
  };
  return { port: (server.address() as AddressInfo).port, close, cutLine };
};
