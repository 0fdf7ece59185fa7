import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { requireSession } from '../http/session.ts';
import { listMailbox } from './actions.ts';

const mailboxSchema = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      receivedAt: z.string(),
      fromAddress: z.string(),
      toAddress: z.string(),
      subject: z.string(),
      body: z.string(),
    }),
  ),
});

export const outboxRoutes = new Hono<AppEnvironment>().get(
  '/mailbox',
  describeRoute({
    tags: ['staff'],
    summary: 'Mail received by the local mail server (demonstration)',
    responses: { ...answer(200, 'Newest first', mailboxSchema), ...problems(401, 403) },
  }),
  requireSession,
  async (c) => c.json({ messages: await listMailbox(c.get('context')) }),
);
