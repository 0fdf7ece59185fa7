import { resolver } from 'hono-openapi';
import { z } from 'zod';

/** A schema as it is sent: closed, and what has a default is there. */
const sent = (schema: z.ZodType) => resolver(schema, { options: { io: 'output' } });

const errorBodySchema = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      fields: z
        .array(z.object({ path: z.string(), code: z.string().optional(), message: z.string() }))
        .optional(),
      detail: z.unknown().optional(),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error' });

const meanings: Record<number, string> = {
  400: 'The input is not in the expected form',
  401: 'Not signed in',
  403: 'Signed in, but not allowed',
  404: 'Unknown, or not yours to know',
  409: 'Conflict: taken, stale, or not possible in this state',
  410: 'Gone',
  413: 'Too large',
  422: 'Against a rule',
  429: 'Too many requests',
};

type Problem = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429;

/** The error answers of a route for the API description; list 400 wherever input is parsed. */
export const problems = (...statuses: Problem[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: meanings[status]!,
        content: { 'application/json': { schema: sent(errorBodySchema) } },
      },
    ]),
  );

export const answer = (status: 200 | 201 | 202, description: string, schema: z.ZodType) => ({
  [status]: { description, content: { 'application/json': { schema: sent(schema) } } },
});

/** An answer that spreadsheets get as a table. */
export const answerOrCsv = (description: string, schema: z.ZodType) => ({
  200: {
    description,
    content: {
      'application/json': { schema: sent(schema) },
      'text/csv': { schema: { type: 'string' as const } },
    },
  },
});

/** For who sends `If-None-Match`. */
export const unchanged = { 304: { description: 'Nothing has changed since the ETag sent' } };

/** A body that is the bytes of a file. */
export const bytesOf = (...mediaTypes: string[]) => ({
  required: true,
  content: Object.fromEntries(
    mediaTypes.map((type) => [
      type,
      { schema: { type: 'string' as const, contentMediaType: type, format: 'binary' } },
    ]),
  ),
});
