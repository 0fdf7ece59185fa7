import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../../http/environment.ts';
import { answer, problems } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import { printRunSheet, viewRunSheet } from '../actions/day.ts';
import { runSheetSchema, sheetQuerySchema } from '../schema.ts';

/** Under `/api/run-sheets`. */
export const runSheetsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['plans'],
      summary: 'The run sheet of a day, with what changed since it was last printed (staff)',
      responses: {
        ...answer(200, 'In the order of rooms and times', z.object({ runSheet: runSheetSchema })),
        ...problems(400, 401, 404),
      },
    }),
    parse('query', sheetQuerySchema),
    async (c) => c.json({ runSheet: await viewRunSheet(c.get('context'), c.req.valid('query')) }),
  )
  .post(
    '/',
    describeRoute({
      tags: ['plans'],
      summary: 'Keep the run sheet as it is printed now; later ones are compared with it',
      responses: {
        ...answer(201, 'Its number of that day', z.object({ number: z.int() })),
        ...problems(400, 401, 404),
      },
    }),
    parse('json', sheetQuerySchema),
    async (c) => c.json(await printRunSheet(c.get('context'), c.req.valid('json')), 201),
  );
