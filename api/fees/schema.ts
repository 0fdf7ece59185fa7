import { z } from 'zod';
import { layoutSchema, roomCodeSchema } from '#api/rooms/schema.ts';
import { writtenSchema } from '#api/shared/ids.ts';
import { codeSchema } from '#api/shared/text.ts';
import { localDaySchema, type LocalDay } from '#api/shared/time.ts';
import { typedNumberSchema, wholeNumberSchema } from '#api/shared/typed.ts';
import { publicationSchema, venueCodeSchema } from '#api/venues/schema.ts';

export const phases = ['setup', 'event', 'rehearsal', 'teardown', 'storage'] as const;
export type Phase = (typeof phases)[number];
export const phaseSchema = z.enum(phases);

export const customerClasses = ['standard', 'sme'] as const;
export type CustomerClass = (typeof customerClasses)[number];
export const customerClassSchema = z.enum(customerClasses);

export const extraCodes = ['cooling', 'heating', 'wired_lan'] as const;
export type ExtraCode = (typeof extraCodes)[number];

/** Whether a price is for every day or for one kind of day. */
export const dayTypes = ['all', 'weekday', 'holiday'] as const;
export type DayType = (typeof dayTypes)[number];

const monthDaySchema = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

/** Which days a tariff charges as holidays; `12-29` to `01-03` runs over the year end. */
export const holidayRuleSchema = z.strictObject({
  /** 1 Monday … 7 Sunday */
  weekdays: z.array(z.int().min(1).max(7)).default([]),
  nationalHolidays: z.boolean().default(false),
  monthDays: z.array(z.strictObject({ from: monthDaySchema, to: monthDaySchema })).default([]),
});
export type HolidayRule = z.infer<typeof holidayRuleSchema>;

/** What a started hour before or after a band costs: a share of a stored price by the hour. */
export const overtimeSchema = z.strictObject({
  hourShareBp: z.int().min(1),
  /** The price of the slot the hour adjoins, or of the band it belongs to, by its hours. */
  per: z.enum(['slot_hour', 'band_hour']),
  /** The hour's price is rounded down to whole multiples of this. */
  roundDownToYen: z.int().min(1).default(1),
  reasonJa: z.string().min(1),
  reasonEn: z.string().min(1),
  publication: publicationSchema,
  source: z.string().min(1),
});
export type Overtime = z.infer<typeof overtimeSchema>;

/** When a rule of a tariff applies; every named part must hold. */
export const ruleConditionSchema = z.strictObject({
  phases: z.array(phaseSchema).nonempty().optional(),
  isCommercial: z.literal(true).optional(),
  admission: z.literal(true).optional(),
  roomClasses: z.array(z.string()).nonempty().optional(),
  ownerBodies: z.array(z.string()).nonempty().optional(),
});
export type RuleCondition = z.infer<typeof ruleConditionSchema>;

/** What a rule does to the running amount of a line. */
export const ruleOperationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('multiply'), rateBp: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('admission_tiers'),
    tiers: z.array(z.strictObject({ fromYen: z.int().min(0), addBp: z.int().min(0) })).nonempty(),
  }),
  /** So many times the day's highest admission, once per room and day, beside the price of the room. */
  z.strictObject({ kind: z.literal('admission_times'), times: z.int().min(1) }),
]);
export type RuleOperation = z.infer<typeof ruleOperationSchema>;

const hoursOfADayAtMost = 24;
export const hoursSchema = typedNumberSchema.pipe(z.number().min(0).max(hoursOfADayAtMost));

/** Out-of-hours time is asked for in quarters of an hour. */
const quarterHoursSchema = (most: number) =>
  typedNumberSchema.pipe(z.number().min(0).max(most).multipleOf(0.25));
/** From midnight to the usual opening; from the usual end to the next opening. */
export const earlyHoursMost = 9;
export const lateHoursMost = 12;

const usesAtMost = 200;
/** One room in one band of one day as people ask for it: codes or full ids, hours instead of minutes. */
export const askedUseSchema = z.object({
  room: roomCodeSchema,
  configuration: roomCodeSchema.optional(),
  date: localDaySchema,
  band: codeSchema(40),
  phase: phaseSchema.default('event'),
  layout: layoutSchema.optional(),
  attendance: wholeNumberSchema(1_000_000).optional(),
  earlyHours: quarterHoursSchema(earlyHoursMost).default(0),
  lateHours: quarterHoursSchema(lateHoursMost).default(0),
  coolingHours: hoursSchema.default(0),
  heatingHours: hoursSchema.default(0),
  wiredLan: z.boolean().default(false),
});
export type AskedUse = z.infer<typeof askedUseSchema>;

