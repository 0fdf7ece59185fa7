import { z } from 'zod';
import { roomClassSchema } from '../rooms/schema.ts';
import { staffRoles } from '../shared/actor.ts';
import { publicationSchema } from '../venues/schema.ts';

const days = z.int().min(0).max(400);
const hours = z.int().min(1).max(720);

/** What staff may set; where it comes from is written by the house. */
const policyFacts = {
  holdDays: z.int().min(1).max(400),
  remindDaysBefore: z.array(z.int().min(1).max(400)).max(5),
  requestDeadlineDays: days,
  amendDeadlineDays: days,
  runDaysMost: z.int().min(1).max(400),
  optionsMost: z.int().min(0).max(20),
  challengeHours: hours,
  offerHours: hours,
  bufferMinutes: z.int().min(0).max(1_440),
  allowsOvertime: z.boolean(),
  approvesAutomatically: z.boolean(),
  amendmentsNeedApproval: z.boolean(),
  approverRoles: z.array(z.enum(staffRoles)).min(1),
};

const sourced = { publication: publicationSchema, source: z.string() };

export const bookingPolicySchema = z
  .object({ ...policyFacts, ...sourced })
  .meta({ id: 'BookingPolicy' });
export type BookingPolicy = z.infer<typeof bookingPolicySchema>;

export const classPolicySchema = z
  .object({ roomClass: roomClassSchema, ...policyFacts, ...sourced })
  .meta({ id: 'ClassPolicy' });
export type ClassPolicy = z.infer<typeof classPolicySchema>;

const named = { code: z.string(), nameJa: z.string(), nameEn: z.string() };

export const refusalGroundSchema = z
  .object({ code: z.string(), groundJa: z.string(), groundEn: z.string(), ...sourced })
  .meta({ id: 'RefusalGround' });
export type RefusalGround = z.infer<typeof refusalGroundSchema>;

export const prohibitedUseSchema = z.object({ ...named, ...sourced }).meta({ id: 'ProhibitedUse' });
export type ProhibitedUse = z.infer<typeof prohibitedUseSchema>;

export const reductionGroundSchema = z
  .object({ ...named, reducedBp: z.int(), excludesCommercial: z.boolean(), ...sourced })
  .meta({ id: 'ReductionGround' });
export type ReductionGround = z.infer<typeof reductionGroundSchema>;

export const checklistItemSchema = z
  .object({
    roomClass: roomClassSchema,
    ...named,
    dueDaysBefore: z.int(),
    needsFile: z.boolean(),
    ...sourced,
  })
  .meta({ id: 'ChecklistItem' });
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

export const parkingCapacitySchema = z
  .object({
    startsOn: z.string(),
    endsOn: z.string().nullable(),
    spaces: z.int(),
    reasonJa: z.string(),
    reasonEn: z.string(),
    ...sourced,
  })
  .meta({ id: 'ParkingCapacity' });
export type ParkingCapacity = z.infer<typeof parkingCapacitySchema>;

/** Everything a venue lays down about its use. */
export const conditionsSchema = z
  .object({
    venue: z.object({ id: z.string(), nameJa: z.string(), nameEn: z.string() }),
    policies: z.array(classPolicySchema),
    refusalGrounds: z.array(refusalGroundSchema),
    prohibitedUses: z.array(prohibitedUseSchema),
    reductionGrounds: z.array(reductionGroundSchema),
    checklist: z.array(checklistItemSchema),
    parking: z.array(parkingCapacitySchema),
  })
  .meta({ id: 'ConditionsOfUse' });

/** Provenance of a policy that staff have set by hand; the catalogue leaves such rows alone. */
export const staffSource = '職員が設定';

export const changePolicySchema = z.object({ ...policyFacts, publication: publicationSchema });
export type ChangePolicy = z.infer<typeof changePolicySchema>;
