import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { countDrawer, moveCash, viewDrawer } from './actions.ts';
import { countDrawerSchema, drawerSchema, moveCashSchema, viewDrawerSchema } from './schema.ts';

export const drawersRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['drawers'],
      summary: 'The cash of a venue on a day: what came, what went, what was counted',
      responses: {
        ...answer(200, 'Today where no day is asked for', drawerSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('query', viewDrawerSchema),
    async (c) => c.json(await viewDrawer(c.get('context'), c.req.valid('query'))),
  )
  .post(
    '/movements',
    describeRoute({
      tags: ['drawers'],
      summary: 'Put change into the drawer (float), or take cash to the bank (banked)',
      responses: {
        ...answer(201, 'The drawer as it is now', drawerSchema),
        ...problems(400, 401, 403, 404, 422),
      },
    }),
    parse('json', moveCashSchema),
    async (c) => {
      const context = c.get('context');
      const said = c.req.valid('json');
      await moveCash(context, said);
      return c.json(await viewDrawer(context, { venue: said.venue }), 201);
    },
  )
  .post(
    '/counts',
    describeRoute({
      tags: ['drawers'],
      summary: 'Count the drawer by coins and notes, once a day; a difference needs a reason',
      responses: {
        ...answer(201, 'The drawer as it is now', drawerSchema),
        ...problems(400, 401, 403, 404, 409, 422),
      },
    }),
    parse('json', countDrawerSchema),
    async (c) => {
      const context = c.get('context');
      const said = c.req.valid('json');
      await countDrawer(context, said);
      return c.json(await viewDrawer(context, { venue: said.venue }), 201);
    },
  );
