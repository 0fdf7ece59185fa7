import type { Context } from 'hono';
import type { z } from 'zod';
import type { Desk } from './desk.ts';
import { parseForm } from './form.ts';
import { readParameters } from './parameters.ts';
import { invalidRequest, StripeRefusal } from './refusal.ts';

const replyHours = 24;

interface Reply {
  readonly status: 200 | 400 | 401 | 402 | 404 | 500;
  readonly body: object;
}

const readBody = async (c: Context): Promise<string> => {
  const text = await c.req.text();
  const type = c.req.header('content-type') ?? '';
  if (text !== '' && !type.startsWith('application/x-www-form-urlencoded')) {
    throw invalidRequest('Send the parameters as application/x-www-form-urlencoded.');
  }
  return text;
};

const forgetOldReplies = (desk: Desk) => {
  const oldest = desk.now().getTime() - replyHours * 3_600_000;
  for (const [key, reply] of Object.entries(desk.ledger.replies)) {
    if (reply.createdAt < oldest) delete desk.ledger.replies[key];
  }
};

/** Runs a POST once for its Idempotency-Key; a refused request leaves the key free. */
const runOnce = (desk: Desk, c: Context, text: string, work: () => object): Reply => {
  const key = c.req.header('idempotency-key');
  if (!key) return { status: 200, body: work() };
  forgetOldReplies(desk);
  const parameters = `${c.req.path}\n${text}`;
  const seen = desk.ledger.replies[key];
  if (!seen) {
    const body = work();
    const createdAt = desk.now().getTime();
    desk.ledger.replies[key] = { parameters, status: 200, body, createdAt };
    desk.changed();
    return { status: 200, body };
  }
  if (seen.parameters !== parameters) {
    throw new StripeRefusal(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters: ${key}`,
    });
  }
  c.header('Idempotent-Replayed', 'true');
  return { status: seen.status as Reply['status'], body: seen.body };
};

/** A POST: its parameters read, its work done once for its key. */
export const answerPost =
  <Schema extends z.ZodType>(
    desk: Desk,
    schema: Schema,
    work: (parameters: z.infer<Schema>, id: string) => object,
  ) =>
  async (c: Context) => {
    const text = await readBody(c);
    const parameters = readParameters(schema, parseForm(text));
    const reply = runOnce(desk, c, text, () => work(parameters, c.req.param('id') ?? ''));
    return c.json(reply.body, reply.status);
  };

export const answerGet =
  <Schema extends z.ZodType>(
    schema: Schema,
    work: (parameters: z.infer<Schema>, id: string) => object,
  ) =>
  (c: Context) => {
    const parameters = readParameters(schema, parseForm(new URL(c.req.url).search));
    return c.json(work(parameters, c.req.param('id') ?? ''));
  };
