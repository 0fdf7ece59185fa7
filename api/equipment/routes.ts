import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { AppEnvironment } from '../http/environment.ts';
import { answer, problems } from '../http/openapi.ts';
import { parse } from '../http/parse.ts';
import { requireSession } from '../http/session.ts';
import { addItem, changeItem, listEquipment, showEquipmentDay } from './actions/catalogue.ts';
import { recordActuals, setEquipment } from './actions/requests.ts';
import { viewEquipment } from './actions/view.ts';
import {
  bookingEquipmentSchema,
  changeItemSchema,
  dayOfEquipmentSchema,
  equipmentDaySchema,
  equipmentItemSchema,
  listEquipmentSchema,
  newItemSchema,
  recordActualsSchema,
  setEquipmentSchema,
} from './schema.ts';

const itemAnswer = z.object({ item: equipmentItemSchema });
const listAnswer = z.object({
  items: z.array(equipmentItemSchema.extend({ free: z.int().optional() })),
});

export const equipmentRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/',
    describeRoute({
      tags: ['equipment'],
      summary: 'What a venue lends; with from and until also how many are free all that time',
      responses: { ...answer(200, 'The catalogue', listAnswer), ...problems(400, 401, 404, 422) },
    }),
    parse('query', listEquipmentSchema),
    async (c) => {
      const { venue, ...window } = c.req.valid('query');
      return c.json({ items: await listEquipment(c.get('context'), venue, window) });
    },
  )
  .get(
    '/day',
    describeRoute({
      tags: ['equipment'],
      summary: 'One day of a venue: what is away when, who has it, what goes into which room',
      responses: {
        ...answer(200, 'The day', dayOfEquipmentSchema),
        ...problems(400, 401, 403, 404),
      },
    }),
    parse('query', equipmentDaySchema),
    async (c) => c.json(await showEquipmentDay(c.get('context'), c.req.valid('query'))),
  )
  .post(
    '/items',
    describeRoute({
      tags: ['equipment'],
      summary: 'Add an item to the catalogue',
      responses: { ...answer(201, 'The item', itemAnswer), ...problems(400, 401, 403, 404, 409) },
    }),
    parse('json', newItemSchema),
    async (c) => c.json({ item: await addItem(c.get('context'), c.req.valid('json')) }, 201),
  )
  .post(
    '/items/:id',
    describeRoute({
      tags: ['equipment'],
      summary: 'Change stock, price or names; the stock never below what is promised',
      responses: { ...answer(200, 'The item', itemAnswer), ...problems(400, 401, 403, 404, 409) },
    }),
    parse('json', changeItemSchema),
    async (c) => {
      const change = { itemId: c.req.param('id'), ...c.req.valid('json') };
      return c.json({ item: await changeItem(c.get('context'), change) });
    },
  );

const equipmentAnswer = answer(200, 'What the booking has and could have', bookingEquipmentSchema);

export const bookingEquipmentRoutes = new Hono<AppEnvironment>()
  .use(requireSession)
  .get(
    '/:id/equipment',
    describeRoute({
      tags: ['equipment'],
      summary: 'Equipment of a booking: what is free at each use, what it has, what it costs',
      responses: { ...equipmentAnswer, ...problems(401, 404) },
    }),
    async (c) => c.json(await viewEquipment(c.get('context'), c.req.param('id'))),
  )
  .post(
    '/:id/equipment',
    describeRoute({
      tags: ['equipment'],
      summary: 'Set quantities per use, all or none; nought drops, what is not named stays',
      responses: { ...equipmentAnswer, ...problems(400, 401, 404, 409, 422) },
    }),
    parse('json', setEquipmentSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await setEquipment(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json(await viewEquipment(c.get('context'), bookingId));
    },
  )
  .post(
    '/:id/equipment/actuals',
    describeRoute({
      tags: ['equipment'],
      summary: 'Write down what was really used or measured',
      responses: { ...equipmentAnswer, ...problems(400, 401, 404, 409) },
    }),
    parse('json', recordActualsSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await recordActuals(c.get('context'), { bookingId, ...c.req.valid('json') });
      return c.json(await viewEquipment(c.get('context'), bookingId));
    },
  );
