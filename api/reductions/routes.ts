import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { viewBooking } from '../bookings/actions/read.ts';
import { bookingSchema } from '../bookings/schema/bookings.ts';
import type { AppEnvironment } from '../http/environment.ts';
import { answerList, describeList } from '../http/lists.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { reductionGroundSchema } from '../policies/schema.ts';
import { listQuerySchema } from '../shared/lists.ts';
import {
  applyForReduction,
  approveReduction,
  listReductions,
  refuseReduction,
  viewGrounds,
  viewReductions,
  withdrawReduction,
} from './actions.ts';
import { applySchema, bookingReductionsSchema, decideSchema, reductionList } from './schema.ts';

/** Grounds of reduction of a venue, under the venue. */
export const reductionGroundsRoutes = new Hono<AppEnvironment>().get(
  '/:venue/reduction-grounds',
  describeRoute({
    tags: ['reductions'],
    summary: 'On what grounds the fee is reduced (減免), and by how much',
    description: 'Public. `publication` says whether the operator has published the ground.',
    responses: {
      ...answer(200, 'In their order', z.object({ grounds: z.array(reductionGroundSchema) })),
      ...problems(404),
    },
  }),
  async (c) => c.json(await viewGrounds(c.get('context'), c.req.param('venue'))),
);

export const bookingReductionsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/:id/reductions',
    describeRoute({
      tags: ['reductions'],
      summary: 'The applications of a booking for a reduced fee',
      responses: {
        ...answer(200, 'As they stand', bookingReductionsSchema),
        ...problems(401, 404),
      },
    }),
    async (c) => c.json(await viewReductions(c.get('context'), c.req.param('id'))),
  )
  .post(
    '/:id/reductions',
    describeRoute({
      tags: ['reductions'],
      summary: 'Apply for a reduced fee (減免申請)',
      responses: {
        ...answer(201, 'Applied for', bookingReductionsSchema),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    parse('json', applySchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await applyForReduction(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json(await viewReductions(c.get('context'), bookingId), 201);
    },
  );

const decisionRoute = (summary: string) =>
  describeRoute({
    tags: ['reductions'],
    summary,
    responses: {
      ...answer(200, 'The booking afterwards', z.object({ booking: bookingSchema })),
      ...problems(400, 401, 404, 409, 422),
    },
  });

export const reductionsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeList(reductionList, 'reductions', 'Applications at the venues of the staff member'),
    parse('query', listQuerySchema(reductionList)),
    (c) => answerList(c, reductionList, (asked) => listReductions(c.get('context'), asked)),
  )
  .post(
    '/:id/approve',
    decisionRoute('Approve: the booking gets its new price'),
    parse('json', decideSchema),
    async (c) => {
      const input = { id: c.req.param('id'), ...c.req.valid('json') };
      const { bookingId } = await approveReduction(c.get('context'), input);
      return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
    },
  )
  .post(
    '/:id/refuse',
    decisionRoute('Refuse, with a reason'),
    parse('json', decideSchema),
    async (c) => {
      const input = { id: c.req.param('id'), ...c.req.valid('json') };
      const { bookingId } = await refuseReduction(c.get('context'), input);
      return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
    },
  )
  .post('/:id/withdraw', decisionRoute('Withdraw an application not yet decided'), async (c) => {
    const { bookingId } = await withdrawReduction(c.get('context'), c.req.param('id'));
    return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
  });
