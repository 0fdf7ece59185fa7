import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, bytesOf, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import {
  allocateLine,
  askRefund,
  ignoreLine,
  takeAllocationBack,
  takeCancelledBack,
  takeUpLine,
} from './actions/allocate.ts';
import { importFile } from './actions/import.ts';
import { findDebtFor, viewAccounts, viewImports, viewLine, viewLines } from './actions/read.ts';
import {
  accountsSchema,
  allocateSchema,
  findDebtSchema,
  ignoreSchema,
  importSchema,
  lineListSchema,
  lineSchema,
  listLinesSchema,
  debtSchema,
  refundSchema,
  takeBackSchema,
  uploadSchema,
} from './schema.ts';

const lineAnswer = z.object({ line: lineSchema });
const nothing = z.object({});

const actRoute = (summary: string) =>
  describeRoute({
    tags: ['transfers'],
    summary,
    responses: {
      ...answer(200, 'The entry afterwards', lineAnswer),
      ...problems(400, 401, 404, 409, 422),
    },
  });

export const transfersRoutes = new Hono<AppEnvironment>()
  .use('*', requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['transfers'],
      summary: 'Entries of the bank with the best guess of what they pay for (finance)',
      responses: {
        ...answer(200, 'Newest day first', lineListSchema),
        ...problems(400, 401, 403),
      },
    }),
    parse('query', listLinesSchema),
    async (c) => c.json(await viewLines(c.get('context'), c.req.valid('query'))),
  )
  .get(
    '/accounts',
    describeRoute({
      tags: ['transfers'],
      summary: 'The accounts organizers transfer to (finance)',
      responses: { ...answer(200, 'By venue', accountsSchema), ...problems(401, 403) },
    }),
    async (c) => c.json({ accounts: await viewAccounts(c.get('context')) }),
  )
  .get(
    '/imports',
    describeRoute({
      tags: ['transfers'],
      summary: 'Files of the bank that were read (finance)',
      responses: {
        ...answer(200, 'Newest first', z.object({ imports: z.array(importSchema) })),
        ...problems(401, 403),
      },
    }),
    async (c) => c.json({ imports: await viewImports(c.get('context')) }),
  )
  .post(
    '/imports',
    describeRoute({
      tags: ['transfers'],
      summary: 'Read a Zengin file (全銀 01 or 03, 200 bytes a record): its bytes as the body',
      description:
        'What is damaged is refused with the line, the field and what was expected; what cannot be used (accounts that are not ours, an entry without a day) is left out and named in the notes. Entries an earlier file had are counted as known.',
      requestBody: bytesOf('application/octet-stream', 'text/plain'),
      responses: {
        ...answer(201, 'Read', z.object({ import: importSchema.omit({ importedByName: true }) })),
        ...problems(400, 401, 403, 409, 413, 422),
      },
    }),
    parse('query', uploadSchema),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const { name } = c.req.valid('query');
      const row = await importFile(c.get('context'), { name, bytes });
      const { id, fileName, kind, lineCount, knownCount, totalYen, notes, importedAt } = row;
      const read = { id, fileName, kind, lineCount, knownCount, totalYen, notes, importedAt };
      return c.json({ import: read }, 201);
    },
  )
  .get(
    '/:id',
    describeRoute({
      tags: ['transfers'],
      summary: 'An entry: proposals, what it pays for, what is left (finance)',
      responses: { ...answer(200, 'The entry', lineAnswer), ...problems(401, 404) },
    }),
    async (c) => c.json({ line: await viewLine(c.get('context'), c.req.param('id')) }),
  )
  .get(
    '/:id/debts',
    describeRoute({
      tags: ['transfers'],
      summary: 'A debt at the same venue by the number of what is owed for (finance)',
      responses: {
        ...answer(200, 'The debt', z.object({ debt: debtSchema })),
        ...problems(400, 401, 404, 422),
      },
    }),
    parse('query', findDebtSchema),
    async (c) => {
      const { number } = c.req.valid('query');
      const debt = await findDebtFor(c.get('context'), c.req.param('id'), number);
      return c.json({ debt });
    },
  )
  .post(
    '/:id/allocate',
    actRoute('Say what the money pays for, wholly or in parts (finance)'),
    parse('json', allocateSchema),
    async (c) => {
      const id = c.req.param('id');
      await allocateLine(c.get('context'), id, c.req.valid('json'));
      return c.json({ line: await viewLine(c.get('context'), id) });
    },
  )
  .post(
    '/:id/take-back',
    actRoute('Take an allocation back (finance)'),
    parse('json', takeBackSchema),
    async (c) => {
      const id = c.req.param('id');
      await takeAllocationBack(c.get('context'), id, c.req.valid('json').allocationId);
      return c.json({ line: await viewLine(c.get('context'), id) });
    },
  )
  .post(
    '/:id/take-cancelled-back',
    actRoute('Record that the bank took the money back, once it is free (finance)'),
    parse('json', nothing),
    async (c) => {
      const id = c.req.param('id');
      await takeCancelledBack(c.get('context'), id);
      return c.json({ line: await viewLine(c.get('context'), id) });
    },
  )
  .post(
    '/:id/ignore',
    actRoute('Set an entry aside that is no organizer’s money (finance)'),
    parse('json', ignoreSchema),
    async (c) => {
      const id = c.req.param('id');
      await ignoreLine(c.get('context'), id, c.req.valid('json').reason);
      return c.json({ line: await viewLine(c.get('context'), id) });
    },
  )
  .post(
    '/:id/take-up',
    actRoute('Take an entry up again (finance)'),
    parse('json', nothing),
    async (c) => {
      const id = c.req.param('id');
      await takeUpLine(c.get('context'), id);
      return c.json({ line: await viewLine(c.get('context'), id) });
    },
  )
  .post(
    '/:id/refund',
    actRoute('Propose to return money of nobody to its payer; another decides (finance)'),
    parse('json', refundSchema),
    async (c) => {
      const id = c.req.param('id');
      await askRefund(c.get('context'), id, c.req.valid('json'));
      return c.json({ line: await viewLine(c.get('context'), id) });
    },
  );
