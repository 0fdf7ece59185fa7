import { z } from 'zod';
import { cancellationFormat } from './cancellation_format.ts';
import { policyFormat } from './policy_format.ts';
import { journalFormat } from './journal_format.ts';
import { receivableFormat } from './receivable_format.ts';
import { refundFormat } from './refund_format.ts';
import { bandCodes, tariffSchema } from './tariff_format.ts';
import { transferFormat } from './transfer_format.ts';
import {
  capacity,
  centiyen,
  closedMonthDay,
  code,
  count,
  countFromOne,
  day,
  endTime,
  key,
  measure,
  measureAboveZero,
  names,
  ownerBody,
  quantity,
  rateBp,
  roomClass,
  sortOrder,
  time,
  words,
  yen,
} from './values.ts';

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
    holdDays: countFromOne,
    opensAtTime: time,
    paymentDueDays: countFromOne,
    source: key,
  }),
  sortOrder,
});

const issuerSchema = z.strictObject({
  effectiveFrom: day,
  name: words,
  address: words,
  registrationNumber: z.string().regex(/^T\d{13}$/, 'not "T" and 13 digits'),
  source: key,
});

const planSchema = z.strictObject({
  x: measure,
  y: measure,
  width: measureAboveZero,
  height: measureAboveZero,
});

const configurationSchema = z.strictObject({
  ...names,
  cells: z.array(code).nonempty(),
  area: z.strictObject({ sqm: measureAboveZero, source: key }),
  opens: z.strictObject({ monthsBefore: countFromOne.max(120), source: key }),
  layouts: z.partialRecord(z.enum(layoutCodes), z.strictObject({ capacity, source: key })),
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
  stock: quantity,
  unitJa: words,
  unitEn: words,
  priceUnit: z.enum(['use', 'day', 'hour', 'metered']),
  unitFeeYen: yen,
  moveMinutes: count.default(0),
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
        unitFeeCentiyen: centiyen.default(0),
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
  slots: z.record(code, z.strictObject({ ...names, starts: time, ends: endTime, source: key })),
  bands: z.partialRecord(
    z.enum(bandCodes),
    z.strictObject({ ...names, slots: z.array(code).nonempty() }),
  ),
  closedDays: z.record(
    code,
    z.strictObject({
      from: closedMonthDay,
      to: closedMonthDay,
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
