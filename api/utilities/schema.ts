import { z } from 'zod';
import { catalogueIdSchema } from '../shared/ids.ts';
import { codeSchema, oneLineSchema, textSchema } from '../shared/text.ts';
import { localDaySchema } from '../shared/time.ts';
import { typedNumberSchema } from '../shared/typed.ts';
import { publicationSchema, venueCodeSchema } from '../venues/schema.ts';

export const utilities = ['electricity', 'water', 'hvac'] as const;
export type Utility = (typeof utilities)[number];

const valueMost = 99_999_999;
const feeYenMost = 100_000;

/** What a meter shows: three decimals at most. */
const meterValueSchema = typedNumberSchema.pipe(z.number().min(0).max(valueMost).multipleOf(0.001));
/** Yen for a unit, as people write it: 23.45. */
const unitFeeSchema = typedNumberSchema
  .pipe(z.number().min(0).max(feeYenMost).multipleOf(0.01))
  .transform((yen) => Math.round(yen * 100));
const noteSchema = oneLineSchema(200, 0).default('');

export const startReadingSchema = z.object({
  meterId: codeSchema(160, 0),
  usedOn: localDaySchema,
  startValue: meterValueSchema,
  note: noteSchema,
});
export type StartReading = z.infer<typeof startReadingSchema>;

export const endReadingSchema = z.object({ endValue: meterValueSchema, note: noteSchema });
export type EndReading = z.infer<typeof endReadingSchema>;

export const correctReadingSchema = z.object({
  startValue: meterValueSchema.optional(),
  endValue: meterValueSchema.optional(),
  reason: oneLineSchema(200),
});
export type CorrectReading = z.infer<typeof correctReadingSchema>;

export const venueUtilitiesSchema = z.object({ venue: venueCodeSchema });

export const addTermSchema = z.object({
  roomId: catalogueIdSchema(),
  utility: z.enum(utilities),
  effectiveFrom: localDaySchema,
  feeIncludes: z.union([
    z.boolean(),
    z.enum(['true', 'false']).transform((text) => text === 'true'),
  ]),
  unitFeeYen: unitFeeSchema.default(0),
  publication: publicationSchema.default('provisional'),
  /** Where the term stands written, or why the past is corrected. */
  source: textSchema(500),
});
export type AddTerm = z.infer<typeof addTermSchema>;

export const recalculationQuerySchema = z.object({
  venue: venueCodeSchema,
  from: localDaySchema,
  to: localDaySchema,
  format: z.enum(['json', 'csv']).default('json'),
});

const termSchema = z.object({
  id: z.string(),
  roomId: z.string(),
  utility: z.enum(utilities),
  effectiveFrom: z.string(),
  feeIncludes: z.boolean(),
  unitFeeCentiyen: z.int(),
  publication: publicationSchema,
  source: z.string(),
  createdAt: z.string(),
});

const meterSchema = z.object({
  id: z.string(),
  roomId: z.string(),
  utility: z.enum(utilities),
  code: z.string(),
  nameJa: z.string(),
  nameEn: z.string(),
  unit: z.string(),
  publication: publicationSchema,
  source: z.string(),
});

const roomNames = { roomNameJa: z.string(), roomNameEn: z.string() };

export const utilityLineSchema = z
  .object({
    quantity: z.number(),
    amountYen: z.int(),
    isIncluded: z.boolean(),
    reasonJa: z.string(),
    reasonEn: z.string(),
    publication: publicationSchema,
    source: z.string(),
  })
  .meta({ id: 'UtilityLine' });

const readingSchema = z.object({
  id: z.string(),
  meterId: z.string(),
  usedOn: z.string(),
  startValue: z.number(),
  endValue: z.number().nullable(),
  startReadBy: z.string().nullable(),
  readBy: z.string().nullable(),
  readAt: z.string(),
  checkedBy: z.string().nullable(),
  checkedAt: z.string().nullable(),
  note: z.string(),
  line: utilityLineSchema.nullable(),
  chargedYen: z.int().nullable(),
  canCorrect: z.boolean(),
  canCheck: z.boolean(),
});

export const bookingReadingsSchema = z
  .object({
    meters: z.array(
      meterSchema.extend({ ...roomNames, days: z.array(z.string()), term: termSchema.nullable() }),
    ),
    readings: z.array(readingSchema),
    totalYen: z.int(),
    /** Readings still to be ended or checked. */
    openCount: z.int(),
    canRecord: z.boolean(),
  })
  .meta({ id: 'BookingReadings' });

export const venueUtilitiesAnswerSchema = z
  .object({
    rooms: z.array(
      z.object({
        roomId: z.string(),
        ...roomNames,
        meters: z.array(meterSchema.extend(roomNames)),
        utilities: z.array(
          z.object({
            utility: z.enum(utilities),
            current: termSchema.nullable(),
            terms: z.array(termSchema.extend({ createdBy: z.string().nullable() })),
          }),
        ),
      }),
    ),
    open: z.array(
      z.object({
        id: z.string(),
        usedOn: z.string(),
        startValue: z.number(),
        endValue: z.number().nullable(),
        readBy: z.string().nullable(),
        meterNameJa: z.string(),
        meterNameEn: z.string(),
        unit: z.string(),
        ...roomNames,
        bookingId: z.string(),
        bookingNumber: z.string(),
        title: z.string(),
        canCheck: z.boolean(),
      }),
    ),
    canAddTerms: z.boolean(),
  })
  .meta({ id: 'VenueUtilities' });

const sums = { chargedYen: z.int(), dueYen: z.int(), differenceYen: z.int() };

export const recalculationSchema = z
  .object({
    venue: z.string(),
    from: z.string(),
    to: z.string(),
    entries: z.array(
      z.object({
        readingId: z.string(),
        bookingId: z.string(),
        bookingNumber: z.string(),
        title: z.string(),
        organizationId: z.string(),
        organizationName: z.string(),
        ...roomNames,
        meterNameJa: z.string(),
        meterNameEn: z.string(),
        utility: z.enum(utilities),
        unit: z.string(),
        usedOn: z.string(),
        quantity: z.number(),
        reasonJa: z.string(),
        reasonEn: z.string(),
        ...sums,
      }),
    ),
    bookings: z.array(
      z.object({
        bookingId: z.string(),
        bookingNumber: z.string(),
        title: z.string(),
        organizationName: z.string(),
        ...sums,
      }),
    ),
    organizations: z.array(
      z.object({
        organizationId: z.string(),
        organizationName: z.string(),
        bookingCount: z.int(),
        ...sums,
      }),
    ),
    totals: z.object({ ...sums, overYen: z.int(), underYen: z.int(), wrongCount: z.int() }),
  })
  .meta({ id: 'Recalculation' });
