import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { closeRooms } from './actions/close.ts';
import { previewClosure } from './actions/preview.ts';
import { listOwnClosures, viewClosure } from './actions/read.ts';
import { liftClosure, undoClosure } from './actions/reopen.ts';
import {
  askClosureSchema,
  closeSchema,
  closurePreviewSchema,
  closureSchema,
  closureViewSchema,
  listClosuresSchema,
} from './schema.ts';

const viewRoute = (summary: string) =>
  describeRoute({
    tags: ['closures'],
    summary,
    responses: {
      ...answer(200, 'The closure, what it did, and what may be done next', closureViewSchema),
      ...problems(400, 401, 403, 404, 409),
    },
  });

/** Under `/api/closures`. */
export const closuresRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['closures'],
      summary: 'Closures and blocks of the staff’s venues',
      responses: {
        ...answer(200, 'The nearest first', z.object({ closures: z.array(closureSchema) })),
        ...problems(400, 401),
      },
    }),
    parse('query', listClosuresSchema),
    async (c) =>
      c.json({ closures: await listOwnClosures(c.get('context'), c.req.valid('query')) }),
  )
  .post(
    '/preview',
    describeRoute({
      tags: ['closures'],
      summary: 'Who is in the way, what they paid, where they could go; nothing is done',
      responses: {
        ...answer(200, 'Affected bookings with proposals', closurePreviewSchema),
        ...problems(400, 401, 403, 404, 422),
      },
    }),
    parse('json', askClosureSchema),
    async (c) => c.json(await previewClosure(c.get('context'), c.req.valid('json'))),
  )
  .post(
    '/',
    describeRoute({
      tags: ['closures'],
      summary: 'Close rooms for a time, with a decision for each booking in the way',
      responses: {
        ...answer(201, 'Closed', closureViewSchema),
        ...problems(400, 401, 403, 404, 409, 422),
      },
    }),
    parse('json', closeSchema),
    async (c) => {
      const { id } = await closeRooms(c.get('context'), c.req.valid('json'));
      return c.json(await viewClosure(c.get('context'), id), 201);
    },
  )
  .get('/:id', viewRoute('One closure'), async (c) =>
    c.json(await viewClosure(c.get('context'), c.req.param('id'))),
  )
  .post(
    '/:id/undo',
    viewRoute('Put everything back while no letter has left'),
    parse('json', z.object({})),
    async (c) => {
      await undoClosure(c.get('context'), c.req.param('id'));
      return c.json(await viewClosure(c.get('context'), c.req.param('id')));
    },
  )
  .post(
    '/:id/lift',
    viewRoute('Open the rooms again; bookings stay as they are'),
    parse('json', z.object({})),
    async (c) => {
      await liftClosure(c.get('context'), c.req.param('id'));
      return c.json(await viewClosure(c.get('context'), c.req.param('id')));
    },
  );
