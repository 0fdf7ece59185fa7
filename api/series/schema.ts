import { z } from 'zod';
import { consentSchema } from '../bookings/schema/amendments.ts';
import { attendanceMost, holdBookingSchema } from '../bookings/schema/bookings.ts';
import { bookingStates } from '../bookings/rules/booking.ts';
import { askedUseSchema, askedUsesSchema } from '../fees/schema.ts';
import { layoutSchema, roomCodeSchema } from '../rooms/schema.ts';
import { codeSchema, oneLineSchema, searchSchema, textSchema } from '../shared/text.ts';
import { localDaySchema } from '../shared/time.ts';
import { wholeNumberSchema } from '../shared/typed.ts';

const weeksApartMost = 8;
const monthsApartMost = 12;
const daysOfOneMost = 13;
const templateUsesMost = 20;
const datesAskedMost = 366;

const countedSchema = (least: number, most: number) => wholeNumberSchema(most, least);

const bounds = {
  from: localDaySchema,
  until: localDaySchema.optional(),
  count: countedSchema(1, datesAskedMost).optional(),
};
const weekdaySchema = countedSchema(1, 7);

export const seriesRuleSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('weekly'),
    interval: countedSchema(1, weeksApartMost).default(1),
    weekdays: z.array(weekdaySchema).min(1).max(7),
    ...bounds,
  }),
  z.object({
    kind: z.literal('monthly_by_weekday'),
    interval: countedSchema(1, monthsApartMost).default(1),
    nth: z.union([z.literal('last'), countedSchema(1, 5)]),
    weekday: weekdaySchema,
    ...bounds,
  }),
  z.object({
    kind: z.literal('dates'),
    dates: z.array(localDaySchema).min(1).max(datesAskedMost),
  }),
]);

/** A use as it comes again on every date; an event of several days counts its days from 0. */
export const templateUseSchema = askedUseSchema
  .omit({ date: true })
  .extend({ dayOffset: countedSchema(0, daysOfOneMost).default(0) });

export const askSeriesSchema = holdBookingSchema.omit({ uses: true, mode: true }).extend({
  uses: z.array(templateUseSchema).min(1).max(templateUsesMost),
  rule: seriesRuleSchema,
});
export type AskSeries = z.infer<typeof askSeriesSchema>;
export const seriesTemplateSchema = askSeriesSchema.omit({
  rule: true,
  venue: true,
  organizationId: true,
  title: true,
});
export type SeriesTemplate = z.infer<typeof seriesTemplateSchema>;

/** What becomes of one date. */
export const choiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('as_planned') }),
  z.object({ kind: z.literal('other'), uses: askedUsesSchema }),
  z.object({ kind: z.literal('skip'), note: oneLineSchema(200, 0).optional() }),
]);
export type DateChoice = z.infer<typeof choiceSchema>;

const choicesSchema = z.record(codeSchema(20, 0), choiceSchema).default({});

export const bookSeriesSchema = askSeriesSchema.extend({ choices: choicesSchema });
export type BookSeries = z.infer<typeof bookSeriesSchema>;

const versionSchema = z.coerce.number().int().min(1);

export const addDateSchema = z.object({
  version: versionSchema,
  choice: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('as_planned') }),
    z.object({ kind: z.literal('other'), uses: askedUsesSchema }),
  ]),
});

export const scopes = ['one', 'following', 'all'] as const;
export type SeriesScope = (typeof scopes)[number];

const scopeShape = { scope: z.enum(scopes), from: localDaySchema };

/** What shall be different; what is left out stays. Places and times change on the uses they name. */
export const seriesChangeSchema = z.object({
  title: oneLineSchema(100).optional(),
  purpose: textSchema(500).optional(),
  attendance: wholeNumberSchema(attendanceMost).optional(),
  configuration: roomCodeSchema.optional(),
  band: codeSchema(40).optional(),
  layout: layoutSchema.optional(),
});
export type SeriesChange = z.infer<typeof seriesChangeSchema>;

export const previewChangeSchema = z.object({
  ...scopeShape,
  change: seriesChangeSchema,
  choices: choicesSchema,
});
export type PreviewChange = z.infer<typeof previewChangeSchema>;

