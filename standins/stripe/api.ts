import { Hono, type Context } from 'hono';
import Stripe from 'stripe';
import { answerGet, answerPost } from './answers.ts';
import { cashRoutes, customerRoutes } from './customer_api.ts';
import { findIntent, newStripeId, wasCreated, type Desk } from './desk.ts';
import { cancelIntent, confirmIntent, createIntent, listIntents } from './intents.ts';
import type { Intent } from './ledger.ts';
import {
  cancelSchema,
  confirmSchema,
  createSchema,
  listEventsSchema,
  listSchema,
  retrieveSchema,
  type Expand,
} from './parameters.ts';
import { disputeRoutes, refundExpiryRoutes, refundRoutes } from './refund_api.ts';
import { invalidRequest, StripeRefusal, unknownObject } from './refusal.ts';
import { chargeShape, eventShape, intentShape, listShape } from './shapes.ts';

const checkCaller = (c: Context, secretKey: string) => {
  if (c.req.header('authorization') !== `Bearer ${secretKey}`) {
    throw new StripeRefusal(401, {
      type: 'invalid_request_error',
      message: 'Invalid API Key provided',
    });
  }
  const version = c.req.header('stripe-version');
  if (version !== Stripe.API_VERSION) {
    throw invalidRequest(`Invalid Stripe API version: ${version ?? 'none'}`);
  }
};

const shapeOf = (desk: Desk, intent: Intent, expand: Expand = []) =>
  intentShape(intent, desk.ledger, desk.publicUrl, {
    latestCharge: expand.includes('latest_charge'),
    paymentMethod: expand.includes('payment_method'),
  });

const eventRoutes = (desk: Desk) => {
  const findEvent = (id: string) => {
    const event = desk.ledger.events.find((candidate) => candidate.id === id);
    if (!event) throw unknownObject('event', id);
    return eventShape(event);
  };
  return new Hono()
    .get(
      '/',
      answerGet(listEventsSchema, ({ created, limit, starting_after: after, type }) => {
        const fitting = desk.ledger.events
          .filter((event) => (!type || event.type === type) && wasCreated(event, created))
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
  app.route('/v1/refunds', refundRoutes(desk));
  app.route('/v1/disputes', disputeRoutes(desk));
  app.route('/v1/customers', customerRoutes(desk));
  app.route('/v1/test_helpers/refunds', refundExpiryRoutes(desk));
  app.route('/v1/test_helpers/customers', cashRoutes(desk));
  app.get(
    '/v1/charges/:id',
    answerGet(retrieveSchema, (_, id) => {
      const charge = desk.ledger.charges[id];
      if (!charge) throw unknownObject('charge', id);
      return chargeShape(charge, desk.ledger);
    }),
  );
  return app;
};
