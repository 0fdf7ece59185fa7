import { z } from 'zod';
import { oneLineSchema } from '../shared/text.ts';
import { localDaySchema, type LocalDay } from '../shared/time.ts';
import { publicationSchema, venueCodeSchema } from '../venues/schema.ts';
import { eventKinds } from './rules/closing.ts';
import { entryKinds } from './rules/journal.ts';
import { revenueCategories } from './rules/revenue.ts';

/** `2026-11`, or any day of the month. */
const monthSchema = z
  .string()
  .meta({ format: 'month' })
  .transform((text) => (/^\d{4}-\d{2}$/.test(text.trim()) ? `${text.trim()}-01` : text))
  .pipe(localDaySchema)
  .transform((day) => `${day.slice(0, 7)}-01` as LocalDay);

export const listClosingsSchema = z.object({ venue: venueCodeSchema });

export const closeBooksSchema = z.discriminatedUnion('period', [
  z.object({ venue: venueCodeSchema, period: z.literal('day'), on: localDaySchema }),
  z.object({ venue: venueCodeSchema, period: z.literal('month'), on: monthSchema }),
]);
export type CloseBooks = z.infer<typeof closeBooksSchema>;

const formatSchema = z.enum(['json', 'csv']).default('json');

export const daybookQuerySchema = z.object({
  venue: venueCodeSchema,
  on: localDaySchema.optional(),
  format: formatSchema,
});

export const periodQuerySchema = z.object({
  venue: venueCodeSchema,
  from: localDaySchema,
  to: localDaySchema,
  format: formatSchema,
});

export const journalQuerySchema = periodQuerySchema.extend({
  encoding: z.enum(['utf-8', 'cp932']).default('utf-8'),
});

const wordSchema = oneLineSchema(60);

export const saveAccountSchema = z.object({
  venue: venueCodeSchema,
  debitCode: wordSchema,
  debitName: wordSchema,
  creditCode: wordSchema,
  creditName: wordSchema,
  taxCode: wordSchema,
});
export type SaveAccount = z.infer<typeof saveAccountSchema>;

const sumSchema = z.object({
  kind: z.enum(eventKinds),
  method: z.string().nullable(),
  isPot: z.boolean(),
  count: z.int(),
  amountYen: z.int(),
});
const balancesSchema = z.object({ receivablesYen: z.int(), potYen: z.int() });
export const totalsSchema = z
  .object({ sums: z.array(sumSchema), opening: balancesSchema, closing: balancesSchema })
  .meta({ id: 'BookTotals' });

const closingSchema = z
  .object({
    id: z.string(),
    venueId: z.string(),
    period: z.enum(['day', 'month']),
    startsOn: z.string(),
    endsOn: z.string(),
    totals: totalsSchema,
    closedBy: z.string().nullable(),
    closedAt: z.string(),
  })
  .meta({ id: 'Closing' });

export const closingListSchema = z
  .object({
    venue: z.string(),
    today: z.string(),
    closedUntil: z.string().nullable(),
    /** The first day with facts nobody has shut, and how many such days there are. */
    openFrom: z.string().nullable(),
    openDayCount: z.int(),
    /** The last day before today on which cash moved and has not been counted since. */
    uncountedOn: z.string().nullable(),
    days: z.array(closingSchema),
    months: z.array(closingSchema),
    canClose: z.boolean(),
  })
  .meta({ id: 'ClosingList' });

export const closedSchema = z.object({ closings: z.array(closingSchema) });

export const daybookSchema = z
  .object({
    venue: z.string(),
    on: z.string(),
    isClosed: z.boolean(),
    entries: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(eventKinds),
        method: z.string().nullable(),
        isPot: z.boolean(),
        amountYen: z.int(),
        happenedAt: z.string(),
        billingAccountId: z.string().nullable(),
        number: z.string().nullable(),
        title: z.string().nullable(),
        organizationName: z.string().nullable(),
        payerName: z.string().nullable(),
        by: z.string().nullable(),
      }),
    ),
    totals: totalsSchema,
  })
  .meta({ id: 'Daybook' });

const sideSchema = z.object({
  code: z.string(),
  name: z.string(),
  party: z.string(),
  taxCode: z.string(),
  amountYen: z.int(),
});

export const journalSchema = z
  .object({
    venue: z.string(),
    from: z.string(),
    to: z.string(),
    entries: z.array(
      z.object({
        number: z.string(),
        bookedOn: z.string(),
        entry: z.enum(entryKinds),
        debit: sideSchema,
        credit: sideSchema,
        summary: z.string(),
      }),
    ),
    totalYen: z.int(),
    /** Characters CP932 does not have: they leave as 〓. */
    notInCp932: z.array(z.string()),
    isProvisional: z.boolean(),
  })
  .meta({ id: 'Journal' });

export const accountListSchema = z
  .object({
    venue: z.string(),
    accounts: z.array(
      z.object({
        entry: z.enum(entryKinds),
        debitCode: z.string(),
        debitName: z.string(),
        creditCode: z.string(),
        creditName: z.string(),
        taxCode: z.string(),
        publication: publicationSchema,
        source: z.string(),
      }),
    ),
    /** Entries nobody has given accounts yet. */
    missing: z.array(z.enum(entryKinds)),
    canChange: z.boolean(),
  })
  .meta({ id: 'JournalAccounts' });

export const revenueSchema = z
  .object({
    venue: z.string(),
    from: z.string(),
    to: z.string(),
    definitionJa: z.string(),
    definitionEn: z.string(),
    totals: z.object({
      chargedYen: z.int(),
      takenBackYen: z.int(),
      revenueYen: z.int(),
      receivedYen: z.int(),
      returnedYen: z.int(),
      reducedYen: z.int(),
    }),
    months: z.array(
      z.object({
        month: z.string(),
        chargedYen: z.int(),
        takenBackYen: z.int(),
        revenueYen: z.int(),
        receivedYen: z.int(),
        returnedYen: z.int(),
      }),
    ),
    rooms: z.array(
      z.object({
        roomId: z.string().nullable(),
        nameJa: z.string().nullable(),
        nameEn: z.string().nullable(),
        amountYen: z.int(),
      }),
    ),
    categories: z.array(z.object({ category: z.enum(revenueCategories), amountYen: z.int() })),
    methods: z.array(z.object({ method: z.string(), receivedYen: z.int(), returnedYen: z.int() })),
    reductions: z.array(
      z.object({
        groundCode: z.string(),
        nameJa: z.string(),
        nameEn: z.string(),
        bookingCount: z.int(),
        costYen: z.int(),
      }),
    ),
  })
  .meta({ id: 'Revenue' });
