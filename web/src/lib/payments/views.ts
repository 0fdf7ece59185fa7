import type { z } from 'zod';
import type {
  attemptSchema,
  subjectPaymentsSchema,
  movementListSchema,
  paymentListSchema,
  startedAttemptSchema,
} from '#api/payments/schema.ts';

export type SubjectPayments = z.infer<typeof subjectPaymentsSchema>;
export type AttemptView = z.infer<typeof attemptSchema>;
export type StartedAttempt = z.infer<typeof startedAttemptSchema>;
export type PaymentList = z.infer<typeof paymentListSchema>;
export type MovementRow = z.infer<typeof movementListSchema>['movements'][number];
