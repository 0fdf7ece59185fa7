import { z } from 'zod';
import { cancellationFormat } from './cancellation_format.ts';
import { policyFormat } from './policy_format.ts';
import { journalFormat } from './journal_format.ts';
import { receivableFormat } from './receivable_format.ts';
import { refundFormat } from './refund_format.ts';
import { bandCodes, tariffSchema } from './tariff_format.ts';
import { transferFormat } from './transfer_format.ts';

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

const layoutCodes = ['theatre', 'school', 'round_table', 'banquet', 'meeting', 'booths'] as const;
const featureCodes = [
  'screen',
  'hanging_battens',
  'power_panel',
  'interpretation',
  'column_free',
  'loading_doors',
  'wheelchair',
  'accessible_toilet',
] as const;
const roomClass = z.enum(['exhibition', 'convention', 'hall', 'meeting', 'outdoor']);
const ownerBody = z.enum(['prefecture', 'city']);

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
  email: z.email().optional(),
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
  /** feature → source */
  features: z.partialRecord(z.enum(featureCodes), key).optional(),
  cells: z.record(code, z.strictObject({ ...names, plan: planSchema })),
  configurations: z.record(code, configurationSchema),
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

/** Something the venue lends with its rooms, or a service. */
const equipmentItemFacts = z.strictObject({
  ...names,
  kind: z.enum(['equipment', 'service']).default('equipment'),
  group: code,
  stock: z.int().nonnegative(),
  unitJa: words,
  unitEn: words,
  priceUnit: z.enum(['use', 'day', 'hour', 'metered']),
  unitFeeYen: yen,
  moveMinutes: z.int().nonnegative().default(0),
  source: key,
});

const utilitySchema = z.strictObject({
  rooms: z.array(code).nonempty(),
  utility: z.enum(['electricity', 'water', 'hvac']),
  meter: z.strictObject({ ...names, unit: z.enum(['kWh', 'm3', 'h']), source: key }).optional(),
  /** From a day on: whether the room fee includes it, and else the price of a unit in 1/100 yen. */
  terms: z
    .array(
      z.strictObject({
        effectiveFrom: day,
        feeIncludes: z.boolean(),
        unitFeeCentiyen: z.int().nonnegative().default(0),
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
  ...policyFormat,
  ...receivableFormat,
  ...journalFormat,
  ...cancellationFormat,
  ...refundFormat,
  ...transferFormat,
  rooms: z.record(code, roomSchema),
  tariffs: z.record(code, tariffSchema),
  occupancyFigures: z.record(code, figureSchema),
  equipmentGroups: z.record(code, z.strictObject(names)).default({}),
  equipment: z.record(code, equipmentItemFacts).default({}),
  utilities: z.array(utilitySchema).default([]),
});

export type CatalogueFile = z.infer<typeof catalogueFileSchema>;
