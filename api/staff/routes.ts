import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { done, doneSchema } from '../http/respond.ts';
import { requireSession } from '../http/session.ts';
import {
  addFirstAdministrator,
  addStaff,
  changeGrants,
  inviteAgain,
  listStaff,
} from './actions.ts';
import {
  firstAdministratorSchema,
  grantsSchema,
  newStaffSchema,
  staffListSchema,
} from './schema.ts';

export const staffRoutes = new Hono<AppEnvironment>()
  .get(
    '/',
    describeRoute({
      tags: ['staff'],
      summary: 'Who works at the venues the signed-in administrator looks after',
      responses: { ...answer(200, 'By name', staffListSchema), ...problems(401, 403) },
    }),
    requireSession,
    async (c) => c.json(await listStaff(c.get('context'))),
  )
  .post(
    '/',
    describeRoute({
      tags: ['staff'],
      summary: 'Add a member of staff; who has no account is invited by mail',
      responses: { ...answer(200, 'Added', doneSchema), ...problems(400, 401, 403) },
    }),
    requireSession,
    parse('json', newStaffSchema),
    async (c) => {
      await addStaff(c.get('context'), c.req.valid('json'));
      return done(c, []);
    },
  )
  .post(
    '/first',
    describeRoute({
      tags: ['staff'],
      summary: 'Name the first administrator, with the link the first start has printed',
      responses: { ...answer(200, 'Invited by mail', doneSchema), ...problems(400, 410) },
    }),
    parse('json', firstAdministratorSchema),
    async (c) => {
      await addFirstAdministrator(c.get('context'), c.req.valid('json'));
      return done(c, []);
    },
  )
  .post(
    '/:id/grants',
    describeRoute({
      tags: ['staff'],
      summary: 'Change the roles of a member of staff; an empty list ends them',
      responses: {
        ...answer(200, 'Changed', doneSchema),
        ...problems(400, 401, 403, 404, 409),
      },
    }),
    requireSession,
    parse('json', grantsSchema),
    async (c) => {
      const accountId = c.req.param('id');
      await changeGrants(c.get('context'), { accountId, ...c.req.valid('json') });
      return done(c, []);
    },
  )
  .post(
    '/:id/invitations',
    describeRoute({
      tags: ['staff'],
      summary: 'Send the invitation again',
      responses: { ...answer(200, 'Sent', doneSchema), ...problems(400, 401, 403, 404, 409) },
    }),
    requireSession,
    async (c) => {
      await inviteAgain(c.get('context'), c.req.param('id'));
      return done(c, []);
    },
  );
