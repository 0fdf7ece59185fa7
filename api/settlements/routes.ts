import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { settleBooking, viewSettlement } from './actions.ts';
import { settleSchema, settlementSchema } from './schema.ts';

const settlementAnswer = z.object({ settlement: settlementSchema });

/** Under `/api/bookings`. */
export const bookingSettlementsRoutes = new Hono<AppEnvironment>()
  .use('/:id/settlement', requireSession)
  .get(
    '/:id/settlement',
    describeRoute({
      tags: ['settlements'],
      summary: 'What is owed beside the fee, by hours, equipment and meters',
      responses: {
        ...answer(200, 'As it stands, or as it was settled', settlementAnswer),
        ...problems(401, 404),
      },
    }),
    async (c) => c.json({ settlement: await viewSettlement(c.get('context'), c.req.param('id')) }),
  )
  .post(
    '/:id/settlement',
    describeRoute({
      tags: ['settlements'],
      summary: 'Settle (精算): freeze the lines and charge them (staff)',
      responses: {
        ...answer(200, 'Settled', settlementAnswer),
        ...problems(400, 401, 404, 409),
      },
    }),
    parse('json', settleSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await settleBooking(c.get('context'), bookingId, c.req.valid('json').totalYen);
      return c.json({ settlement: await viewSettlement(c.get('context'), bookingId) });
    },
  );
