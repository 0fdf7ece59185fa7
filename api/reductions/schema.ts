import { z } from 'zod';
import { reductionGroundSchema } from '../policies/schema.ts';
import { applicationActs, applicationStates } from './rules.ts';
import { codeSchema, textSchema } from '../shared/text.ts';

export const applySchema = z.object({
  groundCode: codeSchema(60),
  explanation: textSchema(1_000),
});
export type Apply = z.infer<typeof applySchema>;

/** An empty reason is answered with the sentence that asks for one. */
export const decideSchema = z.object({ reason: textSchema(1_000, 0) });

export const listApplicationsSchema = z.object({
  state: z.enum(applicationStates).default('applied'),
  venue: codeSchema(120, 0).optional(),
});
export type ListApplications = z.infer<typeof listApplicationsSchema>;

export const applicationSchema = z
  .object({
    id: z.string(),
    bookingId: z.string(),
    bookingNumber: z.string(),
    bookingState: z.string(),
    title: z.string(),
    venueId: z.string(),
    organizationName: z.string(),
    groundCode: z.string(),
    groundNameJa: z.string().nullable(),
    groundNameEn: z.string().nullable(),
    reducedBp: z.int(),
    explanation: z.string(),
    state: z.enum(applicationStates),
    decisionReason: z.string().nullable(),
    decidedAt: z.string().nullable(),
    createdAt: z.string(),
    allowedActions: z.array(z.enum(applicationActs)),
  })
  .meta({ id: 'ReductionApplication' });

export const bookingReductionsSchema = z.object({
  /** Newest first. */
  applications: z.array(applicationSchema),
  grounds: z.array(reductionGroundSchema),
  canApply: z.boolean(),
  /** What the live application would make of the price. */
  preview: z.object({ oldTotalYen: z.int(), newTotalYen: z.int() }).nullable(),
});
