import { z } from 'zod';
import { localDaySchema } from '#api/shared/time.ts';

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
const codeSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_+.][a-z0-9]+)*$/)
  .max(120);

/** One room in one band of one day as people ask for it: codes or full ids, hours instead of minutes. */
export const askedUseSchema = z.object({
  room: codeSchema,
  configuration: codeSchema.optional(),
  date: localDaySchema,
  band: codeSchema,
  phase: phaseSchema.default('event'),
  layout: z.string().max(40).optional(),
  attendance: wholeNumberSchema(1_000_000).optional(),
  coolingHours: hoursSchema.default(0),
  heatingHours: hoursSchema.default(0),
  wiredLan: z.boolean().default(false),
});
export type AskedUse = z.infer<typeof askedUseSchema>;

export const askedUsesSchema = z.array(askedUseSchema).min(1).max(usesAtMost);

export const admissionMaxYenSchema = wholeNumberSchema(10_000_000);

export const askQuoteSchema = z.object({
  venue: codeSchema,
  uses: askedUsesSchema,
  admissionMaxYen: admissionMaxYenSchema.default(0),
  isCommercial: z.boolean().default(false),
  customerClass: customerClassSchema.default('standard'),
});
export type AskQuote = z.infer<typeof askQuoteSchema>;
