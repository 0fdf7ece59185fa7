import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { billingAccountIdOf } from '../billing_accounts/actions.ts';
import type { SubjectKind } from '../billing_accounts/rules.ts';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { idSchema, type AttemptId } from '../shared/ids.ts';
import { cancelPayment } from './actions/cancel.ts';
import { receiveStripeEvent } from './actions/events.ts';
import { listMovements, lookAtMovement } from './actions/movements.ts';
import { attemptView, listPayments, viewAttempt, viewPayments } from './actions/read.ts';
import { startPayment } from './actions/start.ts';
import { paymentErrors } from './errors.ts';
import {
  attemptSchema,
  subjectPaymentsSchema,
  listMovementsSchema,
  listPaymentsSchema,
  lookSchema,
  movementListSchema,
  paymentListSchema,
  startedAttemptSchema,
  startPaymentSchema,
} from './schema.ts';

const attemptIdOf = (text: string) => {
  const parsed = idSchema<AttemptId>('attempt').safeParse(text);
  if (!parsed.success) throw paymentErrors.unknown();
  return parsed.data;
};

/** Under the address of whatever is paid for. */
export const subjectPaymentsRoutes = (kind: SubjectKind) =>
  new Hono<AppEnvironment>()
    .get(
      '/:id/payments',
      describeRoute({
        tags: ['payments'],
        summary: 'What is owed, what was tried, and how it can be paid',
        responses: {
          ...answer(200, 'The charge is null until it is made', subjectPaymentsSchema),
          ...problems(401, 404),
        },
      }),
      requireSession,
      async (c) => {
        const context = c.get('context');
        const id = billingAccountIdOf(context, kind, c.req.param('id'));
        return c.json(await viewPayments(context, id));
      },
    )
    .post(
      '/:id/payments',
      describeRoute({
        tags: ['payments'],
        summary: 'Begin to pay, or record money taken at the desk',
        description:
          'A konbini voucher carries its numbers; a card carries what the card form needs. Cash and transfers are recorded by staff and confirmed at once.',
        responses: {
          ...answer(201, 'Begun', z.object({ attempt: startedAttemptSchema })),
          ...problems(400, 401, 403, 404, 409, 422),
        },
      }),
      requireSession,
      parse('json', startPaymentSchema),
      async (c) => {
        const context = c.get('context');
        const billingAccountId = billingAccountIdOf(context, kind, c.req.param('id'));
        const { attempt, card } = await startPayment(
          context,
          billingAccountId,
          c.req.valid('json'),
        );
        return c.json({ attempt: { ...attemptView(context, attempt), ...card } }, 201);
      },
    );

export const paymentsRoutes = new Hono<AppEnvironment>()
  .get(
    '/',
    describeRoute({
      tags: ['staff'],
      summary: 'Payments of the venues of the signed-in staff, with totals',
      responses: {
        ...answer(200, 'Newest first', paymentListSchema),
        ...problems(400, 401, 403),
      },
    }),
    requireSession,
    parse('query', listPaymentsSchema),
    async (c) => c.json(await listPayments(c.get('context'), c.req.valid('query'))),
  )
  .get(
    '/:id',
    describeRoute({
      tags: ['payments'],
      summary: 'One payment',
      responses: {
        ...answer(200, 'The payment', z.object({ attempt: attemptSchema })),
        ...problems(401, 404),
      },
    }),
    requireSession,
    async (c) =>
      c.json({ attempt: await viewAttempt(c.get('context'), attemptIdOf(c.req.param('id'))) }),
  )
  .post(
    '/:id/cancel',
    describeRoute({
      tags: ['payments'],
      summary: 'Give up a payment that is under way',
      responses: {
        ...answer(
          200,
          'Cancelled; or confirmed, when the money was faster',
          z.object({ attempt: attemptSchema }),
        ),
        ...problems(401, 404, 409),
      },
    }),
    requireSession,
    async (c) => {
      const context = c.get('context');
      const attempt = await cancelPayment(context, attemptIdOf(c.req.param('id')));
      return c.json({ attempt: attemptView(context, attempt) });
    },
  );

export const stripeMovementsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['staff'],
      summary: 'What moved at Stripe without us: disputes, refunds made there, money of others',
      description: 'For finance. What has to be answered soonest comes first.',
      responses: {
        ...answer(200, 'The movements', movementListSchema),
        ...problems(400, 401, 403),
      },
    }),
    parse('query', listMovementsSchema),
    async (c) => c.json(await listMovements(c.get('context'), c.req.valid('query'))),
  )
  .post(
    '/:id/look',
    describeRoute({
      tags: ['staff'],
      summary: 'Say what a movement was; it leaves the open list',
      responses: {
        ...answer(
          200,
          'Looked at',
          z.object({
            movement: z.object({ id: z.string(), note: z.string(), lookedAt: z.string() }),
          }),
        ),
        ...problems(400, 401, 404),
      },
    }),
    parse('json', lookSchema),
    async (c) => {
      const { note } = c.req.valid('json');
      const movement = await lookAtMovement(c.get('context'), c.req.param('id'), note);
      return c.json({ movement });
    },
  );

export const stripeRoutes = new Hono<AppEnvironment>().post(
  '/events',
  describeRoute({
    tags: ['payments'],
    summary: 'Webhook of Stripe; authenticated by its signature',
    security: [{ stripeSignature: [] }],
    requestBody: {
      required: true,
      description: 'An event of Stripe, exactly as it was signed',
      content: { 'application/json': { schema: { type: 'object' } } },
    },
    responses: {
      ...answer(
        200,
        'Kept; a repeat has no effect',
        z.object({ received: z.literal(true), duplicate: z.literal(true).optional() }),
      ),
      ...problems(400),
    },
  }),
  async (c) => {
    const actor = { kind: 'webhook' as const, source: 'stripe' };
    const payload = await c.req.text();
    const signature = c.req.header('stripe-signature') ?? '';
    const { isDuplicate } = await receiveStripeEvent(
      { ...c.get('context'), actor },
      { payload, signature },
    );
    return c.json(
      isDuplicate
        ? { received: true as const, duplicate: true as const }
        : { received: true as const },
    );
  },
);
