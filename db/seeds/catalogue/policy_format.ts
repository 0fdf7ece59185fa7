import { z } from 'zod';

const key = z.string().regex(/^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/, 'not a key');
const code = z.string().regex(/^[a-z0-9]+(?:[-+_][a-z0-9]+)*$/, 'not a code');
const words = z.string().trim().min(1);
const day = z.iso.date('not a day such as 2024-04-01');
const roomClass = z.enum(['exhibition', 'convention', 'hall', 'meeting', 'outdoor']);
const days = z.int().nonnegative();
const named = { nameJa: words, nameEn: words, source: key };

const policySchema = z.strictObject({
  holdDays: z.int().positive(),
  remindDaysBefore: z.array(z.int().positive()),
  requestDeadlineDays: days,
  amendDeadlineDays: days,
  runDaysMost: z.int().positive(),
  optionsMost: days,
  challengeHours: z.int().positive(),
  offerHours: z.int().positive(),
  bufferMinutes: days,
  allowsOvertime: z.boolean(),
  approvesAutomatically: z.boolean(),
  amendmentsNeedApproval: z.boolean(),
  approverRoles: z.array(z.enum(['desk', 'manager', 'finance', 'administrator'])).nonempty(),
  source: key,
});

/** The conditions of use of a venue; what it does not say falls to the house's defaults. */
export const policyFormat = {
  policies: z.partialRecord(roomClass, policySchema).default({}),
  /** In the order in which they are shown. */
  refusalGrounds: z
    .record(code, z.strictObject({ groundJa: words, groundEn: words, source: key }))
    .default({}),
  prohibitedUses: z.record(code, z.strictObject(named)).default({}),
  reductionGrounds: z
    .record(
      code,
      z.strictObject({
        ...named,
        reducedBp: z.int().positive().max(10_000),
        excludesCommercial: z.boolean(),
      }),
    )
    .default({}),
  checklist: z
    .partialRecord(
      roomClass,
      z.record(code, z.strictObject({ ...named, dueDaysBefore: days, needsFile: z.boolean() })),
    )
    .default({}),
  parking: z
    .array(
      z.strictObject({
        startsOn: day,
        endsOn: day.optional(),
        spaces: z.int().nonnegative(),
        reasonJa: words,
        reasonEn: words,
        source: key,
      }),
    )
    .default([]),
};
