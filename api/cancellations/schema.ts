import { z } from 'zod';
import { cancelGrounds } from '../bookings/rules/booking.ts';
import { roomClassSchema } from '../rooms/schema.ts';
import { writtenSchema } from '../shared/ids.ts';
import type { LocalDay } from '../shared/time.ts';
import { publicationSchema } from '../venues/schema.ts';

export const deeds = ['cancel', 'change'] as const;
export type Deed = (typeof deeds)[number];

export const cancellationTermSchema = z
  .object({
    roomClass: roomClassSchema,
    deed: z.enum(deeds),
    effectiveFrom: z.string(),
    /** Applies from this long before the first day of use on. */
    beforeCount: z.int(),
    beforeUnit: z.enum(['day', 'month']),
    keptBp: z.int(),
    publication: publicationSchema,
    source: z.string(),
  })
  .meta({ id: 'CancellationTerm' });

export const cancellationTermsSchema = z
  .object({
    venue: z.object({ id: z.string(), nameJa: z.string(), nameEn: z.string() }),
    /** In force now: milder first, per class of rooms. */
    terms: z.array(cancellationTermSchema),
  })
  .meta({ id: 'CancellationTerms' });

export const keptReasonSchema = z
  .object({
    roomClass: roomClassSchema,
    feeYen: z.int(),
    keptBp: z.int(),
    keptYen: z.int(),
    /** From when on this share is kept; null where it is too early for any. */
    startsOn: z.string().nullable(),
    reasonJa: z.string(),
    reasonEn: z.string(),
    publication: publicationSchema,
    source: z.string().nullable(),
  })
  .meta({ id: 'KeptReason' });
export const storedReasonSchema = keptReasonSchema.extend({
  startsOn: writtenSchema<LocalDay>().nullable(),
});

export const askCancellationSchema = z.object({
  ground: z.enum(cancelGrounds).default('organizer'),
});

/** What is kept of a booking and what comes back: before it is cancelled a preview, then what happened. */
export const cancellationSchema = z
  .object({
    isDone: z.boolean(),
    version: z.int(),
    ground: z.enum(cancelGrounds),
    noticedOn: z.string(),
    feeYen: z.int(),
    keptYen: z.int(),
    reasons: z.array(keptReasonSchema),
    isProvisional: z.boolean(),
    /** How it grows: `startsOn` is the first day of each figure, null from now until the first. */
    steps: z.array(z.object({ startsOn: z.string().nullable(), keptYen: z.int() })),
    /** Fees for earlier changes, which stay. */
    changeFeesYen: z.int(),
    paidYen: z.int(),
    comesBackYen: z.int(),
    stillOwedYen: z.int(),
    /** The figure is provisional, and the operator does not charge those: it waits. */
    waits: z.boolean(),
    /** A payment is under way; it is ended first. */
    endsPayment: z.boolean(),
  })
  .meta({ id: 'Cancellation' });

/** What holding these uses would mean from now on, before anybody holds them. */
export const outlookSchema = z
  .object({
    isTooLate: z.boolean().meta({ description: 'Only the desk of the venue may still take it' }),
    applyBy: z.string().meta({ description: 'The last instant to apply for approval' }),
    holdEndsAt: z
      .string()
      .nullable()
      .meta({ description: 'When a hold made now would end; null where it is too late for one' }),
    cancellation: z
      .object({
        noticedOn: z.string(),
        feeYen: z.int(),
        keptYen: z.int(),
        isProvisional: z.boolean(),
        steps: z.array(z.object({ startsOn: z.string().nullable(), keptYen: z.int() })),
      })
      .meta({
        description: 'What would be kept of the fee once approved: today, and how it grows',
      }),
  })
  .meta({ id: 'Outlook' });

/** The fee for a change that lowers the price. */
export const changeFeeSchema = z
  .object({ keptYen: z.int(), reasons: z.array(keptReasonSchema), isProvisional: z.boolean() })
  .meta({ id: 'ChangeFee' });
