import { createHmac } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Context } from '../context.ts';
import { isDatabaseAway } from '../shared/away.ts';
import type { AppEnvironment } from './environment.ts';
import { httpErrors } from './errors.ts';
import { claimKey, removeKey, saveAnswer, type AnswerBody, type FirstRequest } from './store.ts';

const header = 'Idempotency-Key';
const keyForm = /^[\x21-\x7e]{1,255}$/;

/** Keyed: a body may hold a password, and nobody who reads the table may try words against it. */
const fingerprintOf = (secret: string, path: string, body: ArrayBuffer) =>
  createHmac('sha256', secret).update(`POST ${path}\n`).update(new Uint8Array(body)).digest('hex');

/** Only what would be the same answer again is kept: no fault of ours, no "try later", no new session. */
const isLasting = ({ status, headers }: Response) =>
  status < 500 &&
  status !== 429 &&
  !headers.has('set-cookie') &&
  (headers.get('content-type')?.startsWith('application/json') ?? false);

const waitsMilliseconds = [50, 500];

/** What was done is done, and is told, also where the key cannot be settled: then its lease ends it. */
const settle = async ({ log, requestId }: Context, work: () => Promise<void>) => {
  for (const wait of [...waitsMilliseconds, undefined]) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (wait === undefined) log.warn({ err: error, requestId }, 'an Idempotency-Key stays open');
      else await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return undefined;
};

/** A POST repeated with the same key gets the first answer again; nothing happens twice. */
export const idempotency = createMiddleware<AppEnvironment>(async (c, next) => {
  const key = c.req.header(header);
  if (c.req.method !== 'POST' || key === undefined) return next();
  if (!keyForm.test(key)) throw httpErrors.idempotency_key_malformed();
  const context = c.get('context');
  const { actor, settings } = context;
  const request: FirstRequest = {
    owner: 'accountId' in actor ? actor.accountId : `address:${c.get('clientAddress')}`,
    key,
    requestSha256: fingerprintOf(settings.sessionSecret, c.req.path, await c.req.arrayBuffer()),
  };
  const db = context.database.db;
  const claim = await claimKey(db, request, context.now());
  if (claim.kind === 'running') throw httpErrors.idempotency_key_busy({ retryAfterSeconds: 1 });
  if (claim.kind === 'other_content') throw httpErrors.idempotency_key_reused();
  if (claim.kind === 'answered') {
    c.header('Idempotency-Replayed', 'true');
    return c.json(claim.body, claim.status as ContentfulStatusCode);
  }
  await next();
  const { status } = c.res;
  if (isLasting(c.res)) {
    const body = (await c.res.clone().json()) as AnswerBody;
    await settle(context, () => saveAnswer(db, request, status, body));
  } else {
    await settle(context, () => removeKey(db, request));
  }
  return undefined;
});
