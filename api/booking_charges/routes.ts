import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { viewBooking } from '../bookings/actions/read.ts';
import { previewSchema } from '../bookings/schema/amendments.ts';
import { bookingSchema, cancelSchema } from '../bookings/schema/bookings.ts';
import {
  askCancellationSchema,
  cancellationSchema,
  changeFeeSchema,
} from '../cancellations/schema.ts';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { cancelBooking } from './actions/cancel.ts';
import { viewCancellation } from './actions/cancellation_view.ts';
import { viewChangeFee } from './actions/change_fee.ts';

export const bookingCancellationRoutes = new Hono<AppEnvironment>()
  .post(
    '/:id/cancel',
    describeRoute({
      tags: ['bookings'],
      summary: 'Cancel an approved booking',
      responses: {
        ...answer(200, 'The booking afterwards', z.object({ booking: bookingSchema })),
        ...problems(400, 401, 403, 404, 409, 422),
      },
    }),
    requireSession,
    parse('json', cancelSchema),
    async (c) => {
      const context = c.get('context');
      const bookingId = c.req.param('id');
      await cancelBooking(context, { bookingId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(context, bookingId) });
    },
  )
  .post(
    '/:id/change-fee',
    describeRoute({
      tags: ['cancellations'],
      summary: 'What a change costs beside its price; nothing is taken',
      description:
        'A share of what the change takes off, by the days left before use; nothing for changes by the venue.',
      responses: {
        ...answer(200, 'The fee', changeFeeSchema),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    requireSession,
    parse('json', previewSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      const { asked } = c.req.valid('json');
      return c.json(await viewChangeFee(c.get('context'), { bookingId, asked }));
    },
  )
  .get(
    '/:id/cancellation',
    describeRoute({
      tags: ['cancellations'],
      summary: 'What cancelling a booking costs today, and what comes back',
      description:
        'Before it is confirmed a preview, with how the figure grows day by day; send its keptYen along with the cancellation. Of a cancelled booking what was kept and why.',
      responses: {
        ...answer(200, 'The figures', cancellationSchema),
        ...problems(400, 401, 404, 409),
      },
    }),
    requireSession,
    parse('query', askCancellationSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      return c.json(
        await viewCancellation(c.get('context'), { bookingId, ...c.req.valid('query') }),
      );
    },
  );
