import type { z } from 'zod';
import type {
  subjectRefundsSchema,
  refundListSchema,
  refundSchema,
  writeOffSchema,
} from '#api/refunds/schema.ts';

export type RefundList = z.infer<typeof refundListSchema>;
export type RefundRow = RefundList['refunds'][number];
export type RefundView = z.infer<typeof refundSchema>;
export type BookingRefunds = z.infer<typeof subjectRefundsSchema>;
export type WriteOffView = z.infer<typeof writeOffSchema>;
