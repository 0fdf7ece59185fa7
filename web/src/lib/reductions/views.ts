import type { z } from 'zod';
import type { applicationSchema, bookingReductionsSchema } from '#api/reductions/schema.ts';

export type ApplicationView = z.infer<typeof applicationSchema>;
export type ReductionsView = z.infer<typeof bookingReductionsSchema>;
