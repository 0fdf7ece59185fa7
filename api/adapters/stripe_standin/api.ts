import { Hono, type Context } from 'hono';
import type { z } from 'zod';
import { stripeApiVersion } from '../stripe.ts';
import { findIntent, newStripeId, type Desk } from './desk.ts';
import { parseForm } from './form.ts';
import { cancelIntent, confirmIntent, createIntent, listIntents } from './intents.ts';
import type { Intent } from './ledger.ts';
import {
  cancelSchema,
  confirmSchema,
  createSchema,
  listEventsSchema,
  listSchema,
  readParameters,
  retrieveSchema,
  type Expand,
} from './parameters.ts';
import { invalidRequest, StripeRefusal, unknownObject } from './refusal.ts';
import { chargeShape, eventShape, intentShape, listShape } from './shapes.ts';

const replyHours = 24;

interface Reply {
  readonly status: 200 | 400 | 401 | 402 | 404 | 500;
  readonly body: object;
}

const checkCaller = (c: Context, secretKey: string) => {
  if (c.req.header('authorization') !== `Bearer ${secretKey}`) {
    throw new StripeRefusal(401, {
      type: 'invalid_request_error',
      message: 'Invalid API Key provided',
    });
  }
  const version = c.req.header('stripe-version');
  if (version !== stripeApiVersion) {
    throw invalidRequest(`Invalid Stripe API version: ${version ?? 'none'}`);
  }
};

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

const shapeOf = (desk: Desk, intent: Intent, expand: Expand = []) =>
  intentShape(intent, desk.ledger, desk.publicUrl, {
    latestCharge: expand.includes('latest_charge'),
    paymentMethod: expand.includes('payment_method'),
  });

const answerPost =
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

const answerGet =
  <Schema extends z.ZodType>(
    schema: Schema,
    work: (parameters: z.infer<Schema>, id: string) => object,
  ) =>
  (c: Context) => {
    const parameters = readParameters(schema, parseForm(new URL(c.req.url).search));
    return c.json(work(parameters, c.req.param('id') ?? ''));
  };

const eventRoutes = (desk: Desk) => {
  const findEvent = (id: string) => {
    const event = desk.ledger.events.find((candidate) => candidate.id === id);
    if (!event) throw unknownObject('event', id);
    return eventShape(event);
  };
  return new Hono()
    .get(
      '/',
      answerGet(listEventsSchema, ({ limit, starting_after: after, type }) => {
        const fitting = desk.ledger.events
          .filter((event) => !type || event.type === type)
          .reverse();
        const start = after ? fitting.findIndex(({ id }) => id === after) + 1 : 0;
        const page = fitting.slice(start, start + limit);
        return listShape('/v1/events', page.map(eventShape), fitting.length > start + page.length);
      }),
    )
    .get(
      '/:id',
      answerGet(retrieveSchema, (_, id) => findEvent(id)),
    );
};

const intentRoutes = (desk: Desk) =>
  new Hono()
    .get(
      '/',
      answerGet(listSchema, (parameters) => {
        const { page, hasMore } = listIntents(desk, parameters);
        const expand = parameters.expand ?? [];
        const shapes = page.map((intent) =>
          intentShape(intent, desk.ledger, desk.publicUrl, {
            latestCharge: expand.includes('data.latest_charge'),
            paymentMethod: expand.includes('data.payment_method'),
          }),
        );
        return listShape('/v1/payment_intents', shapes, hasMore);
      }),
    )
    .get(
      '/:id',
      answerGet(retrieveSchema, ({ expand }, id) => shapeOf(desk, findIntent(desk, id), expand)),
    )
    .post(
      '/',
      answerPost(desk, createSchema, (parameters) =>
        shapeOf(desk, createIntent(desk, parameters), parameters.expand),
      ),
    )
    .post(
      '/:id/confirm',
      answerPost(desk, confirmSchema, (parameters, id) =>
        shapeOf(desk, confirmIntent(desk, id, parameters), parameters.expand),
      ),
    )
    .post(
      '/:id/cancel',
      answerPost(desk, cancelSchema, (parameters, id) =>
        shapeOf(desk, cancelIntent(desk, id, parameters), parameters.expand),
      ),
    );

/** The part of Stripe's API we use, as strict about versions, names and limits as the original. */
export const createStripeApi = (desk: Desk, secretKey: string): Hono => {
  const app = new Hono();
  app.onError((error, c) => {
    const refusal =
      error instanceof StripeRefusal
        ? error
        : new StripeRefusal(500, { type: 'api_error', message: String(error) });
    return c.json({ error: refusal.body }, refusal.status);
  });
  app.notFound((c) =>
    c.json(
      {
        error: {
          type: 'invalid_request_error',
          message: `Unrecognized request URL (${c.req.method}: ${c.req.path}).`,
        },
      },
      404,
    ),
  );
  app.use(async (c, next) => {
    c.header('Request-Id', newStripeId('req', 14));
    checkCaller(c, secretKey);
    await next();
  });
  app.route('/v1/payment_intents', intentRoutes(desk));
  app.route('/v1/events', eventRoutes(desk));
  app.get(
    '/v1/charges/:id',
    answerGet(retrieveSchema, (_, id) => {
      const charge = desk.ledger.charges[id];
      if (!charge) throw unknownObject('charge', id);
      return chargeShape(charge);
    }),
  );
  return app;
};
