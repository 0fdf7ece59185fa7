import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { localDaySchema } from '../shared/time.ts';
import { listPrices, quote } from './actions.ts';
import { askQuoteSchema, priceListSchema, quoteSchema } from './schema.ts';

export const quotesRoutes = new Hono<AppEnvironment>().post(
  '/',
  describeRoute({
    tags: ['fees'],
    summary: 'What a booking would cost, line by line with reasons',
    responses: {
      ...answer(200, 'The quote; prices include tax', z.object({ quote: quoteSchema })),
      ...problems(400, 422),
    },
  }),
  parse('json', askQuoteSchema),
  async (c) => c.json({ quote: await quote(c.get('context'), c.req.valid('json')) }),
);

/** Stands below `/api/venues`. */
export const pricesRoutes = new Hono<AppEnvironment>().get(
  '/:venue/prices',
  describeRoute({
    tags: ['fees'],
    summary: 'The price list of a venue in force on a day',
    responses: {
      ...answer(200, 'Published and provisional prices with their sources', priceListSchema),
      ...problems(400, 404, 422),
    },
  }),
  parse('query', z.object({ on: localDaySchema.optional() })),
  async (c) =>
    c.json(await listPrices(c.get('context'), c.req.param('venue'), c.req.valid('query').on)),
);
