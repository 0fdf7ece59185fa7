import { z } from 'zod';
import {
  code,
  count,
  countFromOne,
  day,
  key,
  names,
  quantity,
  rateBp,
  roomClass,
  words,
} from './values.ts';

const named = { ...names, source: key };

const policySchema = z.strictObject({
  holdDays: countFromOne,
  remindDaysBefore: z.array(countFromOne),
  requestDeadlineDays: count,
  amendDeadlineDays: count,
  runDaysMost: countFromOne,
  optionsMost: count,
  challengeHours: countFromOne,
  offerHours: countFromOne,
  bufferMinutes: count,
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
        reducedBp: rateBp.max(10_000),
        excludesCommercial: z.boolean(),
      }),
    )
    .default({}),
  checklist: z
    .partialRecord(
      roomClass,
      z.record(code, z.strictObject({ ...named, dueDaysBefore: count, needsFile: z.boolean() })),
    )
    .default({}),
  parking: z
    .array(
      z.strictObject({
        startsOn: day,
        endsOn: day.optional(),
        spaces: quantity,
        reasonJa: words,
        reasonEn: words,
        source: key,
      }),
    )
    .default([]),
};
