import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { requireSession } from '../http/session.ts';
import { listDocuments, printDocument } from './actions.ts';
import { documentErrors } from './errors.ts';
import { bookingParamSchema, documentFileSchema, documentSchema } from './schema.ts';

/** An id of another form is a paper that does not exist. */
const orUnknown = <Value>(parsed: z.ZodSafeParseResult<Value>): Value => {
  if (!parsed.success) throw documentErrors.unknown();
  return parsed.data;
};

/** Under `/api/bookings`. */
export const bookingDocumentsRoutes = new Hono<AppEnvironment>().get(
  '/:id/documents',
  describeRoute({
    tags: ['documents'],
    summary: 'Papers issued for a booking',
    responses: {
      ...answer(200, 'Oldest first', z.object({ documents: z.array(documentSchema) })),
      ...problems(401, 404),
    },
  }),
  requireSession,
  async (c) => {
    const { id } = orUnknown(bookingParamSchema.safeParse(c.req.param()));
    return c.json({ documents: await listDocuments(c.get('context'), id) });
  },
);

/** Under `/api/documents`. */
export const documentsRoutes = new Hono<AppEnvironment>().get(
  '/:file',
  describeRoute({
    tags: ['documents'],
    summary: 'A paper as PDF, at doc_….pdf',
    responses: {
      200: {
        description: 'The same file every time',
        content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
      },
      ...problems(401, 404),
    },
  }),
  requireSession,
  async (c) => {
    const { file } = orUnknown(documentFileSchema.safeParse(c.req.param()));
    const { pdf, number, fileName } = await printDocument(c.get('context'), file);
    const name = encodeURIComponent(fileName);
    return c.body(pdf, 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${number}.pdf"; filename*=UTF-8''${name}`,
      'cache-control': 'private, no-cache',
    });
  },
);
