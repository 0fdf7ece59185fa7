import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../../http/environment.ts';
import { answer, problems } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import { decideOnWriteOff, listWriteOffs, proposeWriteOff } from '../actions/write_offs.ts';
import {
  approveSchema,
  listWriteOffsSchema,
  proposeWriteOffSchema,
  rejectSchema,
  writeOffSchema,
} from '../schema.ts';

const made = z.object({ id: z.string() });

const act = (summary: string) =>
  describeRoute({
    tags: ['refunds'],
    summary,
    responses: { ...answer(200, 'Decided', made), ...problems(400, 401, 403, 404, 409) },
  });

export const writeOffsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['refunds'],
      summary: 'Debts given up (不納欠損) at the venues of the staff member, or asked to be',
      responses: {
        ...answer(200, 'Newest first', z.object({ writeOffs: z.array(writeOffSchema) })),
        ...problems(400, 401, 403),
      },
    }),
    parse('query', listWriteOffsSchema),
    async (c) => c.json(await listWriteOffs(c.get('context'), c.req.valid('query'))),
  )
  .post(
    '/',
    describeRoute({
      tags: ['refunds'],
      summary: 'Ask for a debt to be given up; another person decides',
      responses: { ...answer(201, 'Proposed', made), ...problems(400, 401, 404, 409) },
    }),
    parse('json', proposeWriteOffSchema),
    async (c) => {
      const { id } = await proposeWriteOff(c.get('context'), c.req.valid('json'));
      return c.json({ id }, 201);
    },
  )
  .post('/:id/approve', act('Give the debt up'), parse('json', approveSchema), async (c) => {
    const decision = { id: c.req.param('id'), state: 'approved', ...c.req.valid('json') } as const;
    const { id } = await decideOnWriteOff(c.get('context'), decision);
    return c.json({ id });
  })
  .post('/:id/reject', act('Leave the debt standing'), parse('json', rejectSchema), async (c) => {
    const decision = { id: c.req.param('id'), state: 'rejected', ...c.req.valid('json') } as const;
    const { id } = await decideOnWriteOff(c.get('context'), decision);
    return c.json({ id });
  });
