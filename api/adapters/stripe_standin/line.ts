import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** Where the line to the caller breaks: before Stripe has acted, or after, so that nobody hears of it. */
export type Cut = (request: {
  readonly method: string;
  readonly path: string;
}) => 'before' | 'after' | undefined;

/** Serves the API on loopback, on a line that may be cut. */
export const openLine = async (app: Hono) => {
  let cut: Cut | undefined;
  const answer = getRequestListener(async (request, { incoming }) => {
    const { method } = request;
    const where = cut?.({ method, path: new URL(request.url).pathname });
    if (where === 'before') {
      incoming.socket?.destroy();
      return new Response(null);
    }
    const response = await app.fetch(request);
    if (where === 'after') incoming.socket?.destroy();
    return response;
  });
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
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
