import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { csvFile, csvHeaders } from '../http/csv.ts';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, answerOrCsv, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { listCounted, listTodaysUses, measureOccupancy, showBoard } from './actions.ts';
import { occupancyTable } from './rules/occupancy.ts';
import {
  boardQuerySchema,
  boardSchema,
  countedQuerySchema,
  countedSchema,
  occupancyQuerySchema,
  occupancyReportSchema,
  todayQuerySchema,
  todaySchema,
} from './schema.ts';

export const reportsRoutes = new Hono<AppEnvironment>()
  .get(
    '/occupancy',
    describeRoute({
      tags: ['reports'],
      summary: 'How much the rooms were used, month by month, with the definition; also as CSV',
      responses: {
        ...answerOrCsv('Counts, rates and plan', occupancyReportSchema),
        ...problems(400, 401, 403, 422),
      },
    }),
    requireSession,
    parse('query', occupancyQuerySchema),
    async (c) => {
      const query = c.req.valid('query');
      const report = await measureOccupancy(c.get('context'), query);
      if (query.format === 'json') return c.json(report);
      const name = `occupancy-${query.from}-${query.to}`;
      return c.body(csvFile(occupancyTable(report)).content, 200, csvHeaders(name));
    },
  )
  .get(
    '/occupancy/uses',
    describeRoute({
      tags: ['reports'],
      summary: 'The uses behind one figure of the occupancy report: as many as its numerator',
      responses: {
        ...answer(200, 'In the order of days', countedSchema),
        ...problems(400, 401, 403, 404, 422),
      },
    }),
    requireSession,
    parse('query', countedQuerySchema),
    async (c) => c.json(await listCounted(c.get('context'), c.req.valid('query'))),
  )
  .get(
    '/today',
    describeRoute({
      tags: ['reports'],
      summary: 'Who uses which room on a day',
      responses: {
        ...answer(200, 'In the order of venue and time', todaySchema),
        ...problems(400, 401, 403),
      },
    }),
    requireSession,
    parse('query', todayQuerySchema),
    async (c) => c.json(await listTodaysUses(c.get('context'), c.req.valid('query'))),
  )
  .get(
    '/board',
    describeRoute({
      tags: ['reports'],
      summary: 'Every room, part and slot of a venue on a day',
      responses: {
        ...answer(200, 'In the order of the venue', boardSchema),
        ...problems(400, 401, 403),
      },
    }),
    requireSession,
    parse('query', boardQuerySchema),
    async (c) => c.json(await showBoard(c.get('context'), c.req.valid('query'))),
  );
