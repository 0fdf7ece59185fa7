import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { fileSchema, uploadSchema } from '../../files/schema.ts';
import type { AppEnvironment } from '../../http/environment.ts';
import { disposition } from '../../http/disposition.ts';
import { answer, bytesOf, problems } from '../../http/openapi.ts';
import { parse } from '../../http/parse.ts';
import { requireSession } from '../../http/session.ts';
import { changeParking, recordPresence } from '../actions/day.ts';
import {
  attachFile,
  changeItem,
  detachFile,
  openFile,
  saveMeeting,
  viewPlan,
} from '../actions/plan.ts';
import {
  itemChangeSchema,
  meetingSchema,
  parkingSchema,
  planSchema,
  presenceChangeSchema,
} from '../schema.ts';

const planAnswer = z.object({ plan: planSchema });

const planRoute = (summary: string) =>
  describeRoute({
    tags: ['plans'],
    summary,
    responses: {
      ...answer(200, 'The plan afterwards', planAnswer),
      ...problems(400, 401, 404, 409, 422),
    },
  });

/** Under `/api/bookings`. */
export const bookingPlansRoutes = new Hono<AppEnvironment>()
  .use('/:id/plan/*', requireSession)
  .use('/:id/files/*', requireSession)
  .use('/:id/uses/*', requireSession)
  .get('/:id/plan', planRoute('Meeting, checklist, parking, files and presence'), async (c) =>
    c.json({ plan: await viewPlan(c.get('context'), c.req.param('id')) }),
  )
  .put(
    '/:id/plan',
    planRoute('Set the planning meeting or note what was said (staff)'),
    parse('json', meetingSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await saveMeeting(c.get('context'), bookingId, c.req.valid('json'));
      return c.json({ plan: await viewPlan(c.get('context'), bookingId) });
    },
  )
  .put(
    '/:id/plan/items/:code',
    planRoute('Settle, note or attach a file to a point of the checklist'),
    parse('json', itemChangeSchema),
    async (c) => {
      const { id, code } = c.req.param();
      await changeItem(c.get('context'), id, code, c.req.valid('json'));
      return c.json({ plan: await viewPlan(c.get('context'), id) });
    },
  )
  .put(
    '/:id/plan/parking',
    planRoute('Keep parking spaces on days of use'),
    parse('json', parkingSchema),
    async (c) => {
      const bookingId = c.req.param('id');
      await changeParking(c.get('context'), bookingId, c.req.valid('json'));
      return c.json({ plan: await viewPlan(c.get('context'), bookingId) });
    },
  )
  .put(
    '/:id/uses/:useId/presence',
    planRoute('When the people of a use came and went (staff)'),
    parse('json', presenceChangeSchema),
    async (c) => {
      const { id: bookingId, useId } = c.req.param();
      await recordPresence(c.get('context'), { bookingId, useId }, c.req.valid('json'));
      return c.json({ plan: await viewPlan(c.get('context'), bookingId) });
    },
  )
  .post(
    '/:id/files',
    describeRoute({
      tags: ['plans'],
      summary: 'Send a floor plan or notice: the bytes of a PDF, PNG or JPEG as the body',
      requestBody: bytesOf(
        'application/octet-stream',
        'application/pdf',
        'image/png',
        'image/jpeg',
      ),
      responses: {
        ...answer(201, 'Kept', z.object({ file: fileSchema.omit({ uploadedByName: true }) })),
        ...problems(400, 401, 404, 409, 413, 422),
      },
    }),
    parse('query', uploadSchema),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const upload = { ...c.req.valid('query'), bytes };
      const file = await attachFile(c.get('context'), c.req.param('id'), upload);
      const { id, kind, name, mediaType, sizeBytes, createdAt } = file;
      return c.json({ file: { id, kind, name, mediaType, sizeBytes, createdAt } }, 201);
    },
  )
  .get(
    '/:id/files/:fileId',
    describeRoute({
      tags: ['plans'],
      summary: 'A file of the booking as it was sent',
      responses: {
        200: {
          description: 'The file',
          content: bytesOf('application/pdf', 'image/png', 'image/jpeg').content,
        },
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const { id, fileId } = c.req.param();
      const { file, bytes } = await openFile(c.get('context'), id, fileId);
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': file.mediaType,
        'content-disposition': disposition('attachment', file.name),
      });
    },
  )
  .post(
    '/:id/files/:fileId/remove',
    planRoute('Take a file back'),
    parse('json', z.object({})),
    async (c) => {
      const { id, fileId } = c.req.param();
      await detachFile(c.get('context'), id, fileId);
      return c.json({ plan: await viewPlan(c.get('context'), id) });
    },
  );