export const askedUsesSchema = z.array(askedUseSchema).min(1).max(usesAtMost);

export const admissionMaxYenSchema = wholeNumberSchema(10_000_000);

export const askQuoteSchema = z
  .object({
    venue: venueCodeSchema,
    uses: askedUsesSchema,
    admissionMaxYen: admissionMaxYenSchema.default(0),
    isCommercial: z.boolean().default(false),
    customerClass: customerClassSchema.default('standard'),
  })
  .meta({
    example: {
      venue: 'big-palette',
      uses: [{ room: 'exhibition-hall', configuration: 'a', date: '2027-02-14', band: 'daytime' }],
      admissionMaxYen: 1_000,
    },
  });
export type AskQuote = z.infer<typeof askQuoteSchema>;

const quoteStepSchema = z.object({
  code: z.string(),
  ja: z.string(),
  en: z.string(),
  rateBp: z.number().optional(),
  amountAfterYen: z.number(),
  publication: publicationSchema,
});

export const lineKinds = ['room', 'overtime', 'admission', ...extraCodes] as const;

const quoteLineSchema = z.object({
  kind: z.enum(lineKinds),
  tariffId: z.string(),
  useIndexes: z.array(z.number()),
  roomId: z.string(),
  roomNameJa: z.string(),
  roomNameEn: z.string(),
  configurationId: z.string(),
  configurationNameJa: z.string(),
  configurationNameEn: z.string(),
  date: z.string(),
  bandCode: z.string().optional(),
  phase: phaseSchema.optional(),
  dayType: z.enum(dayTypes).optional(),
  /** Of out-of-hours time: before or after the band. */
  side: z.enum(['early', 'late']).optional(),
  quantity: z.number(),
  unit: z.enum(['band', 'hour', 'room_day']),
  unitYen: z.number(),
  baseYen: z.number(),
  steps: z.array(quoteStepSchema),
  amountYen: z.number(),
  reasonJa: z.string(),
  reasonEn: z.string(),
  publication: publicationSchema,
  source: z.string(),
});

export const quoteTaxSchema = z.object({
  taxRateBp: z.number(),
  totalYen: z.number(),
  taxYen: z.number(),
});

/** A quote as the API answers it. */
export const quoteSchema = z
  .object({
    tariffId: z.string(),
    lines: z.array(quoteLineSchema),
    totalYen: z.number(),
    taxYen: z.number(),
    taxRateBp: z.number(),
    taxes: z.array(quoteTaxSchema),
    isProvisional: z.boolean(),
    warnings: z.array(
      z.object({
        code: z.string(),
        ja: z.string(),
        en: z.string(),
        lineIndexes: z.array(z.number()),
      }),
    ),
  })
  .meta({ id: 'Quote' });

/** A quote as it was promised. */
export const storedQuoteSchema = quoteSchema.extend({
  lines: z.array(
    quoteLineSchema.extend({
      date: writtenSchema<LocalDay>(),
      bandCode: z.string().exactOptional(),
      phase: phaseSchema.exactOptional(),
      dayType: z.enum(dayTypes).exactOptional(),
      side: z.enum(['early', 'late']).exactOptional(),
      steps: z.array(quoteStepSchema.extend({ rateBp: z.number().exactOptional() })),
    }),
  ),
});

const sourcedShape = { publication: publicationSchema, source: z.string() };

/** A venue's prices as the API answers them. */
export const priceListSchema = z
  .object({
    tariff: z.object({
      id: z.string(),
      nameJa: z.string(),
      effectiveFrom: z.string(),
      effectiveUntil: z.string().nullable(),
      taxRateBp: z.number(),
      provisionalRuleJa: z.string(),
      provisionalRuleEn: z.string(),
      holidayRule: holidayRuleSchema.nullable(),
      overtime: overtimeSchema.nullable(),
      ...sourcedShape,
    }),
    prices: z.array(
      z.object({
        configurationId: z.string(),
        bandCode: z.string(),
        dayType: z.enum(dayTypes),
        customerClass: customerClassSchema,
        feeYen: z.number(),
        ...sourcedShape,
      }),
    ),
    extras: z.array(
      z.object({
        code: z.enum(extraCodes),
        configurationId: z.string(),
        unit: z.enum(['hour', 'room_day']),
        unitFeeYen: z.number(),
        ...sourcedShape,
      }),
    ),
    rules: z.array(
      z.object({ code: z.string(), reasonJa: z.string(), reasonEn: z.string(), ...sourcedShape }),
    ),
  })
  .meta({ id: 'PriceList' });
export type PriceList = z.infer<typeof priceListSchema>;
