import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../../http/environment.ts';
import { answer, problems } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import { amendBooking, previewAmendment } from '../actions/amend_booking.ts';
import {
  acceptAmendment,
  declineAmendment,
  viewAmendments,
  withdrawAmendment,
} from '../actions/amendments.ts';
import { viewBooking } from '../actions/read.ts';
import { copyBooking, splitBooking } from '../actions/split.ts';
import { viewLooks, viewVersions } from '../actions/versions.ts';
import {
  acceptSchema,
  amendAnswerSchema,
  amendmentSchema,
  amendSchema,
  copySchema,
  declineSchema,
  lookSchema,
  previewAnswerSchema,
  previewSchema,
  splitSchema,
  versionEntrySchema,
} from '../schema/amendments.ts';
import { bookingSchema } from '../schema/bookings.ts';

const bookingAnswer = z.object({ booking: bookingSchema });

const changeRoute = (summary: string, schema: z.ZodType, ...more: (403 | 422)[]) =>
  describeRoute({
    tags: ['bookings'],
    summary,
    responses: { ...answer(200, 'Done', schema), ...problems(400, 401, 404, 409, ...more) },
  });

const makeRoute = (summary: string) =>
  describeRoute({
    tags: ['bookings'],
    summary,
    responses: {
      ...answer(201, 'The booking that was made', bookingAnswer),
      ...problems(400, 401, 404, 409, 422),
    },
  });

const readRoute = (summary: string, schema: z.ZodType) =>
  describeRoute({
    tags: ['bookings'],
    summary,
    responses: { ...answer(200, 'As it stands', schema), ...problems(401, 404) },
  });

export const amendmentsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .post(
    '/:id/amendments/preview',
    changeRoute('What a change would do and cost; nothing is taken', previewAnswerSchema, 422),
    parse('json', previewSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      const { asked } = c.req.valid('json');
      return c.json(await previewAmendment(c.get('context'), { bookingId, asked }));
    },
  )
  .post(
    '/:id/amendments',
    changeRoute(
      'Change the booking, or propose the change where the other side must agree',
      amendAnswerSchema,
      422,
    ),
    parse('json', amendSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      const context = c.get('context');
      const done = await amendBooking(context, { bookingId, ...c.req.valid('json') });
      return c.json({ ...done, booking: await viewBooking(context, bookingId) });
    },
  )
  .get(
    '/:id/amendments',
    readRoute('Proposed changes, newest first', z.object({ amendments: z.array(amendmentSchema) })),
    async (c) => c.json({ amendments: await viewAmendments(c.get('context'), c.req.param('id')) }),
  )
  .post(
    '/:id/amendments/:amendmentId/accept',
    changeRoute('Agree to a proposed change: it is made now', bookingAnswer, 422),
    parse('json', acceptSchema),
    async (c) => {
      const { id: bookingId, amendmentId } = c.req.param();
      const context = c.get('context');
      await acceptAmendment(context, { bookingId, amendmentId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(context, bookingId) });
    },
  )
  .post(
    '/:id/amendments/:amendmentId/decline',
    changeRoute('Decline a proposed change: the booking stays', bookingAnswer, 422),
    parse('json', declineSchema),
    async (c) => {
      const { id: bookingId, amendmentId } = c.req.param();
      const context = c.get('context');
      await declineAmendment(context, { bookingId, amendmentId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(context, bookingId) });
    },
  )
  .post(
    '/:id/amendments/:amendmentId/withdraw',
    changeRoute('Take back a change one proposed', bookingAnswer),
    async (c) => {
      const { id: bookingId, amendmentId } = c.req.param();
      const context = c.get('context');
      await withdrawAmendment(context, { bookingId, amendmentId });
      return c.json({ booking: await viewBooking(context, bookingId) });
    },
  )
  .get(
    '/:id/versions',
    readRoute(
      'Every version of the content with its price and what changed, oldest first',
      z.object({ versions: z.array(versionEntrySchema) }),
    ),
    async (c) => c.json({ versions: await viewVersions(c.get('context'), c.req.param('id')) }),
  )
  .get(
    '/:id/looks',
    readRoute(
      'Which members of staff looked at the booking, newest first',
      z.object({ looks: z.array(lookSchema) }),
    ),
    async (c) => c.json({ looks: await viewLooks(c.get('context'), c.req.param('id')) }),
  )
  .post(
    '/:id/split',
    makeRoute('Make two bookings of one'),
    parse('json', splitSchema),
    async (c) => {
      const context = c.get('context');
      const bookingId = c.req.param('id');
      const { id } = await splitBooking(context, { bookingId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(context, id) }, 201);
    },
  )
  .post(
    '/:id/copy',
    makeRoute('Hold the same event again from another day on'),
    parse('json', copySchema),
    async (c) => {
      const context = c.get('context');
      const bookingId = c.req.param('id');
      const { id } = await copyBooking(context, { bookingId, ...c.req.valid('json') });
      return c.json({ booking: await viewBooking(context, id) }, 201);
    },
  );
