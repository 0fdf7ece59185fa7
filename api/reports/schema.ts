import { z } from 'zod';
import { catalogueIdSchema, type VenueId } from '../shared/ids.ts';
import { codeSchema } from '../shared/text.ts';
import { isReadDay, localDaySchema } from '../shared/time.ts';

export const definitions = ['day', 'slot'] as const;

/** A month of the venue, `YYYY-MM`. */
export type Month = string & { readonly __month: true };

const monthSchema = z
  .string()
  .meta({ format: 'month' })
  .transform((text) => text.normalize('NFKC').trim().replace('/', '-'))
  .refine((text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && isReadDay(`${text}-01`), {
    params: { code: 'http.not_a_month' },
  })
  .transform((text) => text as Month);

const venueSchema = catalogueIdSchema<VenueId>();

export const occupancyQuerySchema = z.object({
  from: monthSchema,
  to: monthSchema,
  by: z.enum(['room', 'figure']).default('room'),
  definition: z.enum(definitions).default('day'),
  setup: z.enum(['include', 'exclude']).default('include'),
  venue: venueSchema.optional(),
  format: z.enum(['json', 'csv']).default('json'),
});

export const countedQuerySchema = occupancyQuerySchema
  .omit({ format: true })
  .extend({ row: codeSchema(120) });
export type CountedQuery = z.infer<typeof countedQuerySchema>;

export const todayQuerySchema = z.object({
  venue: venueSchema.optional(),
  date: localDaySchema.optional(),
});

export const boardQuerySchema = z.object({
  venue: venueSchema,
  date: localDaySchema.optional(),
});

const shareSchema = z.object({
  numerator: z.number().int(),
  denominator: z.number().int(),
  /** Whether the venue has any booking in the fiscal year. */
  hasData: z.boolean(),
  /** Absent where no day of the period was open, or nothing is known of it. */
  rateBp: z.number().int().nullable(),
});

const definitionSchema = z.object({
  definition: z.enum(definitions),
  countsSetup: z.boolean(),
  ja: z.string(),
  en: z.string(),
});

export const occupancyReportSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    by: z.enum(['room', 'figure']),
    definition: definitionSchema,
    rows: z.array(
      z.object({
        key: z.string(),
        nameJa: z.string(),
        nameEn: z.string(),
        venueId: z.string(),
        months: z.array(shareSchema.extend({ month: z.string() })),
        total: shareSchema,
        plan: z
          .object({
            rateBp: z.number().int(),
            fiscalYear: z.number().int(),
            definition: z.enum(definitions),
            countsSetup: z.boolean(),
            source: z.string(),
            definitionSource: z.string(),
            from: z.string(),
            to: z.string(),
            measured: shareSchema,
            differenceBp: z.number().int().nullable(),
          })
          .optional(),
      }),
    ),
  })
  .meta({ id: 'OccupancyReport' });

export const countedSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    definition: definitionSchema,
    row: z.object({ key: z.string(), nameJa: z.string(), nameEn: z.string() }),
    share: shareSchema,
    units: z.array(
      z.object({
        usedOn: z.string(),
        slot: z.object({ nameJa: z.string(), nameEn: z.string() }).nullable(),
        roomNameJa: z.string(),
        roomNameEn: z.string(),
        uses: z.array(
          z.object({
            bookingId: z.string(),
            number: z.string(),
            title: z.string(),
            organizationName: z.string(),
            phase: z.string(),
            configurationNameJa: z.string(),
            configurationNameEn: z.string(),
            startsAt: z.string(),
            endsAt: z.string(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'CountedUses' });

const bookingStates = ['held', 'requested', 'approved', 'in_use', 'settled'] as const;

export const todaySchema = z
  .object({
    date: z.string(),
    uses: z.array(
      z.object({
        bookingId: z.string(),
        number: z.string(),
        title: z.string(),
        organizationName: z.string(),
        state: z.enum(bookingStates),
        phase: z.string(),
        venueId: z.string(),
        roomNameJa: z.string(),
        roomNameEn: z.string(),
        configurationNameJa: z.string(),
        configurationNameEn: z.string(),
        bandCode: z.string(),
        startsAt: z.string(),
        endsAt: z.string(),
        attendance: z.number().int().nullable(),
        balanceYen: z.number().int().nullable(),
      }),
    ),
  })
  .meta({ id: 'TodayOfVenue' });

export const boardSchema = z
  .object({
    date: z.string(),
    slots: z.array(
      z.object({
        code: z.string(),
        nameJa: z.string(),
        nameEn: z.string(),
        startsTime: z.string(),
        endsTime: z.string(),
      }),
    ),
    rooms: z.array(
      z.object({
        room: z.object({
          id: z.string(),
          code: z.string(),
          nameJa: z.string(),
          nameEn: z.string(),
        }),
        cells: z.array(
          z.object({
            cellId: z.string(),
            nameJa: z.string(),
            nameEn: z.string(),
            slots: z.array(
              z.object({
                slot: z.string(),
                state: z.enum(['free', 'closed', ...bookingStates]),
                bookingId: z.string().optional(),
                number: z.string().optional(),
                title: z.string().optional(),
                organizationName: z.string().optional(),
                phase: z.string().optional(),
                balanceYen: z.number().int().nullable().optional(),
                isBuffer: z.literal(true).optional(),
                closureReasonJa: z.string().optional(),
                closureReasonEn: z.string().optional(),
              }),
            ),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'DayBoard' });

export type OccupancyQuery = z.infer<typeof occupancyQuerySchema>;
