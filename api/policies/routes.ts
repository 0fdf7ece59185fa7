import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { changePolicy, viewConditions } from './actions.ts';
import { changePolicySchema, classPolicySchema, conditionsSchema } from './schema.ts';

export const policiesRoutes = new Hono<AppEnvironment>()
  .get(
    '/:venue/policies',
    describeRoute({
      tags: ['policies'],
      summary: 'The conditions of use of a venue',
      description:
        'Public. Per class of rooms: days of hold, deadlines, runs, overtime, who approves; grounds of refusal, prohibited uses, grounds of reduction, points of the planning meeting, parking. Each with its source, and whether the operator has published it.',
      responses: { ...answer(200, 'As they stand', conditionsSchema), ...problems(404) },
    }),
    async (c) => c.json(await viewConditions(c.get('context'), c.req.param('venue'))),
  )
  .put(
    '/:venue/policies/:roomClass',
    describeRoute({
      tags: ['policies'],
      summary: 'Set the policy of a class of rooms (administrators of the venue)',
      responses: {
        ...answer(200, 'The policy afterwards', z.object({ policy: classPolicySchema })),
        ...problems(400, 401, 403, 404, 422),
      },
    }),
    requireSession,
    parse('json', changePolicySchema),
    async (c) => {
      const { venue: venueId, roomClass } = c.req.param();
      const policy = c.req.valid('json');
      return c.json({
        policy: await changePolicy(c.get('context'), { venueId, roomClass, policy }),
      });
    },
  );
