import { Hono, type Context as HonoContext } from 'hono';
import { etag } from 'hono/etag';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../../http/environment.ts';
import { answer, problems, unchanged } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import {
  findFeedCalendar,
  findVenueCalendar,
  findVenueFreeBusy,
  listFeeds,
  listPublicEvents,
  makeFeed,
  revokeFeed,
  type Calendar,
} from '../actions.ts';
import { calendarErrors } from '../errors.ts';
import { lastChangeOf } from '../rules.ts';
import {
  calendarNameIn,
  eventsQuerySchema,
  feedIdSchema,
  feedSchema,
  freeBusyQuerySchema,
  madeFeedSchema,
  newFeedSchema,
  publicEventSchema,
} from '../schema.ts';
import { writeCalendar, writeFreeBusy } from './ics.ts';

const forAnybody = 'public, max-age=300';
const forItsOwner = 'no-store';

const icsAnswer = {
  200: {
    description: 'iCalendar (RFC 5545); with an ETag',
    content: { 'text/calendar': { schema: { type: 'string' as const } } },
  },
  ...unchanged,
};

interface IcsFile {
  readonly text: string;
  readonly name: string;
  readonly caching: string;
  readonly changedAt: Date | undefined;
}

const respondIcs = (c: HonoContext<AppEnvironment>, file: IcsFile) =>
  c.body(file.text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `inline; filename="${file.name}.ics"`,
    'cache-control': file.caching,
    'x-robots-tag': 'noindex',
    ...(file.changedAt ? { 'last-modified': file.changedAt.toUTCString() } : {}),
  });

const respondCalendar = (
  c: HonoContext<AppEnvironment>,
  calendar: Calendar,
  file: Pick<IcsFile, 'name' | 'caching'>,
) =>
  respondIcs(c, {
    ...file,
    text: writeCalendar(calendar),
    changedAt: lastChangeOf([
      ...calendar.events.map(({ changedAt }) => changedAt),
      ...calendar.closures.map(({ createdAt }) => createdAt),
    ]),
  });

const nameIn = (file: string): string => {
  const name = calendarNameIn(file);
  if (!name) throw calendarErrors.unknown();
  return name;
};

/** A whole year of a venue is read and written down for each of them. */
const feedPoints = 15;

/** Under `/calendars`: what calendar programs subscribe to. */
export const calendarFilesRoutes = new Hono<AppEnvironment>()
  .use(etag())
  .get(
    '/venues/:file',
    describeRoute({
      tags: ['calendars'],
      summary: 'What is on at a venue, at {venue}.ics',
      responses: { ...icsAnswer, ...problems(404, 429) },
    }),
    async (c) => {
      c.get('spend')(feedPoints);
      const name = nameIn(c.req.param('file'));
      const calendar = await findVenueCalendar(c.get('context'), name);
      return respondCalendar(c, calendar, { name, caching: forAnybody });
    },
  )
  .get(
    '/venues/:venue/freebusy.ics',
    describeRoute({
      tags: ['calendars'],
      summary: 'When a venue or one of its rooms is taken',
      responses: { ...icsAnswer, ...problems(400, 404, 429) },
    }),
    parse('query', freeBusyQuerySchema),
    async (c) => {
      c.get('spend')(feedPoints);
      const { room } = c.req.valid('query');
      const venue = c.req.param('venue');
      const freeBusy = await findVenueFreeBusy(c.get('context'), venue, room);
      return respondIcs(c, {
        text: writeFreeBusy(freeBusy),
        name: [venue, room, 'freebusy'].filter(Boolean).join('-'),
        caching: forAnybody,
        changedAt: freeBusy.madeAt,
      });
    },
  )
  .get(
    '/feeds/:file',
    describeRoute({
      tags: ['calendars'],
      summary: 'The bookings of an organizer, at {token}.ics',
      responses: { ...icsAnswer, ...problems(404, 410, 429) },
    }),
    async (c) => {
      c.get('spend')(feedPoints);
      const calendar = await findFeedCalendar(c.get('context'), nameIn(c.req.param('file')));
      return respondCalendar(c, calendar, { name: 'kaikan', caching: forItsOwner });
    },
  );

/** Under `/api/calendars`. */
export const calendarsRoutes = new Hono<AppEnvironment>()
  .get(
    '/events',
    describeRoute({
      tags: ['calendars'],
      summary: 'What is on, where the organizer agreed to show it',
      description:
        'Public and without personal data. At most 31 days; a week from today by default.',
      responses: {
        ...answer(
          200,
          'In the order of their start',
          z.object({ from: z.string(), to: z.string(), events: z.array(publicEventSchema) }),
        ),
        ...problems(400),
      },
    }),
    parse('query', eventsQuerySchema),
    async (c) => c.json(await listPublicEvents(c.get('context'), c.req.valid('query'))),
  )
  .use(requireSession)
  .get(
    '/feeds',
    describeRoute({
      tags: ['calendars'],
      summary: 'Own private feeds',
      responses: {
        ...answer(200, 'Newest first', z.object({ feeds: z.array(feedSchema) })),
        ...problems(401),
      },
    }),
    async (c) => c.json({ feeds: await listFeeds(c.get('context')) }),
  )
  .post(
    '/feeds',
    describeRoute({
      tags: ['calendars'],
      summary: 'Make a private feed; its address is told once',
      responses: {
        ...answer(201, 'Made', z.object({ feed: madeFeedSchema })),
        ...problems(400, 401, 404),
      },
    }),
    parse('json', newFeedSchema),
    async (c) => c.json({ feed: await makeFeed(c.get('context'), c.req.valid('json')) }, 201),
  )
  .post(
    '/feeds/:id/revoke',
    describeRoute({
      tags: ['calendars'],
      summary: 'Stop a private feed',
      responses: {
        ...answer(200, 'Stopped', z.object({ feed: feedSchema })),
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const id = feedIdSchema.safeParse(c.req.param('id'));
      if (!id.success) throw calendarErrors.unknown();
      return c.json({ feed: await revokeFeed(c.get('context'), id.data) });
    },
  );
