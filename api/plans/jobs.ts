import type { Context } from '../context.ts';
import { z } from 'zod';
import { releaseParking } from './actions/day.ts';

const bookingPayload = z.object({ bookingId: z.string() });

export const plansJobs = {
  'plans.release_parking': (context: Context, payload: unknown) =>
    releaseParking(context, bookingPayload.parse(payload).bookingId),
};
