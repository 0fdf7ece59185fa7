import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { drawLottery } from './actions/draw.ts';
import { acceptEntry, declineEntry, enterLottery, withdrawEntry } from './actions/entries.ts';
import { openPeriod, removePeriod } from './actions/periods.ts';
import { listOwnEntries, showLottery, showPeriods } from './actions/read.ts';
import {
  enterSchema,
  entrySchema,
  listPeriodsSchema,
  lotterySchema,
  openPeriodSchema,
  periodSchema,
} from './schema.ts';

const lotteryAnswer = z.object({ lottery: lotterySchema });
const entriesAnswer = z.object({ entries: z.array(entrySchema) });

const stepRoute = (summary: string) =>
  describeRoute({
    tags: ['openings'],
    summary,
    responses: {
      ...answer(200, 'Own entries afterwards', entriesAnswer),
      ...problems(401, 404, 409),
    },
  });

const publicRoutes = new Hono<AppEnvironment>()
  .get(
    '/',
    describeRoute({
      tags: ['openings'],
      summary: 'Days that open in their own way, and their lotteries',
      description:
        'Public and without personal data. The hash of a lottery’s seed is told from its announcement on, the seed itself after the draw.',
      responses: {
        ...answer(200, 'The earliest days first', z.object({ periods: z.array(periodSchema) })),
        ...problems(400, 404),
      },
    }),
    parse('query', listPeriodsSchema),
    async (c) =>
      c.json({ periods: await showPeriods(c.get('context'), c.req.valid('query').venue) }),
  )
  .get(
    '/lotteries/:id',
    describeRoute({
      tags: ['openings'],
      summary: 'A lottery with all that is needed to repeat its draw',
      description:
        'The entries are ordered by SHA-256 of the text `seed:number` (seed as published, number of the entry in decimal), lower-case hexadecimal, ascending. Walking in that order an entry wins if nothing had its time at the draw (`draw.blocked`) and none of its claims overlaps a claim of an earlier winner on the same cell. `seedHash` is SHA-256 of the seed as text.',
      responses: { ...answer(200, 'The lottery', lotteryAnswer), ...problems(404) },
    }),
    async (c) => c.json({ lottery: await showLottery(c.get('context'), c.req.param('id')) }),
  );

const memberRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/lotteries/:id/entries',
    describeRoute({
      tags: ['openings'],
      summary: 'Own entries, or for staff of the venue all with their names',
      responses: { ...answer(200, 'By number', entriesAnswer), ...problems(401, 404) },
    }),
    async (c) => c.json({ entries: await listOwnEntries(c.get('context'), c.req.param('id')) }),
  )
  .post(
    '/lotteries/:id/entries',
    describeRoute({
      tags: ['openings'],
      summary: 'Enter a lottery with a wish; no cells are taken',
      responses: {
        ...answer(201, 'Entered', z.object({ entryId: z.string(), number: z.int() })),
        ...problems(400, 401, 404, 409, 422),
      },
    }),
    parse('json', enterSchema),
    async (c) => {
      const wish = c.req.valid('json');
      const { id, number } = await enterLottery(c.get('context'), c.req.param('id'), wish);
      return c.json({ entryId: id as string, number }, 201);
    },
  )
  .post(
    '/lotteries/:id/entries/:entry/withdraw',
    stepRoute('Withdraw an entry while entries are taken'),
    async (c) => {
      const [context, { id: lotteryId, entry: entryId }] = [c.get('context'), c.req.param()];
      await withdrawEntry(context, { lotteryId, entryId });
      return c.json({ entries: await listOwnEntries(context, lotteryId) });
    },
  )
  .post(
    '/lotteries/:id/entries/:entry/accept',
    stepRoute('Keep what was won: the hold lasts as any other from now on'),
    async (c) => {
      const [context, { id: lotteryId, entry: entryId }] = [c.get('context'), c.req.param()];
      await acceptEntry(context, { lotteryId, entryId });
      return c.json({ entries: await listOwnEntries(context, lotteryId) });
    },
  )
  .post(
    '/lotteries/:id/entries/:entry/decline',
    stepRoute('Let go of what was won: the next in line is asked'),
    async (c) => {
      const [context, { id: lotteryId, entry: entryId }] = [c.get('context'), c.req.param()];
      await declineEntry(context, { lotteryId, entryId });
      return c.json({ entries: await listOwnEntries(context, lotteryId) });
    },
  );

const staffRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .post(
    '/periods',
    describeRoute({
      tags: ['openings'],
      summary: 'Open days of a room class in their own way, or by lottery (manager)',
      responses: {
        ...answer(
          201,
          'Announced',
          z.object({ periodId: z.string(), lotteryId: z.string().nullable() }),
        ),
        ...problems(400, 401, 403, 404, 409, 422),
      },
    }),
    parse('json', openPeriodSchema),
    async (c) => c.json(await openPeriod(c.get('context'), c.req.valid('json')), 201),
  )
  .post(
    '/periods/:id/remove',
    describeRoute({
      tags: ['openings'],
      summary: 'Take back a period nobody has entered yet (manager)',
      responses: {
        ...answer(200, 'Removed', z.object({ removed: z.literal(true) })),
        ...problems(401, 403, 404, 409),
      },
    }),
    async (c) => {
      await removePeriod(c.get('context'), c.req.param('id'));
      return c.json({ removed: true as const });
    },
  )
  .post(
    '/lotteries/:id/draw',
    describeRoute({
      tags: ['openings'],
      summary: 'Draw now that its time has come, without waiting for the house (manager)',
      responses: { ...answer(200, 'Drawn', lotteryAnswer), ...problems(401, 403, 404, 409) },
    }),
    async (c) => {
      const [context, id] = [c.get('context'), c.req.param('id')];
      await drawLottery(context, id);
      return c.json({ lottery: await showLottery(context, id) });
    },
  );

export const openingsRoutes = new Hono<AppEnvironment>()
  .route('/', publicRoutes)
  .route('/', memberRoutes)
  .route('/', staffRoutes);
