import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { explainBlocked, proposeMoves } from './actions/places.ts';
import { proposePlans } from './actions/plans.ts';
import { workOfPlaces, workOfPlans } from './rules/asked.ts';
import { askPlacesSchema, askPlansSchema, placesSchema, proposalsSchema } from './schema.ts';

export const proposalsRoutes = new Hono<AppEnvironment>()
  .post(
    '/',
    describeRoute({
      tags: ['proposals'],
      summary: 'Complete plans for an event: rooms, days, set-up and price, best first',
      description:
        'Public and without personal data. A plan lies in one venue and can be quoted and held as it stands. What was looked at and not chosen is told with its reason; where nothing fits, the nearest alternatives are.',
      responses: { ...answer(200, 'The plans', proposalsSchema), ...problems(400, 404, 422, 429) },
    }),
    parse('json', askPlansSchema),
    async (c) => {
      const asked = c.req.valid('json');
      c.get('spend')(workOfPlans(asked));
      return c.json(await proposePlans(c.get('context'), asked));
    },
  )
  .post(
    '/explanations',
    describeRoute({
      tags: ['proposals'],
      summary: 'Why rooms are not free, and what is free instead',
      description:
        'Public and without personal data. Each use is looked at by itself, in time, part and venue.',
      responses: { ...answer(200, 'Use by use', placesSchema), ...problems(400, 422, 429) },
    }),
    parse('json', askPlacesSchema),
    async (c) => {
      const asked = c.req.valid('json');
      c.get('spend')(workOfPlaces(asked));
      return c.json({ uses: await explainBlocked(c.get('context'), asked) });
    },
  );

/** Stands below `/api/bookings`. */
export const bookingMovesRoutes = new Hono<AppEnvironment>().get(
  '/:id/moves',
  requireSession,
  describeRoute({
    tags: ['proposals'],
    summary: 'For each use of a booking the nearest free places and what they cost more or less',
    responses: { ...answer(200, 'Use by use', placesSchema), ...problems(401, 404) },
  }),
  async (c) => c.json({ uses: await proposeMoves(c.get('context'), c.req.param('id')) }),
);
