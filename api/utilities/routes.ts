import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { csvFile, csvHeaders } from '../http/csv.ts';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, answerOrCsv, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import {
  checkReading,
  correctReading,
  endReading,
  startReading,
  viewReadings,
} from './actions/readings.ts';
import { addTerm, recalculateUtilities, viewVenueUtilities } from './actions/terms.ts';
import { recalculationTable } from './rules/recalculation.ts';
import {
  addTermSchema,
  bookingReadingsSchema,
  correctReadingSchema,
  endReadingSchema,
  recalculationQuerySchema,
  recalculationSchema,
  startReadingSchema,
  venueUtilitiesAnswerSchema,
  venueUtilitiesSchema,
} from './schema.ts';

const readingsAnswer = answer(200, 'The readings of the booking', bookingReadingsSchema);

const stepRoute = (summary: string) =>
  describeRoute({
    tags: ['utilities'],
    summary,
    responses: { ...readingsAnswer, ...problems(400, 401, 404, 409, 422) },
  });

export const bookingReadingsRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/:id/readings',
    describeRoute({
      tags: ['utilities'],
      summary: 'Meters of the rooms of a booking, their readings and what they cost',
      responses: { ...readingsAnswer, ...problems(401, 404) },
    }),
    async (c) => c.json(await viewReadings(c.get('context'), c.req.param('id'))),
  )
  .post(
    '/:id/readings',
    stepRoute('Write down what a meter shows before the use'),
    parse('json', startReadingSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await startReading(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json(await viewReadings(c.get('context'), bookingId));
    },
  );

export const utilitiesRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['utilities'],
      summary: 'Meters and terms of the rooms of a venue, and readings to check',
      responses: {
        ...answer(200, 'In the order of the venue', venueUtilitiesAnswerSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('query', venueUtilitiesSchema),
    async (c) => c.json(await viewVenueUtilities(c.get('context'), c.req.valid('query').venue)),
  )
  .post(
    '/terms',
    describeRoute({
      tags: ['utilities'],
      summary: 'Say from a day on whether a room’s fee includes a utility, also for the past',
      responses: {
        ...answer(
          201,
          'The term, and what it makes of charges already made',
          z.object({ term: z.unknown(), totals: recalculationSchema.shape.totals }),
        ),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('json', addTermSchema),
    async (c) => c.json(await addTerm(c.get('context'), c.req.valid('json')), 201),
  )
  .get(
    '/recalculation',
    describeRoute({
      tags: ['utilities'],
      summary: 'Every charge made anew under the terms known today; also as CSV',
      responses: {
        ...answerOrCsv('By reading, booking and organization', recalculationSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('query', recalculationQuerySchema),
    async (c) => {
      const { format, ...period } = c.req.valid('query');
      const report = await recalculateUtilities(c.get('context'), period);
      if (format === 'json') return c.json(report);
      const name = `utilities-${period.from}-${period.to}`;
      return c.body(csvFile(recalculationTable(report)).content, 200, csvHeaders(name));
    },
  )
  .post(
    '/readings/:id/end',
    stepRoute('Write down what the meter shows after the use'),
    parse('json', endReadingSchema),
    async (c) => {
      const said = { readingId: c.req.param('id'), ...c.req.valid('json') };
      const bookingId = await endReading(c.get('context'), said);
      return c.json(await viewReadings(c.get('context'), bookingId));
    },
  )
  .post(
    '/readings/:id/correct',
    stepRoute('Correct a value nobody has checked yet, with a reason'),
    parse('json', correctReadingSchema),
    async (c) => {
      const said = { readingId: c.req.param('id'), ...c.req.valid('json') };
      const bookingId = await correctReading(c.get('context'), said);
      return c.json(await viewReadings(c.get('context'), bookingId));
    },
  )
  .post(
    '/readings/:id/check',
    stepRoute('Check a reading of somebody else; what is owed becomes a charge'),
    async (c) => {
      const bookingId = await checkReading(c.get('context'), c.req.param('id'));
      return c.json(await viewReadings(c.get('context'), bookingId));
    },
  );
