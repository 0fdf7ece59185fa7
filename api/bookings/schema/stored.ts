import { z } from 'zod';
import { phaseSchema } from '../../fees/schema.ts';
import { writtenSchema, type BookingId, type UseId } from '../../shared/ids.ts';
import { instantSchema, type LocalDay } from '../../shared/time.ts';
import { bookingStates, type Booking } from '../rules/booking.ts';
import { changedFields, useFields, type Content, type NamedChanges } from '../rules/changes.ts';
import { reductionSchema } from './bookings.ts';

const useFacts = {
  configurationId: z.string(),
  usedOn: writtenSchema<LocalDay>(),
  bandCode: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  phase: phaseSchema,
  layout: z.string().nullable(),
  attendance: z.int().nullable(),
  earlyMinutes: z.int().default(0),
  lateMinutes: z.int().default(0),
  coolingMinutes: z.int(),
  heatingMinutes: z.int(),
  wiredLan: z.boolean(),
};

const content = {
  title: z.string(),
  purpose: z.string(),
  attendance: z.int().nullable(),
  admissionMaxYen: z.int(),
  isCommercial: z.boolean(),
  isPublic: z.boolean(),
  reduction: reductionSchema.nullable().default(null),
  uses: z.array(
    z.object({
      ...useFacts,
      id: writtenSchema<UseId>(),
      position: z.int(),
      roomId: z.string(),
    }),
  ),
};

/** Of a booking as it once stood, what is asked of it later. */
export const storedContentSchema: z.ZodType<Content> = z.object(content);

const claimSchema = z.object({
  cellId: z.string(),
  during: z.object({ from: instantSchema, until: instantSchema }),
  state: z.enum(['held', 'requested', 'approved', 'closed']),
  useId: z.string().nullable(),
  expiresAt: instantSchema.nullable(),
  isBuffer: z.boolean().default(false),
});

/** A booking before the house took it back, with the cells it had: enough to put it back. */
export interface TakenBack {
  readonly before: Content & Pick<Booking, 'id' | 'state' | 'cancelledAt' | 'cancelReason'>;
  readonly claims: readonly z.infer<typeof claimSchema>[];
}

export const takenBackSchema: z.ZodType<TakenBack> = z.object({
  before: z.object({
    ...content,
    id: writtenSchema<BookingId>(),
    state: z.enum(bookingStates),
    cancelledAt: instantSchema.nullable(),
    cancelReason: z.string().nullable(),
  }),
  claims: z.array(claimSchema),
});

const valueSchema = z.union([z.string(), z.number(), z.boolean()]).nullable();

const namedFactsSchema = z
  .object({
    ...useFacts,
    configurationNameJa: z.string(),
    configurationNameEn: z.string(),
    roomNameJa: z.string(),
    roomNameEn: z.string(),
  })
  .nullable();

export const storedChangesSchema: z.ZodType<NamedChanges> = z.object({
  fields: z.array(
    z.object({ field: z.enum(changedFields), before: valueSchema, after: valueSchema }),
  ),
  uses: z.array(
    z.object({
      kind: z.enum(['added', 'moved', 'changed', 'dropped']),
      useId: z.string(),
      before: namedFactsSchema,
      after: namedFactsSchema,
      fields: z.array(z.enum(useFields)),
    }),
  ),
});
