import { z } from 'zod';
import { layoutSchema, roomCodeSchema } from '#api/rooms/schema.ts';
import { localDaySchema } from '#api/shared/time.ts';
import { publicationSchema, venueCodeSchema } from '#api/venues/schema.ts';

export const phases = ['setup', 'event', 'rehearsal', 'teardown', 'storage'] as const;
export type Phase = (typeof phases)[number];
export const phaseSchema = z.enum(phases);

export const customerClasses = ['standard', 'sme'] as const;
export type CustomerClass = (typeof customerClasses)[number];
export const customerClassSchema = z.enum(customerClasses);

export const extraCodes = ['cooling', 'heating', 'wired_lan'] as const;
export type ExtraCode = (typeof extraCodes)[number];

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
]);
export type RuleOperation = z.infer<typeof ruleOperationSchema>;

/** `１２，０００円` is how people type 12000. */
const normaliseNumber = (text: string): number => {
  const plain = text.normalize('NFKC').trim().replace(/円$/, '');
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(plain)) return Number.NaN;
  return Number(plain.replaceAll(',', ''));
};

const typedNumber = z.union([z.number(), z.string().max(40).transform(normaliseNumber)]);

export const wholeNumberSchema = (most: number) => typedNumber.pipe(z.int().min(0).max(most));

const hoursOfADayAtMost = 24;
export const hoursSchema = typedNumber.pipe(z.number().min(0).max(hoursOfADayAtMost));

const usesAtMost = 200;
/** One room in one band of one day as people ask for it: codes or full ids, hours instead of minutes. */
export const askedUseSchema = z.object({
  room: roomCodeSchema,
  configuration: roomCodeSchema.optional(),
  date: localDaySchema,
  band: z.string().min(1).max(40),
  phase: phaseSchema.default('event'),
  layout: layoutSchema.optional(),
  attendance: wholeNumberSchema(1_000_000).optional(),
  coolingHours: hoursSchema.default(0),
  heatingHours: hoursSchema.default(0),
  wiredLan: z.boolean().default(false),
});
export type AskedUse = z.infer<typeof askedUseSchema>;

export const askedUsesSchema = z.array(askedUseSchema).min(1).max(usesAtMost);

export const admissionMaxYenSchema = wholeNumberSchema(10_000_000);

export const askQuoteSchema = z.object({
  venue: venueCodeSchema,
  uses: askedUsesSchema,
  admissionMaxYen: admissionMaxYenSchema.default(0),
  isCommercial: z.boolean().default(false),
  customerClass: customerClassSchema.default('standard'),
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

const quoteLineSchema = z.object({
  kind: z.enum(['room', ...extraCodes]),
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

/** A quote as the API answers it. */
export const quoteSchema = z
  .object({
    tariffId: z.string(),
    lines: z.array(quoteLineSchema),
    totalYen: z.number(),
    taxYen: z.number(),
    taxRateBp: z.number(),
    taxes: z.array(z.object({ taxRateBp: z.number(), totalYen: z.number(), taxYen: z.number() })),
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
      ...sourcedShape,
    }),
    prices: z.array(
      z.object({
        configurationId: z.string(),
        bandCode: z.string(),
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
