import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { disposition } from '../http/disposition.ts';
import { answer, problems } from '../http/openapi.ts';
import { requireSession } from '../http/session.ts';
import { parse } from '../http/parse.ts';
import type { Document } from './actions/issue.ts';
import { correctDocument } from './actions/correct.ts';
import { listBookingDocuments, listDocuments, printDocument } from './actions/read.ts';
import { issuePaymentNotice, issuePaymentSlip, issueQuotation } from './actions/notices.ts';
import { reissueDocument, verifyDocument } from './actions/verify.ts';
import { documentErrors } from './errors.ts';
import {
  bookingParamSchema,
  correctionSchema,
  documentFileSchema,
  documentListSchema,
  documentParamSchema,
  documentSchema,
  listDocumentsSchema,
  printSchema,
  reissueSchema,
  verifiedSchema,
} from './schema.ts';

const issuedAnswer = z.object({
  document: documentSchema
    .omit({ reissues: true, replacedBy: true })
    .meta({ id: 'IssuedDocument' }),
});
const issuedView = ({ id, kind, number, issuedAt }: Document) => ({ id, kind, number, issuedAt });
const verifiedAnswer = z.object({ document: verifiedSchema });

/** An id of another form is a paper that does not exist. */
const orUnknown = <Value>(parsed: z.ZodSafeParseResult<Value>): Value => {
  if (!parsed.success) throw documentErrors.unknown();
  return parsed.data;
};

/** Under `/api/bookings`. */
export const bookingDocumentsRoutes = new Hono<AppEnvironment>()
  .get(
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
      return c.json({ documents: await listBookingDocuments(c.get('context'), id) });
    },
  )
  .post(
    '/:id/quotations',
    describeRoute({
      tags: ['documents'],
      summary: 'Quotation (見積書) of the price as it is promised now',
      responses: { ...answer(201, 'Issued', issuedAnswer), ...problems(401, 404, 409) },
    }),
    requireSession,
    async (c) => {
      const { id } = orUnknown(bookingParamSchema.safeParse(c.req.param()));
      return c.json({ document: issuedView(await issueQuotation(c.get('context'), id)) }, 201);
    },
  )
  .post(
    '/:id/payment-notices',
    describeRoute({
      tags: ['documents'],
      summary: 'Payment notice (納入通知書): what is to be paid by which day, into which account',
      responses: { ...answer(201, 'Issued', issuedAnswer), ...problems(401, 404, 409) },
    }),
    requireSession,
    async (c) => {
      const { id } = orUnknown(bookingParamSchema.safeParse(c.req.param()));
      return c.json({ document: issuedView(await issuePaymentNotice(c.get('context'), id)) }, 201);
    },
  )
  .post(
    '/:id/payment-slips',
    describeRoute({
      tags: ['documents'],
      summary: 'Slip with a bar code to pay at a convenience store (払込票, staff)',
      responses: { ...answer(201, 'Issued', issuedAnswer), ...problems(401, 403, 404, 409, 422) },
    }),
    requireSession,
    async (c) => {
      const { id } = orUnknown(bookingParamSchema.safeParse(c.req.param()));
      return c.json({ document: issuedView(await issuePaymentSlip(c.get('context'), id)) }, 201);
    },
  );

/** Under `/api/documents`. */
export const documentsRoutes = new Hono<AppEnvironment>()
  .get(
    '/verifications/:code',
    describeRoute({
      tags: ['documents'],
      summary: 'Whether a paper is ours and still holds; the code is printed on it',
      responses: {
        ...answer(200, 'What the paper says, its recipient masked', verifiedAnswer),
        ...problems(404),
      },
    }),
    async (c) =>
      c.json({ document: await verifyDocument(c.get('context'), c.req.param('code')) }, 200),
  )
  .get(
    '/',
    describeRoute({
      tags: ['documents'],
      summary: 'Papers of the organizer, or of the venues of the staff',
      responses: { ...answer(200, 'Newest first', documentListSchema), ...problems(400, 401) },
    }),
    requireSession,
    parse('query', listDocumentsSchema),
    async (c) => c.json(await listDocuments(c.get('context'), c.req.valid('query')), 200),
  )
  .post(
    '/:id/reissue',
    describeRoute({
      tags: ['documents'],
      summary: 'Hand a paper out again, marked 再発行 (staff)',
      responses: {
        ...answer(201, 'The so-manieth print', z.object({ position: z.int() })),
        ...problems(400, 401, 403, 404),
      },
    }),
    requireSession,
    parse('json', reissueSchema),
    async (c) => {
      const { id } = orUnknown(documentParamSchema.safeParse(c.req.param()));
      const { reason } = c.req.valid('json');
      return c.json({ position: await reissueDocument(c.get('context'), id, reason) }, 201);
    },
  )
  .post(
    '/:id/correct',
    describeRoute({
      tags: ['documents'],
      summary: 'Replace a paper by a corrected one (訂正版): another addressee or proviso (staff)',
      responses: {
        ...answer(201, 'The paper that holds from now on', issuedAnswer),
        ...problems(400, 401, 403, 404, 409, 422),
      },
    }),
    requireSession,
    parse('json', correctionSchema),
    async (c) => {
      const { id } = orUnknown(documentParamSchema.safeParse(c.req.param()));
      const document = await correctDocument(c.get('context'), id, c.req.valid('json'));
      return c.json({ document: issuedView(document) }, 201);
    },
  )
  .get(
    '/:file',
    describeRoute({
      tags: ['documents'],
      summary: 'A paper as PDF, at doc_….pdf; with `reissue` as it was issued again',
      responses: {
        200: {
          description: 'The same file every time',
          content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
        },
        ...problems(400, 401, 404),
      },
    }),
    requireSession,
    parse('query', printSchema),
    async (c) => {
      const { file } = orUnknown(documentFileSchema.safeParse(c.req.param()));
      const { reissue } = c.req.valid('query');
      const asked = { documentId: file, reissue };
      const { pdf, number, fileName } = await printDocument(c.get('context'), asked);
      return c.body(pdf, 200, {
        'content-type': 'application/pdf',
        'content-disposition': disposition('inline', fileName, `${number}.pdf`),
      });
    },
  );
