import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { localDaySchema } from '../shared/time.ts';
import { addSkippedDate, bookSeries, previewDate } from './actions/book.ts';
import { changeSeries, previewChange } from './actions/change.ts';
import { previewSeries } from './actions/preview.ts';
import { findSeriesOfBooking, listSeries, viewSeries } from './actions/read.ts';
import { requestSeries, withdrawSeries } from './actions/steps.ts';
import {
  addDateSchema,
  bookSeriesSchema,
  changePreviewSchema,
  changeSeriesSchema,
  listSeriesSchema,
  plannedDateSchema,
  previewChangeSchema,
  requestSeriesSchema,
  seriesPreviewSchema,
  seriesSchema,
  seriesSummarySchema,
  withdrawSeriesSchema,
} from './schema.ts';

const seriesAnswer = z.object({ series: seriesSchema });
const ofDate = z.object({ id: z.string(), date: localDaySchema });

const asked = (summary: string) => ({ tags: ['series'], summary });

export const seriesRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      ...asked('Own series, or for staff those of their venues'),
      responses: {
        ...answer(
          200,
          'A page, newest first',
          z.object({
            series: z.array(seriesSummarySchema),
            page: z.int(),
            pageCount: z.int(),
            total: z.int(),
          }),
        ),
        ...problems(400, 401),
      },
    }),
    parse('query', listSeriesSchema),
    async (c) => c.json(await listSeries(c.get('context'), c.req.valid('query'))),
  )
  .post(
    '/',
    describeRoute({
      ...asked('Hold every chosen date of a series: all or none'),
      responses: { ...answer(201, 'Held', seriesAnswer), ...problems(400, 401, 404, 409, 422) },
    }),
    parse('json', bookSeriesSchema),
    async (c) => {
      const { id } = await bookSeries(c.get('context'), c.req.valid('json'));
      return c.json({ series: await viewSeries(c.get('context'), id) }, 201);
    },
  )
  .post(
    '/preview',
    describeRoute({
      ...asked('Every date of a rule: free or in the way of what, what instead, and its price'),
      responses: {
        ...answer(200, 'Nothing is booked', z.object({ preview: seriesPreviewSchema })),
        ...problems(400, 401, 404, 422),
      },
    }),
    parse('json', bookSeriesSchema),
    async (c) => {
      const preview = await previewSeries(c.get('context'), c.req.valid('json'));
      return c.json({ preview });
    },
  )
  .get(
    '/of/:booking',
    describeRoute({
      ...asked('The series a booking is one date of'),
      responses: {
        ...answer(
          200,
          'Null where it stands alone',
          z.object({
            series: z
              .object({ id: z.string(), title: z.string(), plannedOn: z.string() })
              .nullable(),
          }),
        ),
        ...problems(401),
      },
    }),
    async (c) =>
      c.json({ series: await findSeriesOfBooking(c.get('context'), c.req.param('booking')) }),
  )
  .get(
    '/:id',
    describeRoute({
      ...asked('One series with all its dates'),
      responses: { ...answer(200, 'The series', seriesAnswer), ...problems(401, 404) },
    }),
    async (c) => c.json({ series: await viewSeries(c.get('context'), c.req.param('id')) }),
  )
  .get(
    '/:id/dates/:date/preview',
    describeRoute({
      ...asked('What an open date of a series would come to now'),
      responses: {
        ...answer(200, 'Nothing is booked', z.object({ date: plannedDateSchema })),
        ...problems(400, 401, 404, 409),
      },
    }),
    parse('param', ofDate),
    async (c) => {
      const { id, date } = c.req.valid('param');
      return c.json({ date: await previewDate(c.get('context'), id, date) });
    },
  )
  .post(
    '/:id/dates/:date',
    describeRoute({
      ...asked('Add a date that was skipped, or whose booking has ended'),
      responses: {
        ...answer(201, 'The series afterwards', seriesAnswer),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    parse('param', ofDate),
    parse('json', addDateSchema),
    async (c) => {
      const { id, date } = c.req.valid('param');
      await addSkippedDate(c.get('context'), {
        seriesId: id,
        plannedOn: date,
        ...c.req.valid('json'),
      });
      return c.json({ series: await viewSeries(c.get('context'), id) }, 201);
    },
  )
  .post(
    '/:id/amendments/preview',
    describeRoute({
      ...asked('What a change of one date, this and the following, or all would do and cost'),
      responses: {
        ...answer(200, 'Nothing is changed', z.object({ preview: changePreviewSchema })),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    parse('json', previewChangeSchema),
    async (c) => {
      const seriesId = c.req.param('id');
      const preview = await previewChange(c.get('context'), {
        seriesId,
        ...c.req.valid('json'),
      });
      return c.json({ preview });
    },
  )
  .post(
    '/:id/amendments',
    describeRoute({
      ...asked('Change one date, this and the following, or all: every one that can be, or none'),
      responses: {
        ...answer(
          200,
          'What became of each date',
          z.object({
            outcomes: z.array(
              z.object({ date: z.string(), outcome: z.enum(['amended', 'proposed']) }),
            ),
            series: seriesSchema,
          }),
        ),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    parse('json', changeSeriesSchema),
    async (c) => {
      const seriesId = c.req.param('id');
      const outcomes = await changeSeries(c.get('context'), { seriesId, ...c.req.valid('json') });
      return c.json({ outcomes, series: await viewSeries(c.get('context'), seriesId) });
    },
  )
  .post(
    '/:id/request',
    describeRoute({
      ...asked('Apply for the approval of every held date (使用承認申請)'),
      responses: {
        ...answer(200, 'The series afterwards', seriesAnswer),
        ...problems(400, 401, 404, 409),
      },
    }),
    parse('json', requestSeriesSchema),
    async (c) => {
      const seriesId = c.req.param('id');
      await requestSeries(c.get('context'), { seriesId, ...c.req.valid('json') });
      return c.json({ series: await viewSeries(c.get('context'), seriesId) });
    },
  )
  .post(
    '/:id/withdraw',
    describeRoute({
      ...asked('Give up one date, this and the following, or all that are ahead'),
      responses: {
        ...answer(200, 'The series afterwards', seriesAnswer),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    parse('json', withdrawSeriesSchema),
    async (c) => {
      const seriesId = c.req.param('id');
      await withdrawSeries(c.get('context'), { seriesId, ...c.req.valid('json') });
      return c.json({ series: await viewSeries(c.get('context'), seriesId) });
    },
  );
