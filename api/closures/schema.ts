import { z } from 'zod';
import { consentSchema } from '../bookings/schema/amendments.ts';
import { placeSchema } from '../proposals/schema.ts';
import { idSchema, type BookingId, type UseId } from '../shared/ids.ts';
import { codeSchema, oneLineSchema } from '../shared/text.ts';
import { localDaySchema } from '../shared/time.ts';

export const closureKinds = ['maintenance', 'emergency', 'block'] as const;
export type ClosureKind = (typeof closureKinds)[number];

export const askClosureSchema = z.object({
  venue: codeSchema(60),
  kind: z.enum(closureKinds),
  /** Full ids of configurations; their cells are closed. */
  configurations: z.array(codeSchema(120)).max(200).default([]),
  /** Every room of the venue, whatever is named above. */
  isWholeVenue: z.boolean().default(false),
  startsOn: localDaySchema,
  endsOn: localDaySchema,
  /** Only this band of each day; whole days where absent. */
  band: codeSchema(40).optional(),
  reasonJa: oneLineSchema(200),
  reasonEn: oneLineSchema(200, 0).default(''),
});
export type AskClosure = z.infer<typeof askClosureSchema>;

const useChangeSchema = z.object({
  useId: idSchema<UseId>('use'),
  /** Where the use goes; absent where it is given up. */
  to: z
    .object({ configuration: codeSchema(120), date: localDaySchema, band: codeSchema(40) })
    .optional(),
});

export const closureDecisionSchema = z.object({
  bookingId: idSchema<BookingId>('booking'),
  version: z.coerce.number().int().min(1),
  decision: z.enum(['cancel', 'move']),
  uses: z.array(useChangeSchema).max(200).default([]),
  consent: consentSchema.optional(),
});
export type ClosureDecision = z.infer<typeof closureDecisionSchema>;

export const closeSchema = askClosureSchema.extend({
  decisions: z.array(closureDecisionSchema).max(500).default([]),
});
export type Close = z.infer<typeof closeSchema>;

export const listClosuresSchema = z.object({
  venue: codeSchema(60).optional(),
  from: localDaySchema.optional(),
});

const affectedUseSchema = z.object({
  useId: z.string(),
  isAffected: z.boolean(),
  roomNameJa: z.string(),
  roomNameEn: z.string(),
  configurationId: z.string(),
  configurationNameJa: z.string(),
  configurationNameEn: z.string(),
  usedOn: z.string(),
  bandCode: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  places: z.array(placeSchema),
});

export const affectedSchema = z
  .object({
    bookingId: z.string(),
    number: z.string(),
    version: z.int(),
    title: z.string(),
    state: z.string(),
    organizationName: z.string(),
    contactName: z.string(),
    contactPhone: z.string(),
    totalYen: z.int(),
    paidYen: z.int(),
    uses: z.array(affectedUseSchema),
  })
  .meta({ id: 'AffectedBooking' });

export const closurePreviewSchema = z
  .object({
    affected: z.array(affectedSchema),
    /** What an organizer whose booking ends would be written. */
    letter: z.object({ subject: z.string(), body: z.string() }),
    undoMinutes: z.int(),
  })
  .meta({ id: 'ClosurePreview' });

export const closureSchema = z
  .object({
    id: z.string(),
    venueId: z.string(),
    kind: z.enum(['annual', ...closureKinds]),
    startsOn: z.string(),
    endsOn: z.string(),
    bandCode: z.string().nullable(),
    reasonJa: z.string(),
    reasonEn: z.string(),
    state: z.enum(['in_force', 'undone']),
    isWholeVenue: z.boolean(),
    placesJa: z.array(z.string()),
    placesEn: z.array(z.string()),
    createdByName: z.string().nullable(),
    createdAt: z.string(),
    lettersLeaveAt: z.string().nullable(),
    lettersSentAt: z.string().nullable(),
    undoneAt: z.string().nullable(),
    effectCount: z.int(),
  })
  .meta({ id: 'Closure' });

export const closureViewSchema = z
  .object({
    closure: closureSchema,
    effects: z.array(
      z.object({
        bookingId: z.string(),
        number: z.string(),
        title: z.string(),
        organizationName: z.string(),
        decision: z.enum(['move', 'cancel']),
        undoneAt: z.string().nullable(),
      }),
    ),
    mayUndo: z.boolean(),
    mayLift: z.boolean(),
  })
  .meta({ id: 'ClosureView' });
