import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { billingAccountIdOf } from '../../billing_accounts/actions.ts';
import type { SubjectKind } from '../../billing_accounts/rules.ts';
import type { AppEnvironment } from '../../http/environment.ts';
import { answer, problems } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import {
  approveRefund,
  cancelRefund,
  enterPayee,
  payOutRefund,
  rejectRefund,
} from '../actions/decide.ts';
import { proposeByStaff } from '../actions/propose.ts';
import { listRefunds, viewSubjectRefunds, viewRefund } from '../actions/read.ts';
import {
  approveSchema,
  subjectRefundsSchema,
  listRefundsSchema,
  payeeSchema,
  proposeSchema,
  refundAnswer,
  refundListSchema,
  rejectSchema,
} from '../schema.ts';

/** Under the address of whatever is paid for. */
export const subjectRefundsRoutes = (kind: SubjectKind) =>
  new Hono<AppEnvironment>().get(
    '/:id/refunds',
    describeRoute({
      tags: ['refunds'],
      summary: 'What comes back of what was paid, and in which state it is',
      description: 'Staff also see the payments money can go back from, and debts given up.',
      responses: {
        ...answer(200, 'Newest first', subjectRefundsSchema),
        ...problems(401, 404),
      },
    }),
    requireSession,
    async (c) => {
      const context = c.get('context');
      const id = billingAccountIdOf(context, kind, c.req.param('id'));
      return c.json(await viewSubjectRefunds(context, id));
    },
  );

const act = (summary: string, description?: string) =>
  describeRoute({
    tags: ['refunds'],
    summary,
    ...(description ? { description } : {}),
    responses: {
      ...answer(200, 'The refund afterwards', refundAnswer),
      ...problems(400, 401, 403, 404, 409),
    },
  });

export const refundsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['refunds'],
      summary: 'Refunds of the venues of the staff member, with totals by state',
      responses: {
        ...answer(200, 'Newest first', refundListSchema),
        ...problems(400, 401, 403),
      },
    }),
    parse('query', listRefundsSchema),
    async (c) => c.json(await listRefunds(c.get('context'), c.req.valid('query'))),
  )
  .post(
    '/',
    describeRoute({
      tags: ['refunds'],
      summary: 'Ask for money to go back; another person decides',
      responses: {
        ...answer(201, 'Proposed', refundAnswer),
        ...problems(400, 401, 404, 409),
      },
    }),
    parse('json', proposeSchema),
    async (c) => {
      const context = c.get('context');
      const { id } = await proposeByStaff(context, c.req.valid('json'));
      return c.json({ refund: await viewRefund(context, id) }, 201);
    },
  )
  .get(
    '/:id',
    describeRoute({
      tags: ['refunds'],
      summary: 'One refund with its history',
      responses: { ...answer(200, 'The refund', refundAnswer), ...problems(401, 404) },
    }),
    async (c) => c.json({ refund: await viewRefund(c.get('context'), c.req.param('id')) }),
  )
  .post('/:id/approve', act('Approve'), parse('json', approveSchema), async (c) => {
    const context = c.get('context');
    const { id } = await approveRefund(context, { id: c.req.param('id'), ...c.req.valid('json') });
    return c.json({ refund: await viewRefund(context, id) });
  })
  .post('/:id/reject', act('Reject, with a reason'), parse('json', rejectSchema), async (c) => {
    const context = c.get('context');
    const { id } = await rejectRefund(context, { id: c.req.param('id'), ...c.req.valid('json') });
    return c.json({ refund: await viewRefund(context, id) });
  })
  .post('/:id/cancel', act('Give a refund up before money has left'), async (c) => {
    const context = c.get('context');
    const { id } = await cancelRefund(context, c.req.param('id'));
    return c.json({ refund: await viewRefund(context, id) });
  })
  .post(
    '/:id/payee',
    act('Enter the account to transfer to (finance)'),
    parse('json', payeeSchema),
    async (c) => {
      const context = c.get('context');
      const { id } = await enterPayee(context, c.req.param('id'), c.req.valid('json'));
      return c.json({ refund: await viewRefund(context, id) });
    },
  )
  .post(
    '/:id/payout',
    act('Say that it was paid', 'Handed over in cash at the desk, or transferred by our bank.'),
    async (c) => {
      const context = c.get('context');
      const { id } = await payOutRefund(context, c.req.param('id'));
      return c.json({ refund: await viewRefund(context, id) });
    },
  );
