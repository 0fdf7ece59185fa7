import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { viewTerms } from './actions.ts';
import { cancellationTermsSchema } from './schema.ts';

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
