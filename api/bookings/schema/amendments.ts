import { z } from 'zod';
import { admissionMaxYenSchema, askedUseSchema, quoteSchema } from '../../fees/schema.ts';
import { idSchema, type UseId } from '../../shared/ids.ts';
import { oneLineSchema, textSchema } from '../../shared/text.ts';
import { localDaySchema } from '../../shared/time.ts';
import { attendanceMost, bookingSchema, versionSchema } from './bookings.ts';
import { wholeNumberSchema } from '../../shared/typed.ts';

const usesAtMost = 200;
const totalYenMost = 1_000_000_000;

export const consentChannels = ['phone', 'email', 'fax', 'desk', 'letter'] as const;

/** The whole wanted content; a use with an id is one of the booking's, one without is new. */
export const amendAskSchema = z.object({
  title: oneLineSchema(100),
  purpose: textSchema(500),
  attendance: wholeNumberSchema(attendanceMost).optional(),
  admissionMaxYen: admissionMaxYenSchema.default(0),
  isCommercial: z.boolean().default(false),
  isPublic: z.boolean().default(false),
  uses: z
    .array(askedUseSchema.extend({ id: idSchema<UseId>('use').optional() }))
    .min(1)
    .max(usesAtMost),
});
export type AmendAsk = z.infer<typeof amendAskSchema>;

export const consentSchema = z.object({
  givenBy: oneLineSchema(100),
  channel: z.enum(consentChannels),
  note: textSchema(500),
});
export type Consent = z.infer<typeof consentSchema>;

export const previewSchema = z.object({ asked: amendAskSchema });

export const amendSchema = z.object({
  version: versionSchema,
  asked: amendAskSchema,
  reason: textSchema(500, 0).default(''),
  consent: consentSchema.optional(),
  /** The total that was shown: at another price nothing is changed. */
  totalYen: wholeNumberSchema(totalYenMost).optional(),
});
export type AmendBooking = z.infer<typeof amendSchema>;

export const acceptSchema = z.object({ consent: consentSchema.optional() });
export const declineSchema = z.object({ reason: textSchema(500, 0).default('') });

export const splitSchema = z.object({
  version: versionSchema,
  useIds: z.array(idSchema<UseId>('use')).min(1).max(usesAtMost),
  title: oneLineSchema(100).optional(),
});
export type SplitBooking = z.infer<typeof splitSchema>;

export const copySchema = z.object({ firstDay: localDaySchema });

const valueSchema = z.union([z.string(), z.number(), z.boolean()]).nullable();

const useFactsSchema = z.object({
  configurationId: z.string(),
  configurationNameJa: z.string(),
  configurationNameEn: z.string(),
  roomNameJa: z.string(),
  roomNameEn: z.string(),
  usedOn: z.string(),
  bandCode: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  phase: z.string(),
  layout: z.string().nullable(),
  attendance: z.int().nullable(),
  earlyMinutes: z.int(),
  lateMinutes: z.int(),
  coolingMinutes: z.int(),
  heatingMinutes: z.int(),
  wiredLan: z.boolean(),
});

export const changesSchema = z
  .object({
    fields: z.array(z.object({ field: z.string(), before: valueSchema, after: valueSchema })),
    uses: z.array(
      z.object({
        kind: z.enum(['added', 'moved', 'changed', 'dropped']),
        useId: z.string(),
        before: useFactsSchema.nullable(),
        after: useFactsSchema.nullable(),
        fields: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'BookingChanges' });

export const previewAnswerSchema = z
  .object({
    version: z.int(),
    quote: quoteSchema,
    oldTotalYen: z.int(),
    differenceYen: z.int(),
    changes: changesSchema,
    /** What stands in the way and the nearest free days; null when nothing does. */
    blocked: z
      .object({
        blocked: z.array(
          z.object({
            position: z.int(),
            configurationId: z.string(),
            date: z.string(),
            slot: z.string(),
            state: z.string(),
          }),
        ),
        alternatives: z.array(
          z.object({
            position: z.int(),
            configurationId: z.string(),
            date: z.string(),
            band: z.string(),
          }),
        ),
      })
      .nullable(),
    needsApproval: z.boolean(),
    needsConsent: z.boolean(),
  })
  .meta({ id: 'AmendmentPreview' });

export const amendmentSchema = z
  .object({
    id: z.string(),
    bookingVersion: z.int(),
    proposedBy: z.enum(['organizer', 'staff']),
    proposerName: z.string().nullable(),
    state: z.enum(['proposed', 'accepted', 'declined', 'withdrawn', 'stale']),
    reason: z.string(),
    changes: changesSchema,
    totalYen: z.int(),
    isProvisional: z.boolean(),
    differenceYen: z.int(),
    createdAt: z.string(),
    decidedAt: z.string().nullable(),
    allowedActions: z.array(z.enum(['accept', 'decline', 'withdraw'])),
  })
  .meta({ id: 'Amendment' });

export const amendAnswerSchema = z.object({
  outcome: z.enum(['amended', 'proposed']),
  differenceYen: z.int(),
  booking: bookingSchema,
});

export const versionEntrySchema = z
  .object({
    version: z.int(),
    isCurrent: z.boolean(),
    totalYen: z.int(),
    isProvisional: z.boolean(),
    /** The change that ended this version; null for the current one. */
    changedAt: z.string().nullable(),
    changedByKind: z.string().nullable(),
    changedByName: z.string().nullable(),
    reason: z.string().nullable(),
    consent: z
      .object({
        givenBy: z.string(),
        channel: z.string(),
        note: z.string(),
        recordedAt: z.string(),
      })
      .nullable(),
    changes: changesSchema.nullable(),
    differenceYen: z.int().nullable(),
  })
  .meta({ id: 'BookingVersion' });

export const lookSchema = z
  .object({ name: z.string(), roles: z.array(z.string()), lookedAt: z.string() })
  .meta({ id: 'BookingLook' });
