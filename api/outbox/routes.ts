import { Hono } from 'hono';
import type { AppEnvironment } from '../http/environment.ts';
import { answerList, describeList } from '../http/lists.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { listQuerySchema } from '../shared/lists.ts';
import { listMailbox } from './actions.ts';
import { mailboxList } from './schema.ts';

export const outboxRoutes = new Hono<AppEnvironment>().get(
  '/mailbox',
  describeList(mailboxList, 'staff', 'Mail received by the local mail server (demonstration)'),
  requireSession,
  parse('query', listQuerySchema(mailboxList)),
  (c) => answerList(c, mailboxList, (asked) => listMailbox(c.get('context'), asked)),
);
