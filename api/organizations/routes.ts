import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { listMyOrganizations, registerOrganizer } from './actions.ts';
import { organizationSchema, registrationSchema } from './schema.ts';

export const organizationsRoutes = new Hono<AppEnvironment>()
  .get(
    '/',
    describeRoute({
      tags: ['organizations'],
      summary: 'The organizers the signed-in account books for',
      responses: {
        ...answer(200, 'Oldest first', z.object({ organizations: z.array(organizationSchema) })),
        ...problems(401),
      },
    }),
    requireSession,
    async (c) => c.json({ organizations: await listMyOrganizations(c.get('context')) }),
  )
  .post(
    '/',
    describeRoute({
      tags: ['organizations'],
      summary: 'Register as organizer: with a new account, or one more for the signed-in account',
      responses: {
        ...answer(
          201,
          'Registered; a mail asks to confirm a new address',
          z.object({ registered: z.literal(true) }),
        ),
        ...problems(400, 422, 429),
      },
    }),
    parse('json', registrationSchema),
    async (c) => {
      await registerOrganizer(c.get('context'), c.req.valid('json'), c.get('clientAddress'));
      return c.json({ registered: true as const }, 201);
    },
  );
