import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { isDatabaseAway } from '../shared/away.ts';
import { AppError, sentenceOf, statusOfKind } from '../shared/error.ts';
import { inLanguage, type Language } from '../shared/languages.ts';
import type { AppEnvironment } from './environment.ts';
import { httpErrors } from './errors.ts';

export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly fields?: readonly { path: string; code?: string; message: string }[];
    readonly detail?: unknown;
    readonly requestId: string;
  };
}

export const errorBody = (error: AppError, locale: Language, requestId: string): ErrorBody => ({
  error: {
    code: error.code,
    message: sentenceOf(error, locale),
    ...(error.options.fields
      ? {
          fields: error.options.fields.map((field) => ({
            path: field.path,
            ...(field.code ? { code: field.code } : {}),
            message: inLanguage(field, locale),
          })),
        }
      : {}),
    ...(error.options.detail === undefined ? {} : { detail: error.options.detail }),
    requestId,
  },
});

/** PostgreSQL is back within seconds of a restart. */
const awaySeconds = 5;

const asAppError = (error: Error): AppError => {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException) {
    if (error.status === 400) return httpErrors.malformed_json({ cause: error });
    if (error.status === 403) return httpErrors.cross_site({ cause: error });
    if (error.status === 413) return httpErrors.too_large({ cause: error });
    if (error.status === 404) return httpErrors.not_found({ cause: error });
  }
  if (isDatabaseAway(error)) {
    return httpErrors.unavailable({ cause: error, retryAfterSeconds: awaySeconds });
  }
  return httpErrors.unexpected({ cause: error });
};

/** The one place where an error becomes an answer. */
export const respondError = (error: Error, c: HonoContext<AppEnvironment>) => {
  const known = asAppError(error);
  const context = c.get('context');
  const requestId = context?.requestId ?? '';
  if (known.kind === 'unexpected')
    context?.log.error({ err: error, requestId }, 'unexpected error');
  if (known.code === 'http.unavailable')
    context?.log.warn({ err: error, requestId }, 'the database is away');
  const retryAfter = known.options.retryAfterSeconds;
  // Of an error too where the answer itself may be kept.
  c.header('Cache-Control', 'no-store');
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  const status = statusOfKind[known.kind] as ContentfulStatusCode;
  return c.json(errorBody(known, context?.locale ?? 'ja', requestId), status);
};

export const doneSchema = z.object({ done: z.literal(true) }).meta({ id: 'Done' });

/** An act that has nothing to tell but that it was done, with the cookies it sets. */
export const done = (c: HonoContext<AppEnvironment>, cookies: readonly string[]) => {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
  return c.json({ done: true as const });
};
