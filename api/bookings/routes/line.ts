import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../../http/environment.ts';
import { answer, problems } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import { challengeHolders } from '../actions/challenge.ts';
import { extendHold } from '../actions/extend.ts';
import { listLines, viewLine } from '../actions/line_view.ts';
import { viewBooking } from '../actions/read.ts';
import { bookingSchema } from '../schema/bookings.ts';
import {
  challengeSchema,
  extendSchema,
  lineSchema,
  listLinesSchema,
  venueLineSchema,
} from '../schema/line.ts';

const lineAnswer = z.object({ line: lineSchema });

export const bookingLineRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/:id/line',
    describeRoute({
      tags: ['bookings'],
      summary: 'The place of a booking in line, what is before it and how many are behind',
      responses: { ...answer(200, 'Names only for staff', lineAnswer), ...problems(401, 404) },
    }),
    async (c) => c.json({ line: await viewLine(c.get('context'), c.req.param('id')) }),
  )
  .post(
    '/:id/challenge',
    describeRoute({
      tags: ['bookings'],
      summary: 'Ask those before the second option to apply or to release by a time',
      responses: {
        ...answer(200, 'The line with its clock', lineAnswer),
        ...problems(400, 401, 404, 409),
      },
    }),
    parse('json', challengeSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await challengeHolders(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json({ line: await viewLine(c.get('context'), bookingId) });
    },
  )
  .post(
    '/:id/extend',
    describeRoute({
      tags: ['bookings'],
      summary: 'Give a hold more time (desk and manager; only a manager while it is challenged)',
      responses: {
        ...answer(200, 'The booking afterwards', z.object({ booking: bookingSchema })),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    parse('json', extendSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await extendHold(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
    },
  );

export const linesRoutes = new Hono<AppEnvironment>().use(requireSession).get(
  '/',
  describeRoute({
    tags: ['bookings'],
    summary: 'Every option and wait at the venues of a member of staff',
    responses: {
      ...answer(200, 'The nearest use first', z.object({ lines: z.array(venueLineSchema) })),
      ...problems(400, 401),
    },
  }),
  parse('query', listLinesSchema),
  async (c) => c.json(await listLines(c.get('context'), c.req.valid('query').venue)),
);
