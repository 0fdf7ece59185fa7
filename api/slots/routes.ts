import { Hono } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { describeRoute } from 'hono-openapi';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems, unchanged } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { findAvailability } from './actions.ts';
import { availabilityQuerySchema, availabilitySchema } from './schema.ts';

export const availabilityRoutes = new Hono<AppEnvironment>().get(
  '/',
  describeRoute({
    tags: ['availability'],
    summary: 'What is free, per configuration, day and slot',
    description:
      'Public and without personal data. At most 62 days; without `to` 31 days, without `from` from today. A hold and a request not yet approved are both `held`. `free` is what can be booked now: where the deadline for applying has passed, a slot is `closed` with the reason `deadline`. Send `If-None-Match` to be told 304 while nothing has changed.',
    responses: {
      ...answer(200, 'The state of every slot', availabilitySchema),
      ...unchanged,
      ...problems(400, 404, 422),
    },
  }),
  etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'x-request-id'] }),
  parse('query', availabilityQuerySchema),
  async (c) => {
    c.header('Cache-Control', 'public, max-age=0, must-revalidate');
    return c.json(await findAvailability(c.get('context'), c.req.valid('query')));
  },
);
