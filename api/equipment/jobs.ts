import { z } from 'zod';
import type { Context } from '../context.ts';
import { followAmendment, releaseEquipment, retryShort } from './actions/follow.ts';

const bookingPayload = z.object({ bookingId: z.string() });
const itemsPayload = z.object({ itemIds: z.array(z.string()) });

export const equipmentJobs = {
  'equipment.release': (context: Context, payload: unknown) =>
    releaseEquipment(context, bookingPayload.parse(payload).bookingId),
  'equipment.follow_amendment': (context: Context, payload: unknown) =>
    followAmendment(context, bookingPayload.parse(payload).bookingId),
  'equipment.retry_short': (context: Context, payload: unknown) =>
    retryShort(context, itemsPayload.parse(payload).itemIds),
};
