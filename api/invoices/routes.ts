import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import {
  listCombinable,
  listDebtors,
  listInvoices,
  makeInvoice,
  viewInvoice,
  voidInvoice,
} from './actions.ts';
import { invoiceErrors } from './errors.ts';
import {
  combinableChargesSchema,
  combinableSchema,
  debtorsSchema,
  invoiceParamSchema,
  invoiceSchema,
  invoiceSummarySchema,
  listInvoicesSchema,
  makeInvoiceSchema,
} from './schema.ts';

const oneInvoice = z.object({ invoice: invoiceSchema });

/** An id of another form is an invoice that does not exist. */
const idOf = (params: Record<string, string>): string => {
  const parsed = invoiceParamSchema.safeParse(params);
  if (!parsed.success) throw invoiceErrors.unknown();
  return parsed.data.id;
};

/** Under `/api/invoices`. */
export const invoicesRoutes = new Hono<AppEnvironment>()
  .use('*', requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['invoices'],
      summary: 'Combined invoices: staff see those of their venues, organizers their own',
      responses: {
        ...answer(200, 'Newest first', z.object({ invoices: z.array(invoiceSummarySchema) })),
        ...problems(400, 401),
      },
    }),
    parse('query', listInvoicesSchema),
    async (c) =>
      c.json({ invoices: await listInvoices(c.get('context'), c.req.valid('query')) }, 200),
  )
  .get(
    '/debtors',
    describeRoute({
      tags: ['invoices'],
      summary: 'Who owes anything, by venue: for whom an invoice can be made',
      responses: { ...answer(200, 'By name', debtorsSchema), ...problems(400, 401) },
    }),
    parse('query', listInvoicesSchema),
    async (c) =>
      c.json({ debtors: await listDebtors(c.get('context'), c.req.valid('query')) }, 200),
  )
  .get(
    '/charges',
    describeRoute({
      tags: ['invoices'],
      summary: 'What an organizer still has to pay at a venue, and what one invoice may take of it',
      responses: {
        ...answer(200, 'Earliest day first', combinableChargesSchema),
        ...problems(400, 401, 404),
      },
    }),
    parse('query', combinableSchema),
    async (c) =>
      c.json({ charges: await listCombinable(c.get('context'), c.req.valid('query')) }, 200),
  )
  .post(
    '/',
    describeRoute({
      tags: ['invoices'],
      summary: 'One request for payment over charges of many bookings (合算請求書)',
      responses: {
        ...answer(201, 'Issued; its paper follows', oneInvoice),
        ...problems(400, 401, 404, 409),
      },
    }),
    parse('json', makeInvoiceSchema),
    async (c) => {
      const context = c.get('context');
      const id = await makeInvoice(context, c.req.valid('json'));
      return c.json({ invoice: await viewInvoice(context, id) }, 201);
    },
  )
  .get(
    '/:id',
    describeRoute({
      tags: ['invoices'],
      summary: 'A combined invoice with its charges',
      responses: { ...answer(200, 'As it was issued', oneInvoice), ...problems(401, 404) },
    }),
    async (c) => c.json({ invoice: await viewInvoice(c.get('context'), idOf(c.req.param())) }, 200),
  )
  .post(
    '/:id/void',
    describeRoute({
      tags: ['invoices'],
      summary: 'Take a combined invoice back (staff); its charges stand as before',
      responses: { ...answer(200, 'Voided', oneInvoice), ...problems(401, 403, 404, 409) },
    }),
    async (c) => {
      const context = c.get('context');
      const id = idOf(c.req.param());
      await voidInvoice(context, id);
      return c.json({ invoice: await viewInvoice(context, id) }, 200);
    },
  );
