import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../../http/environment.ts';
import { answerList, describeList } from '../../http/lists.ts';
import { answer, problems } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import {
  approveBooking,
  refuseBooking,
  requestBooking,
  withdrawBooking,
} from '../actions/decide.ts';
import { holdAndShow } from '../actions/hold.ts';
import { listBookings, viewBooking, viewHistory } from '../actions/read.ts';
import { recordLook } from '../actions/versions.ts';
import {
  bookingSchema,
  historyEntrySchema,
  holdBookingSchema,
  refuseSchema,
  stepSchema,
} from '../schema/bookings.ts';
import { bookingList } from '../schema/list.ts';
import { listQuerySchema } from '../../shared/lists.ts';

const bookingAnswer = z.object({ booking: bookingSchema });

const stepRoute = (summary: string) =>
  describeRoute({
    tags: ['bookings'],
    summary,
    responses: {
      ...answer(200, 'The booking afterwards', bookingAnswer),
      ...problems(400, 401, 404, 409),
    },
  });

export const bookingsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeList(bookingList, 'bookings', 'Own bookings, or for staff those of their venues'),
    parse('query', listQuerySchema(bookingList)),
    (c) => answerList(c, bookingList, (asked) => listBookings(c.get('context'), asked)),
  )
  .post(
    '/',
    describeRoute({
      tags: ['bookings'],
      summary: 'Hold rooms and times: all uses or none',
      responses: { ...answer(201, 'Held', bookingAnswer), ...problems(400, 401, 404, 409, 422) },
    }),
    parse('json', holdBookingSchema),
    async (c) => {
      const booking = await holdAndShow(c.get('context'), c.req.valid('json'));
      return c.json({ booking }, 201);
    },
  )
  .get(
    '/:id',
    describeRoute({
      tags: ['bookings'],
      summary: 'One booking',
      responses: { ...answer(200, 'The booking', bookingAnswer), ...problems(401, 404) },
    }),
    async (c) => {
      const context = c.get('context');
      const booking = await viewBooking(context, c.req.param('id'));
      await recordLook(context, booking.id);
      return c.json({ booking });
    },
  )
  .get(
    '/:id/history',
    describeRoute({
      tags: ['bookings'],
      summary: 'Who did what with the booking',
      responses: {
        ...answer(200, 'Oldest first', z.object({ entries: z.array(historyEntrySchema) })),
        ...problems(401, 404),
      },
    }),
    async (c) => c.json({ entries: await viewHistory(c.get('context'), c.req.param('id')) }),
  )
  .post(
    '/:id/request',
    stepRoute('Apply for approval (使用承認申請)'),
    parse('json', stepSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await requestBooking(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
    },
  )
  .post('/:id/approve', stepRoute('Approve (使用承認)'), parse('json', stepSchema), async (c) => {
    const bookingId = c.req.param('id');
    await approveBooking(c.get('context'), { bookingId, ...c.req.valid('json') });
    return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
  })
  .post(
    '/:id/refuse',
    stepRoute('Refuse, with reason and legal ground'),
    parse('json', refuseSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await refuseBooking(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
    },
  )
  .post(
    '/:id/withdraw',
    stepRoute('Withdraw before the decision'),
    parse('json', stepSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await withdrawBooking(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(c.get('context'), bookingId) });
    },
  );
