import { createHash } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppEnvironment } from './environment.ts';
import { httpErrors } from './errors.ts';
import { claimKey, removeKey, saveAnswer, type FirstRequest } from './store.ts';

const header = 'Idempotency-Key';
const keyForm = /^[\x21-\x7e]{1,255}$/;

const requestOf = async (
  request: { method: string; path: string; text: () => Promise<string> },
  owner: string,
  key: string,
): Promise<FirstRequest> => {
  const content = `${request.method} ${request.path}\n${await request.text()}`;
  return { owner, key, requestSha256: createHash('sha256').update(content).digest('hex') };
};

/** A POST repeated with the same key gets the first answer again; nothing happens twice. */
export const idempotency = createMiddleware<AppEnvironment>(async (c, next) => {
  const key = c.req.header(header);
  if (c.req.method !== 'POST' || key === undefined) return next();
  if (!keyForm.test(key)) throw httpErrors.idempotency_key_malformed();
  const context = c.get('context');
  const { actor } = context;
  const owner = 'accountId' in actor ? actor.accountId : `address:${c.get('clientAddress')}`;
  const request = await requestOf(
    { method: c.req.method, path: c.req.path, text: () => c.req.text() },
    owner,
    key,
  );
  const db = context.database.db;
  const claim = await claimKey(db, request, context.now());
  if (claim.kind === 'running') throw httpErrors.idempotency_key_busy({ retryAfterSeconds: 1 });
  if (claim.kind === 'other_content') throw httpErrors.idempotency_key_reused();
  if (claim.kind === 'answered') {
    c.header('Idempotency-Replayed', 'true');
    return c.json(claim.body as object, claim.status as ContentfulStatusCode);
  }
  await next();
  const isJson = c.res.headers.get('content-type')?.startsWith('application/json') ?? false;
  if (c.res.status >= 500 || !isJson) await removeKey(db, request);
  else await saveAnswer(db, request, c.res.status, await c.res.clone().json());
  return undefined;
});
