import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { done, doneSchema } from '../http/respond.ts';
import { requireSession } from '../http/session.ts';
import { findInvitationState, openInvitation, readInvitation, sendInvitation } from './actions.ts';
import {
  invitationStateSchema,
  newInvitationSchema,
  openInvitationSchema,
  readInvitationSchema,
} from './schema.ts';

export const invitationsRoutes = new Hono<AppEnvironment>()
  .get(
    '/:id/invitations',
    describeRoute({
      tags: ['organizations'],
      summary: 'Whether somebody signs in for an organizer, or was asked to (desk)',
      responses: { ...answer(200, 'As it is', invitationStateSchema), ...problems(401, 403, 404) },
    }),
    requireSession,
    async (c) => c.json(await findInvitationState(c.get('context'), c.req.param('id')), 200),
  )
  .post(
    '/:id/invitations',
    describeRoute({
      tags: ['organizations'],
      summary: 'Invite a caller by mail to see their bookings; earlier letters end (desk)',
      responses: {
        ...answer(201, 'The letter leaves', z.object({ invited: z.literal(true) })),
        ...problems(400, 401, 403, 404, 409),
      },
    }),
    requireSession,
    parse('json', newInvitationSchema),
    async (c) => {
      await sendInvitation(c.get('context'), c.req.param('id'), c.req.valid('json'));
      return c.json({ invited: true as const }, 201);
    },
  )
  .post(
    '/invitations/read',
    describeRoute({
      tags: ['organizations'],
      summary: 'What an invitation is about, with the token of the letter',
      responses: {
        ...answer(
          200,
          'Whom it is about, and whether the reader is new',
          z.object({ organizationName: z.string(), choosesPassword: z.boolean() }),
        ),
        ...problems(400, 410),
      },
    }),
    parse('json', readInvitationSchema),
    async (c) => c.json(await readInvitation(c.get('context'), c.req.valid('json').token), 200),
  )
  .post(
    '/invitations/open',
    describeRoute({
      tags: ['organizations'],
      summary: 'Take an invitation up with the token of the letter',
      responses: {
        ...answer(200, 'Joined; who was new is signed in', doneSchema),
        ...problems(400, 409, 410, 422),
      },
    }),
    parse('json', openInvitationSchema),
    async (c) => {
      const input = c.req.valid('json');
      return done(c, await openInvitation(c.get('context'), input, c.get('clientAddress')));
    },
  );
