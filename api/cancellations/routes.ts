import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { askQuoteSchema } from '../fees/schema.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { viewBookingOutlook, viewOutlook, viewTerms } from './actions.ts';
import { cancellationTermsSchema, outlookSchema } from './schema.ts';

export const cancellationTermsRoutes = new Hono<AppEnvironment>().get(
  '/:venue/cancellation-terms',
  describeRoute({
    tags: ['cancellations'],
    summary: 'How much of the fee is kept when use is given up or changed',
    description:
      'Public. Per class of rooms, by days or calendar months before the first day of use; each with its source, and whether the operator has published it.',
    responses: { ...answer(200, 'As it stands', cancellationTermsSchema), ...problems(404) },
  }),
  async (c) => c.json(await viewTerms(c.get('context'), c.req.param('venue'))),
);

/** Stands below `/api/quotes`. */
export const outlooksRoutes = new Hono<AppEnvironment>().post(
  '/outlook',
  describeRoute({
    tags: ['cancellations'],
    summary: 'Until when these uses would be held, and what giving them up would cost',
    description:
      'Public. Takes what `POST /api/quotes` takes. Says whether approval can still be applied for, when a hold made now would end, and what would be kept of the fee if notice were given today or later.',
    responses: { ...answer(200, 'As of now', outlookSchema), ...problems(400, 422) },
  }),
  parse('json', askQuoteSchema),
  async (c) => c.json(await viewOutlook(c.get('context'), c.req.valid('json'))),
);

/** Stands below `/api/bookings`. */
export const bookingOutlooksRoutes = new Hono<AppEnvironment>().get(
  '/:id/outlook',
  describeRoute({
    tags: ['cancellations'],
    summary:
      'Until when approval can be applied for, and what giving the booking up would then cost',
    description:
      'Of a booking that is not approved yet, by the price it was promised. `holdEndsAt` is when the hold ends; null where nothing is held, or approval is already asked for. Once approved, ask for its cancellation.',
    responses: { ...answer(200, 'As of now', outlookSchema), ...problems(401, 404, 409) },
  }),
  requireSession,
  async (c) => c.json(await viewBookingOutlook(c.get('context'), c.req.param('id'))),
);
