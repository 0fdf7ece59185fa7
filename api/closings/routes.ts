import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { csvFile, csvHeaders, notInCp932 } from '../http/csv.ts';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, answerOrCsv, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { closeBooks, viewClosings } from './actions/closings.ts';
import { daybookTable, viewDaybook } from './actions/daybook.ts';
import { changeAccount, viewAccounts, viewJournal } from './actions/journal.ts';
import { viewRevenue } from './actions/revenue.ts';
import { closingErrors } from './errors.ts';
import { entryKinds, journalTable, partyColumns } from './rules/journal.ts';
import { revenueTable } from './rules/revenue.ts';
import {
  accountListSchema,
  closeBooksSchema,
  closedSchema,
  closingListSchema,
  daybookQuerySchema,
  daybookSchema,
  journalQuerySchema,
  journalSchema,
  listClosingsSchema,
  periodQuerySchema,
  revenueSchema,
  saveAccountSchema,
} from './schema.ts';

const entryOf = (text: string) => {
  const found = entryKinds.find((kind) => kind === text);
  if (!found) throw closingErrors.unknown_entry();
  return found;
};

const daysAndMonths = new Hono<AppEnvironment>()
  .get(
    '/',
    describeRoute({
      tags: ['closings'],
      summary: 'Which days and months of a venue are shut, with their sums, and what still waits',
      responses: {
        ...answer(200, 'Newest first', closingListSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('query', listClosingsSchema),
    async (c) => c.json(await viewClosings(c.get('context'), c.req.valid('query').venue)),
  )
  .post(
    '/',
    describeRoute({
      tags: ['closings'],
      summary: 'Shut the books of a day, with all before it, or of a month',
      responses: {
        ...answer(201, 'What was shut; later facts are booked on the first open day', closedSchema),
        ...problems(400, 401, 403, 404, 409, 422),
      },
    }),
    parse('json', closeBooksSchema),
    async (c) => c.json({ closings: await closeBooks(c.get('context'), c.req.valid('json')) }, 201),
  );

const reports = new Hono<AppEnvironment>()
  .get(
    '/daybook',
    describeRoute({
      tags: ['closings'],
      summary: 'Every money event of a day, its sums and its balances; also as CSV',
      responses: {
        ...answerOrCsv('In the order of the books', daybookSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('query', daybookQuerySchema),
    async (c) => {
      const { format, ...asked } = c.req.valid('query');
      const daybook = await viewDaybook(c.get('context'), asked);
      if (format === 'json') return c.json(daybook);
      const name = `daybook-${daybook.venue}-${daybook.on}`;
      return c.body(csvFile(daybookTable(daybook)).content, 200, csvHeaders(name));
    },
  )
  .get(
    '/revenue',
    describeRoute({
      tags: ['closings'],
      summary: 'Charged less taken back, by month, room, category and method; also as CSV',
      responses: {
        ...answerOrCsv('With the definition in words', revenueSchema),
        ...problems(400, 401, 403, 404, 422),
      },
    }),
    parse('query', periodQuerySchema),
    async (c) => {
      const { format, ...asked } = c.req.valid('query');
      const report = await viewRevenue(c.get('context'), asked);
      if (format === 'json') return c.json(report);
      const name = `revenue-${report.venue}-${report.from}-${report.to}`;
      return c.body(csvFile(revenueTable(report)).content, 200, csvHeaders(name));
    },
  );

const journals = new Hono<AppEnvironment>()
  .get(
    '/journal',
    describeRoute({
      tags: ['closings'],
      summary: 'The books of some days as entries of double entry; also as CSV for accounting',
      description:
        'In CP932, characters it does not have leave as 〓; the answer and the header X-Replaced-Characters (percent-encoded) name them.',
      responses: {
        ...answerOrCsv('Debit equals credit in every entry', journalSchema),
        ...problems(400, 401, 403, 404, 409, 422),
      },
    }),
    parse('query', journalQuerySchema),
    async (c) => {
      const { format, encoding, ...asked } = c.req.valid('query');
      const journal = await viewJournal(c.get('context'), asked);
      const table = journalTable(journal.entries);
      if (format === 'json') return c.json({ ...journal, notInCp932: notInCp932(table) });
      const { content, replaced } = csvFile(table, { encoding, exactColumns: partyColumns });
      const name = `journal-${journal.venue}-${journal.from}-${journal.to}`;
      return c.body(content, 200, {
        ...csvHeaders(name, encoding),
        'x-replaced-characters': encodeURIComponent(replaced.join('')),
      });
    },
  )
  .get(
    '/accounts',
    describeRoute({
      tags: ['closings'],
      summary: 'Which accounts and tax code each entry of the journal bears at a venue',
      responses: {
        ...answer(200, 'In the order of the list', accountListSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('query', listClosingsSchema),
    async (c) => c.json(await viewAccounts(c.get('context'), c.req.valid('query').venue)),
  )
  .put(
    '/accounts/:entry',
    describeRoute({
      tags: ['closings'],
      summary: 'Give an entry other accounts; only an administrator of the venue may',
      responses: {
        ...answer(200, 'The accounts as they are now', accountListSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('json', saveAccountSchema),
    async (c) => {
      const context = c.get('context');
      const said = c.req.valid('json');
      await changeAccount(context, entryOf(c.req.param('entry')), said);
      return c.json(await viewAccounts(context, said.venue));
    },
  );

export const closingsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .route('/', daysAndMonths)
  .route('/', reports)
  .route('/', journals);
