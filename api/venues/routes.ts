import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer } from '../http/openapi.ts';
import { listVenues } from './actions.ts';
import { venueSchema } from './schema.ts';

export const venuesRoutes = new Hono<AppEnvironment>().get(
  '/',
  describeRoute({
    tags: ['venues'],
    summary: 'The venues with their slots, bands and booking rules',
    description: 'Public. `publication` says whether the operator has published the booking rules.',
    responses: answer(200, 'All venues', z.object({ venues: z.array(venueSchema) })),
  }),
  async (c) => c.json({ venues: await listVenues(c.get('context')) }),
);
