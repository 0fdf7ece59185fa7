import { z } from 'zod';
import { holidayRuleSchema, overtimeSchema, ruleOperationSchema } from '#api/fees/schema.ts';
import {
  code,
  day,
  key,
  monthDay,
  ownerBody,
  priceYen,
  rateBp,
  roomClass,
  words,
} from './values.ts';

const phase = z.enum(['setup', 'event', 'rehearsal', 'teardown', 'storage']);
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

const numbersOf = (node: unknown): number[] => {
  if (typeof node === 'number') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(numbersOf) : [];
};
const operandMost = 100_000_000;
const isWithinReach = (operation: unknown) =>
  numbersOf(operation).every((operand) => operand <= operandMost);

/** One price for every day, or one for each kind of day the holiday rule tells apart. */
const priceSchema = z.union([priceYen, z.strictObject({ weekday: priceYen, holiday: priceYen })]);

export const tariffSchema = z.strictObject({
  nameJa: words,
  effectiveFrom: day,
  effectiveUntil: day.optional(),
  taxRateBp: rateBp.max(10_000),
  source: key,
  provisionalRuleJa: words,
  provisionalRuleEn: words,
  holidayRule: holidayRuleSchema
    .extend({ monthDays: z.array(z.strictObject({ from: monthDay, to: monthDay })).default([]) })
    .optional(),
  /** Without it, time outside the bands cannot be booked: it has no price. */
  overtime: overtimeSchema
    .omit({ publication: true })
    .extend({
      hourShareBp: rateBp,
      roundDownToYen: priceYen.default(1),
      reasonJa: words,
      reasonEn: words,
      source: key,
    })
    .optional(),
  /** In the order in which they apply. */
  rules: z.record(
    code,
    z.strictObject({
      condition: ruleConditionSchema,
      operation: ruleOperationSchema.refine(isWithinReach, {
        message: '率や倍数が大きすぎます / a rate or multiple is too large',
      }),
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
      fees: z.record(key, z.record(key, priceYen)),
    }),
  ),
});
