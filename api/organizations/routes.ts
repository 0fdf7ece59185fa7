import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { asLine } from '../shared/text.ts';
import {
  changeOrganization,
  findVisibleOrganization,
  listMyBlocks,
  listMyOrganizations,
  registerCaller,
  registerOrganizer,
  searchOrganizations,
} from './actions.ts';
import {
  callerSchema,
  organizationBlockSchema,
  organizationChangeSchema,
  organizationSchema,
  registrationSchema,
  searchLengthMost,
} from './schema.ts';

const organizationAnswer = z.object({ organization: organizationSchema });

export const organizationsRoutes = new Hono<AppEnvironment>()
  .get(
    '/',
    describeRoute({
      tags: ['organizations'],
      summary:
        'The organizers the signed-in account books for; with a query, for staff, any of them',
      parameters: [{ name: 'query', in: 'query', schema: { type: 'string', format: 'search' } }],
      responses: {
        ...answer(
          200,
          'Own ones oldest first; found ones newest first, 20 at most; where new bookings are blocked',
          z.object({
            organizations: z.array(organizationSchema),
            blocks: z.array(organizationBlockSchema),
          }),
        ),
        ...problems(401, 403),
      },
    }),
    requireSession,
    async (c) => {
      // Read by hand: whoever asks for their own need not say that they search for nothing.
      const typed = c.req.query('query');
      const query = typed === undefined ? undefined : asLine(typed).slice(0, searchLengthMost);
      const organizations =
        query === undefined
          ? await listMyOrganizations(c.get('context'))
          : await searchOrganizations(c.get('context'), query);
      const blocks = query === undefined ? await listMyBlocks(c.get('context')) : [];
      return c.json({ organizations, blocks });
    },
  )
  .get(
    '/:id',
    describeRoute({
      tags: ['organizations'],
      summary: 'The data of an organizer, for its people and for staff who take bookings',
      responses: { ...answer(200, 'As they are', organizationAnswer), ...problems(401, 403, 404) },
    }),
    requireSession,
    async (c) =>
      c.json(
        { organization: await findVisibleOrganization(c.get('context'), c.req.param('id')) },
        200,
      ),
  )
  .put(
    '/:id',
    describeRoute({
      tags: ['organizations'],
      summary: 'Change the data of an organizer; staff say why. Papers already issued stay',
      responses: {
        ...answer(200, 'As they are from now on', organizationAnswer),
        ...problems(400, 401, 403, 404, 422),
      },
    }),
    requireSession,
    parse('json', organizationChangeSchema),
    async (c) => {
      const { id } = c.req.param();
      const organization = await changeOrganization(c.get('context'), id, c.req.valid('json'));
      return c.json({ organization }, 200);
    },
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
  )
  .post(
    '/callers',
    describeRoute({
      tags: ['organizations'],
      summary: 'Write down a caller who is not known, to book for them (desk)',
      description:
        'Without account or password. Who has the same telephone or name is answered as 409 in `detail.organizations`; with `isNew` the caller is somebody else.',
      responses: {
        ...answer(201, 'The organizer', z.object({ organization: organizationSchema })),
        ...problems(400, 401, 403, 409),
      },
    }),
    requireSession,
    parse('json', callerSchema),
    async (c) => {
      const organization = await registerCaller(c.get('context'), c.req.valid('json'));
      return c.json({ organization }, 201);
    },
  );