export const changeSeriesSchema = previewChangeSchema.extend({
  version: versionSchema,
  reason: textSchema(500, 0).default(''),
  /** The organizer's word, where staff move somebody. */
  consent: consentSchema.optional(),
});
export type ChangeSeries = z.infer<typeof changeSeriesSchema>;

export const withdrawSeriesSchema = z.object({
  ...scopeShape,
  version: versionSchema,
  /** Needed where a date is approved already. */
  reason: textSchema(500, 0).default(''),
});
export const requestSeriesSchema = z.object({ version: versionSchema });

export const listSeriesSchema = z.object({
  venue: codeSchema(60, 0).optional(),
  query: searchSchema.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListSeries = z.infer<typeof listSeriesSchema>;
export const seriesPageSize = 50;

const blockSchema = z.object({
  position: z.int(),
  configurationId: z.string(),
  date: z.string(),
  slot: z.string().nullable(),
  reason: z.string(),
  ja: z.string(),
  en: z.string(),
});

const alternativeSchema = z.object({
  /** Names the change against the plan; `uses` is what it comes to. */
  key: z.string(),
  kind: z.enum(['time', 'place', 'day']),
  configurationId: z.string(),
  date: z.string(),
  band: z.string(),
  uses: z.array(z.record(z.string(), z.unknown())),
  totalYen: z.int(),
  differenceYen: z.int().nullable(),
});

const datePreviewSchema = z.object({
  date: z.string(),
  state: z.enum(['free', 'clash']),
  isHoliday: z.boolean(),
  totalYen: z.int().nullable(),
  isProvisional: z.boolean(),
  blocks: z.array(blockSchema),
  alternatives: z.array(alternativeSchema),
});

const chosenSchema = z.object({
  kind: z.enum(['as_planned', 'other', 'skip']),
  totalYen: z.int().nullable(),
  blocks: z.array(blockSchema),
});

export const plannedDateSchema = datePreviewSchema.extend({ chosen: chosenSchema });

export const seriesPreviewSchema = z
  .object({
    dates: z.array(plannedDateSchema),
    freeCount: z.int(),
    clashCount: z.int(),
    bookedCount: z.int(),
    totalYen: z.int(),
    isProvisional: z.boolean(),
  })
  .meta({ id: 'SeriesPreview' });

export const changePreviewSchema = z
  .object({
    dates: z.array(
      datePreviewSchema.extend({
        booking: z.object({ id: z.string(), number: z.string(), state: z.enum(bookingStates) }),
        /** Why this booking stays as it is, where it does. */
        untouched: z.enum(['past', 'ended', 'same', 'skipped']).nullable(),
        /** Who must agree before it is changed. */
        needs: z.enum(['approval', 'consent']).nullable(),
        beforeYen: z.int(),
        differenceYen: z.int().nullable(),
      }),
    ),
    changeCount: z.int(),
    untouchedCount: z.int(),
    clashCount: z.int(),
    differenceYen: z.int(),
  })
  .meta({ id: 'SeriesChangePreview' });

const seriesDateSchema = z.object({
  plannedOn: z.string(),
  state: z.enum(['booked', 'skipped']),
  note: z.string(),
  booking: z
    .object({
      id: z.string(),
      number: z.string(),
      state: z.enum(bookingStates),
      version: z.int(),
      firstUsedOn: z.string(),
      lastUsedOn: z.string(),
      holdExpiresAt: z.string(),
      totalYen: z.int(),
      isProvisional: z.boolean(),
      isChangeable: z.boolean(),
    })
    .nullable(),
});

export const seriesSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    venueId: z.string(),
    organizationId: z.string(),
    organizationName: z.string(),
    title: z.string(),
    rule: z.record(z.string(), z.unknown()),
    uses: z.array(z.record(z.string(), z.unknown())),
    createdAt: z.string(),
    dates: z.array(seriesDateSchema),
    totalYen: z.int(),
    isProvisional: z.boolean(),
    allowedActions: z.array(z.enum(['request', 'withdraw', 'change', 'add'])),
  })
  .meta({ id: 'Series' });

export const seriesSummarySchema = z
  .object({
    id: z.string(),
    venueId: z.string(),
    organizationName: z.string(),
    title: z.string(),
    rule: z.record(z.string(), z.unknown()),
    firstOn: z.string(),
    lastOn: z.string(),
    bookedCount: z.int(),
    skippedCount: z.int(),
    nextOn: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'SeriesSummary' });
