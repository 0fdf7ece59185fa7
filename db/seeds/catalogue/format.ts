import { z } from 'zod';

const code = z.string().regex(/^[a-z0-9]+(?:[-+_][a-z0-9]+)*$/, 'not a code');
const key = z.string().regex(/^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/, 'not a key');
const words = z.string().trim().min(1);
const time = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'not a time such as "09:00"');
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'not a month and day such as "12-29"');
const day = z.iso.date('not a day such as 2024-04-01');
const yen = z.int().nonnegative();
const rateBp = z.int().positive();
const names = { nameJa: words, nameEn: words };

const bandCodes = [
  'morning',
  'afternoon',
  'evening',
  'daytime',
  'afternoon_evening',
  'all_day',
] as const;
const layoutCodes = ['theatre', 'school', 'round_table', 'banquet', 'meeting', 'booths'] as const;
const roomClass = z.enum(['exhibition', 'convention', 'hall', 'meeting', 'outdoor']);
const phase = z.enum(['setup', 'event', 'rehearsal', 'teardown', 'storage']);
const ownerBody = z.enum(['prefecture', 'city']);
const customerClass = z.enum(['standard', 'sme']);

const sourceSchema = z.strictObject({
  publication: z.enum(['published', 'provisional']),
  text: words,
});

const venueSchema = z.strictObject({
  code,
  numberPrefix: z.string().regex(/^[A-Z]{2}$/, 'not two capital letters'),
  ...names,
  nameKana: words,
  officialName: words,
  descriptionJa: words,
  descriptionEn: words,
  postalCode: words.optional(),
  addressJa: words,
  addressEn: words,
  phone: words.optional(),
  bookingRules: z.strictObject({
    holdDays: z.int().positive(),
    opensAtTime: time,
    paymentDueDays: z.int().positive(),
    source: key,
  }),
  sortOrder: z.int(),
});

const issuerSchema = z.strictObject({
  effectiveFrom: day,
  name: words,
  address: words,
  registrationNumber: z.string().regex(/^T\d{13}$/, 'not "T" and 13 digits'),
  source: key,
});

const planSchema = z.strictObject({
  x: z.number().nonnegative(),
  y: z.number().nonnegative(),
  width: z.number().positive(),
  height: z.number().positive(),
});

const configurationSchema = z.strictObject({
  ...names,
  cells: z.array(code).nonempty(),
  area: z.strictObject({ sqm: z.number().positive(), source: key }),
  opens: z.strictObject({ monthsBefore: z.int().positive(), source: key }),
  layouts: z.partialRecord(
    z.enum(layoutCodes),
    z.strictObject({ capacity: z.int().positive(), source: key }),
  ),
});

const roomSchema = z.strictObject({
  ...names,
  nameKana: words,
  roomClass,
  ownerBody,
  floor: words.optional(),
  descriptionJa: words,
  descriptionEn: words,
  source: key,
  cells: z.record(code, z.strictObject({ ...names, plan: planSchema })),
  configurations: z.record(code, configurationSchema),
});

const ruleConditionSchema = z.strictObject({
  phases: z.array(phase).nonempty().optional(),
  isCommercial: z.literal(true).optional(),
  admission: z.literal(true).optional(),
  roomClasses: z.array(roomClass).nonempty().optional(),
  ownerBodies: z.array(ownerBody).nonempty().optional(),
});

const ruleOperationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('multiply'), rateBp }),
  z.strictObject({
    kind: z.literal('admission_tiers'),
    tiers: z.array(z.strictObject({ fromYen: yen, addBp: rateBp })).nonempty(),
  }),
]);

const tariffSchema = z.strictObject({
  nameJa: words,
  effectiveFrom: day,
  effectiveUntil: day.optional(),
  taxRateBp: rateBp,
  source: key,
  provisionalRuleJa: words,
  provisionalRuleEn: words,
  /** In the order in which they apply. */
  rules: z.record(
    code,
    z.strictObject({
      condition: ruleConditionSchema,
      operation: ruleOperationSchema,
      reasonJa: words,
      reasonEn: words,
      source: key,
    }),
  ),
  /** room → configuration → customer class → source → band → yen */
  prices: z.record(
    code,
    z.record(
      code,
      z.partialRecord(
        customerClass,
        z.record(key, z.partialRecord(z.enum(bandCodes), yen.positive())),
      ),
    ),
  ),
  /** extra → source → `room.configuration` → yen */
  extras: z.partialRecord(
    z.enum(['cooling', 'heating', 'wired_lan']),
    z.strictObject({
      unit: z.enum(['hour', 'room_day']),
      fees: z.record(key, z.record(key, yen.positive())),
    }),
  ),
});

const figureSchema = z.strictObject({
  ...names,
  rooms: z.array(code).nonempty(),
  plans: z.record(
    z.string().regex(/^\d{4}$/),
    z.strictObject({ rateBp: rateBp.max(10_000), source: key }),
  ),
  definitions: z
    .array(
      z.strictObject({
        effectiveFrom: day,
        definition: z.enum(['day', 'slot']),
        countsSetup: z.boolean(),
        source: key,
      }),
    )
    .nonempty(),
});

/** One venue with everything the operator publishes about it; every figure names its source. */
export const catalogueFileSchema = z.strictObject({
  sources: z.record(key, sourceSchema),
  venue: venueSchema,
  issuers: z.array(issuerSchema).nonempty(),
  slots: z.record(code, z.strictObject({ ...names, starts: time, ends: time, source: key })),
  bands: z.partialRecord(
    z.enum(bandCodes),
    z.strictObject({ ...names, slots: z.array(code).nonempty() }),
  ),
  closedDays: z.record(
    code,
    z.strictObject({
      from: monthDay,
      to: monthDay,
      reasonJa: words,
      reasonEn: words,
      source: key,
    }),
  ),
  rooms: z.record(code, roomSchema),
  tariffs: z.record(code, tariffSchema),
  occupancyFigures: z.record(code, figureSchema),
});

export type CatalogueFile = z.infer<typeof catalogueFileSchema>;
