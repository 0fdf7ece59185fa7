import { z } from 'zod';
import { holidayRuleSchema, overtimeSchema, ruleOperationSchema } from '#api/fees/schema.ts';

const code = z.string().regex(/^[a-z0-9]+(?:[-+_][a-z0-9]+)*$/, 'not a code');
const key = z.string().regex(/^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/, 'not a key');
const words = z.string().trim().min(1);
const day = z.iso.date('not a day such as 2024-04-01');
const yen = z.int().positive();
const roomClass = z.enum(['exhibition', 'convention', 'hall', 'meeting', 'outdoor']);
const phase = z.enum(['setup', 'event', 'rehearsal', 'teardown', 'storage']);
const ownerBody = z.enum(['prefecture', 'city']);
const customerClass = z.enum(['standard', 'sme']);

export const bandCodes = [
  'morning',
  'afternoon',
  'evening',
  'daytime',
  'afternoon_evening',
  'all_day',
] as const;

const ruleConditionSchema = z.strictObject({
  phases: z.array(phase).nonempty().optional(),
  isCommercial: z.literal(true).optional(),
  admission: z.literal(true).optional(),
  roomClasses: z.array(roomClass).nonempty().optional(),
  ownerBodies: z.array(ownerBody).nonempty().optional(),
});

/** One price for every day, or one for each kind of day the holiday rule tells apart. */
const priceSchema = z.union([yen, z.strictObject({ weekday: yen, holiday: yen })]);

export const tariffSchema = z.strictObject({
  nameJa: words,
  effectiveFrom: day,
  effectiveUntil: day.optional(),
  taxRateBp: z.int().positive(),
  source: key,
  provisionalRuleJa: words,
  provisionalRuleEn: words,
  holidayRule: holidayRuleSchema.optional(),
  /** Without it, time outside the bands cannot be booked: it has no price. */
  overtime: overtimeSchema.omit({ publication: true }).extend({ source: key }).optional(),
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
  /** room → configuration → customer class → source → band → yen, or yen by kind of day */
  prices: z.record(
    code,
    z.record(
      code,
      z.partialRecord(
        customerClass,
        z.record(key, z.partialRecord(z.enum(bandCodes), priceSchema)),
      ),
    ),
  ),
  /** extra → source → `room.configuration` → yen */
  extras: z.partialRecord(
    z.enum(['cooling', 'heating', 'wired_lan']),
    z.strictObject({
      unit: z.enum(['hour', 'room_day']),
      fees: z.record(key, z.record(key, yen)),
    }),
  ),
});
