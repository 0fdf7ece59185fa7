import { Hono, type Context as HonoContext } from 'hono';
import { describeRoute } from 'hono-openapi';
import { billingAccountIdOf } from '../billing_accounts/actions.ts';
import type { SubjectKind } from '../billing_accounts/rules.ts';
import { csvFile, csvHeaders } from '../http/csv.ts';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, answerOrCsv, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { listReceivables } from './actions/age.ts';
import { decideBlock, liftBlock, listBlocks } from './actions/block.ts';
import { pauseDunning, resumeDunning, viewDebt } from './actions/debt.ts';
import { dunByHand } from './actions/dun.ts';
import { receivablesTable } from './rules/table.ts';
import {
  blocksSchema,
  debtSchema,
  decideBlockSchema,
  listReceivablesSchema,
  pauseDunningSchema,
  receivablesSchema,
} from './schema.ts';

export const receivablesRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['staff'],
      summary: 'What is owed by how long it is overdue on a day (finance, manager); also as CSV',
      responses: {
        ...answerOrCsv('Oldest day first', receivablesSchema),
        ...problems(400, 401, 403),
      },
    }),
    parse('query', listReceivablesSchema),
    async (c) => {
      const { format, ...asked } = c.req.valid('query');
      const listed = await listReceivables(c.get('context'), asked);
      if (format === 'json') return c.json(listed);
      const { content } = csvFile(receivablesTable(listed));
      return c.body(content, 200, csvHeaders(`receivables-${listed.on}`));
    },
  )
  .get(
    '/blocks',
    describeRoute({
      tags: ['staff'],
      summary: 'Whom a dunning proposes to block, and who is blocked (finance, manager)',
      responses: { ...answer(200, 'Oldest proposal first', blocksSchema), ...problems(401, 403) },
    }),
    async (c) => c.json(await listBlocks(c.get('context'))),
  )
  .post(
    '/blocks',
    describeRoute({
      tags: ['staff'],
      summary: 'Decide a proposal: no new bookings at a venue, or not now',
      responses: {
        ...answer(200, 'As it stands now', blocksSchema),
        ...problems(400, 401, 403, 404, 409),
      },
    }),
    parse('json', decideBlockSchema),
    async (c) => {
      await decideBlock(c.get('context'), c.req.valid('json'));
      return c.json(await listBlocks(c.get('context')));
    },
  )
  .post(
    '/blocks/:id/lift',
    describeRoute({
      tags: ['staff'],
      summary: 'Take new bookings of an organizer again',
      responses: { ...answer(200, 'As it stands now', blocksSchema), ...problems(401, 404) },
    }),
    async (c) => {
      await liftBlock(c.get('context'), c.req.param('id'));
      return c.json(await listBlocks(c.get('context')));
    },
  );

const accountIdOf = (c: HonoContext<AppEnvironment>, kind: SubjectKind) =>
  billingAccountIdOf(c.get('context'), kind, c.req.param('id') ?? '');

/** Under the address of whatever is paid for. */
export const subjectDebtRoutes = (kind: SubjectKind) =>
  new Hono<AppEnvironment>()
    .use('/:id/debt', requireSession)
    .use('/:id/debt/*', requireSession)
    .get(
      '/:id/debt',
      describeRoute({
        tags: ['payments'],
        summary: 'What is due, and what was sent about it',
        responses: { ...answer(200, 'Earliest day first', debtSchema), ...problems(401, 404) },
      }),
      async (c) => c.json(await viewDebt(c.get('context'), accountIdOf(c, kind))),
    )
    .post(
      '/:id/debt/dunnings',
      describeRoute({
        tags: ['staff'],
        summary: 'Send the next dunning for the oldest missed day by hand',
        responses: { ...answer(201, 'Sent', debtSchema), ...problems(401, 403, 404, 409) },
      }),
      async (c) => {
        await dunByHand(c.get('context'), accountIdOf(c, kind));
        return c.json(await viewDebt(c.get('context'), accountIdOf(c, kind)), 201);
      },
    )
    .post(
      '/:id/debt/pause',
      describeRoute({
        tags: ['staff'],
        summary: 'Hold dunning back, with the reason',
        responses: {
          ...answer(200, 'Held back', debtSchema),
          ...problems(400, 401, 403, 404, 409),
        },
      }),
      parse('json', pauseDunningSchema),
      async (c) => {
        await pauseDunning(c.get('context'), accountIdOf(c, kind), c.req.valid('json').reason);
        return c.json(await viewDebt(c.get('context'), accountIdOf(c, kind)));
      },
    )
    .post(
      '/:id/debt/resume',
      describeRoute({
        tags: ['staff'],
        summary: 'Let dunning go on',
        responses: { ...answer(200, 'Goes on', debtSchema), ...problems(401, 403, 404, 409) },
      }),
      async (c) => {
        await resumeDunning(c.get('context'), accountIdOf(c, kind));
        return c.json(await viewDebt(c.get('context'), accountIdOf(c, kind)));
      },
    );
