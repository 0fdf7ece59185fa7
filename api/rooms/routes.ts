import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { venueCodeSchema } from '../venues/schema.ts';
import { findRoomOfVenue, listRoomsOfVenue } from './actions.ts';
import { roomCodeSchema, roomSchema } from './schema.ts';

const venueSchema = z.object({ id: z.string(), nameJa: z.string(), nameEn: z.string() });

/** Mounted at `/api/venues`, beside the venues themselves. */
export const roomsRoutes = new Hono<AppEnvironment>()
  .get(
    '/:venue/rooms',
    describeRoute({
      tags: ['rooms'],
      summary: 'The rooms of a venue with their cells, configurations and capacities',
      description:
        'Public. Area and capacity belong to a configuration and are never the sum of its parts; `publication` marks what the operator has not published.',
      responses: {
        ...answer(
          200,
          'All rooms of the venue',
          z.object({ venue: venueSchema, rooms: z.array(roomSchema) }),
        ),
        ...problems(400, 404),
      },
    }),
    parse('param', z.object({ venue: venueCodeSchema })),
    async (c) => c.json(await listRoomsOfVenue(c.get('context'), c.req.valid('param').venue)),
  )
  .get(
    '/:venue/rooms/:room',
    describeRoute({
      tags: ['rooms'],
      summary: 'One room by its code',
      responses: {
        ...answer(200, 'The room', z.object({ venue: venueSchema, room: roomSchema })),
        ...problems(400, 404),
      },
    }),
    parse('param', z.object({ venue: venueCodeSchema, room: roomCodeSchema })),
    async (c) => {
      const { venue, room } = c.req.valid('param');
      return c.json(await findRoomOfVenue(c.get('context'), venue, room));
    },
  );
