import { z } from 'zod';

import { idSchema, type EquipmentRequestId, type UseId } from '../shared/ids.ts';
import { codeSchema, oneLineSchema } from '../shared/text.ts';
import { instantSchema, localDaySchema } from '../shared/time.ts';
import { publicationSchema, venueCodeSchema } from '../venues/schema.ts';
import { wholeNumberSchema } from '../shared/typed.ts';

export const equipmentKinds = ['equipment', 'service'] as const;
export const priceUnits = ['use', 'day', 'hour', 'metered'] as const;
export const requestStates = ['promised', 'short', 'dropped'] as const;
export type RequestState = (typeof requestStates)[number];

const itemIdSchema = codeSchema(120, 0);

const quantityMost = 100_000;
const feeYenMost = 10_000_000;
const moveMinutesMost = 1_440;
const linesMost = 1_000;

export const equipmentItemSchema = z
  .object({
    id: z.string(),
    venueId: z.string(),
    code: z.string(),
    kind: z.enum(equipmentKinds),
    nameJa: z.string(),
    nameEn: z.string(),
    groupJa: z.string(),
    groupEn: z.string(),
    stock: z.int(),
    unitJa: z.string(),
    unitEn: z.string(),
    priceUnit: z.enum(priceUnits),
    unitFeeYen: z.int(),
    moveMinutes: z.int(),
    isRetired: z.boolean(),
    publication: publicationSchema,
    source: z.string(),
    sortOrder: z.int(),
  })
  .meta({ id: 'EquipmentItem' });
export type EquipmentItem = z.infer<typeof equipmentItemSchema>;

export const listEquipmentSchema = z.object({
  venue: venueCodeSchema,
  from: instantSchema.optional(),
  until: instantSchema.optional(),
  /** Also what is no longer lent. */
  retired: z.enum(['include']).optional(),
});

export const equipmentDaySchema = z.object({ venue: venueCodeSchema, date: localDaySchema });

export const setEquipmentSchema = z.object({
  version: z.coerce.number().int().min(1).optional(),
  lines: z
    .array(
      z.object({
        useId: idSchema<UseId>('use'),
        itemId: itemIdSchema,
        quantity: wholeNumberSchema(quantityMost),
        note: oneLineSchema(200, 0).optional(),
      }),
    )
    .min(1)
    .max(linesMost),
});
export type SetEquipment = z.infer<typeof setEquipmentSchema>;

export const recordActualsSchema = z.object({
  lines: z
    .array(
      z.object({
        requestId: idSchema<EquipmentRequestId>('equipment_request'),
        actualQuantity: wholeNumberSchema(quantityMost),
      }),
    )
    .min(1)
    .max(linesMost),
});
export type RecordActuals = z.infer<typeof recordActualsSchema>;

const itemFacts = {
  nameJa: oneLineSchema(60),
  nameEn: oneLineSchema(100),
  stock: wholeNumberSchema(quantityMost),
  unitFeeYen: wholeNumberSchema(feeYenMost),
  moveMinutes: wholeNumberSchema(moveMinutesMost),
  publication: publicationSchema,
  source: oneLineSchema(300),
};

export const changeItemSchema = z.object({ ...itemFacts, isRetired: z.boolean() }).partial();
export type ChangeItem = z.infer<typeof changeItemSchema>;

export const newItemSchema = z.object({
  ...itemFacts,
  venue: venueCodeSchema,
  code: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  kind: z.enum(equipmentKinds),
  groupJa: oneLineSchema(40),
  groupEn: oneLineSchema(60),
  unitJa: oneLineSchema(10),
  unitEn: oneLineSchema(20),
  priceUnit: z.enum(priceUnits),
});
export type NewItem = z.infer<typeof newItemSchema>;

export const equipmentRequestSchema = z
  .object({
    id: z.string(),
    useId: z.string().nullable(),
    itemId: z.string(),
    quantity: z.int(),
    actualQuantity: z.int().nullable(),
    unitFeeYen: z.int(),
    state: z.enum(requestStates),
    note: z.string(),
  })
  .meta({ id: 'EquipmentRequest' });

const conflictSchema = z.object({
  from: z.string(),
  until: z.string(),
  quantity: z.int().optional(),
  bookingId: z.string().optional(),
  bookingNumber: z.string().optional(),
  title: z.string().optional(),
});

const shortageSchema = z.object({
  itemId: z.string(),
  useId: z.string(),
  wanted: z.int(),
  free: z.int(),
  stock: z.int(),
  peak: z.int(),
  peakAt: z.string(),
  conflicts: z.array(conflictSchema),
});

export const equipmentQuoteSchema = z
  .object({
    lines: z.array(
      z.object({
        itemId: z.string(),
        requestIds: z.array(z.string()),
        useIds: z.array(z.string()),
        usedOn: z.string(),
        roomId: z.string(),
        nameJa: z.string(),
        nameEn: z.string(),
        quantity: z.int(),
        unitFeeYen: z.int(),
        amountYen: z.int(),
        reasonJa: z.string(),
        reasonEn: z.string(),
        publication: publicationSchema,
        source: z.string(),
        isOpen: z.boolean(),
      }),
    ),
    totalYen: z.int(),
    taxYen: z.int(),
    isProvisional: z.boolean(),
    isOpen: z.boolean(),
  })
  .meta({ id: 'EquipmentQuote' });

export const bookingEquipmentSchema = z
  .object({
    items: z.array(equipmentItemSchema.extend({ free: z.record(z.string(), z.int()) })),
    requests: z.array(equipmentRequestSchema),
    shortages: z.array(shortageSchema),
    quote: equipmentQuoteSchema,
    changeableUntil: z.string(),
    canChange: z.boolean(),
    canRecord: z.boolean(),
  })
  .meta({ id: 'BookingEquipment' });

const takerSchema = z.object({
  bookingId: z.string(),
  bookingNumber: z.string(),
  title: z.string(),
  organizationName: z.string(),
});

const placeSchema = z.object({
  roomNameJa: z.string(),
  roomNameEn: z.string(),
  configurationNameJa: z.string(),
  configurationNameEn: z.string(),
});

export const dayOfEquipmentSchema = z
  .object({
    date: z.string(),
    items: z.array(
      equipmentItemSchema.extend({
        peak: z.int(),
        free: z.int(),
        takes: z.array(
          takerSchema.extend({
            from: z.string(),
            until: z.string(),
            quantity: z.int(),
            roomNameJa: z.string(),
            roomNameEn: z.string(),
          }),
        ),
      }),
    ),
    picks: z.array(
      takerSchema.extend({
        ...placeSchema.shape,
        useId: z.string(),
        startsAt: z.string(),
        endsAt: z.string(),
        lines: z.array(
          z.object({ itemId: z.string(), quantity: z.int(), state: z.string(), note: z.string() }),
        ),
      }),
    ),
    shortages: z.array(
      takerSchema.extend({ itemId: z.string(), usedOn: z.string(), quantity: z.int() }),
    ),
  })
  .meta({ id: 'EquipmentDay' });
