import { z } from 'zod';
import { admissionMaxYenSchema, askedUsesSchema, quoteSchema } from '../../fees/schema.ts';
import { idSchema, type OrganizationId } from '../../shared/ids.ts';
import { codeSchema, oneLineSchema, textSchema } from '../../shared/text.ts';
import { bookingStates, cancelGrounds, originKinds } from '../rules/booking.ts';
import { transitions } from '../rules/transitions.ts';
import { wholeNumberSchema } from '../../shared/typed.ts';
import { publicationSchema } from '../../venues/schema.ts';

export const attendanceMost = 1_000_000;

export const holdBookingSchema = z
  .object({
    venue: codeSchema(60),
    organizationId: idSchema<OrganizationId>('organization'),
    title: oneLineSchema(100),
    purpose: textSchema(500),
    attendance: wholeNumberSchema(attendanceMost).optional(),
    admissionMaxYen: admissionMaxYenSchema.default(0),
    isCommercial: z.boolean().default(false),
    isPublic: z.boolean().default(false),
    /** Let in before its period opens, by a manager and for everybody to see. */
    priorityReason: oneLineSchema(200).optional(),
    uses: askedUsesSchema,
    /** Where something is in the way: stand behind it as an option, or wait for it to be given back. */
    mode: z.enum(['hold', 'option', 'wait']).optional(),
  })
  .meta({
    example: {
      venue: 'big-palette',
      organizationId: 'org_01k9xw4c7hf2v8m3q5r6s7t8u9',
      title: '秋の住宅フェア',
      purpose: '住宅設備の展示と相談会',
      uses: [{ room: 'exhibition-hall', configuration: 'b', date: '2027-02-14', band: 'daytime' }],
    },
  });
export type HoldBooking = z.infer<typeof holdBookingSchema>;

export const versionSchema = z.coerce.number().int().min(1);

export const stepSchema = z
  .object({ version: versionSchema })
  .meta({ description: 'The version that was shown', example: { version: 1 } });
export const cancelSchema = z
  .object({
    version: versionSchema,
    reason: textSchema(500),
    /** On whose account; another than the organizer's is for managers to say. */
    ground: z.enum(cancelGrounds).default('organizer'),
    /** The cancellation fee as it was shown; where it is another by now, nothing happens. */
    keptYen: z.coerce.number().int().min(0).optional(),
  })
  .meta({ example: { version: 3, reason: '講師の都合により中止します' } });
export const refuseSchema = z
  .object({
    version: versionSchema,
    reason: textSchema(1_000),
    /** One of the venue's grounds of refusal, or a ground in words. */
    groundCode: codeSchema(60).optional(),
    ground: textSchema(500).optional(),
  })
  .refine(({ groundCode, ground }) => groundCode !== undefined || ground !== undefined, {
    path: ['ground'],
    params: { code: 'http.required' },
  })
  .meta({
    example: {
      version: 2,
      reason: '非常口をふさぐ配置のままでは承認できません',
      ground: '管理上支障があると認められるとき',
    },
  });

const instantSchema = z.string();

export const bookingUseSchema = z
  .object({
    id: z.string(),
    position: z.int(),
    roomId: z.string(),
    roomNameJa: z.string(),
    roomNameEn: z.string(),
    configurationId: z.string(),
    configurationNameJa: z.string(),
    configurationNameEn: z.string(),
    usedOn: z.string(),
    bandCode: z.string(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    phase: z.string(),
    layout: z.string().nullable(),
    attendance: z.int().nullable(),
    /** Out-of-hours time, within `startsAt` and `endsAt`. */
    earlyMinutes: z.int(),
    lateMinutes: z.int(),
    coolingMinutes: z.int(),
    heatingMinutes: z.int(),
    wiredLan: z.boolean(),
  })
  .meta({ id: 'BookingUse' });

export const reductionSchema = z.object({
  groundCode: z.string(),
  reducedBp: z.int(),
  nameJa: z.string(),
  nameEn: z.string(),
  publication: publicationSchema,
  source: z.string(),
});

export const bookingSchema = z
  .object({
    id: z.string(),
    number: z.string(),
    venueId: z.string(),
    organizationId: z.string(),
    organizationName: z.string(),
    contactName: z.string(),
    contactPhone: z.string(),
    contactEmail: z.string().nullable(),
    state: z.enum(bookingStates),
    version: z.int(),
    title: z.string(),
    purpose: z.string(),
    attendance: z.int().nullable(),
    admissionMaxYen: z.int(),
    isCommercial: z.boolean(),
    customerClass: z.string(),
    isPublic: z.boolean(),
    holdExpiresAt: instantSchema,
    queuedAt: instantSchema.nullable(),
    promotedAt: instantSchema.nullable(),
    challengedAt: instantSchema.nullable(),
    challengeEndsAt: instantSchema.nullable(),
    requestedAt: instantSchema.nullable(),
    decidedAt: instantSchema.nullable(),
    refusalReason: z.string().nullable(),
    refusalGround: z.string().nullable(),
    cancelledAt: instantSchema.nullable(),
    cancelReason: z.string().nullable(),
    cancelGround: z.enum(cancelGrounds).nullable(),
    originBookingId: z.string().nullable(),
    originKind: z.enum(originKinds).nullable(),
    createdAt: instantSchema,
    uses: z.array(bookingUseSchema),
    quote: quoteSchema,
    reduction: reductionSchema.nullable(),
    priorityReason: z.string().nullable(),
    isApprovedByRule: z.boolean(),
    isApprovedAtOnce: z.boolean(),
    allowedActions: z.array(z.enum(transitions)),
  })
  .meta({ id: 'Booking' });

export const bookingSummarySchema = z
  .object({
    id: z.string(),
    number: z.string(),
    venueId: z.string(),
    organizationName: z.string(),
    state: z.enum(bookingStates),
    title: z.string(),
    firstUsedOn: z.string(),
    lastUsedOn: z.string(),
    roomNamesJa: z.array(z.string()),
    roomNamesEn: z.array(z.string()),
    totalYen: z.int(),
    isProvisional: z.boolean(),
    holdExpiresAt: instantSchema,
    requestedAt: instantSchema.nullable(),
    createdAt: instantSchema,
    version: z.int(),
  })
  .meta({ id: 'BookingSummary' });

export const historyEntrySchema = z
  .object({
    happenedAt: instantSchema,
    action: z.string(),
    actorKind: z.string(),
    actorName: z.string().nullable(),
    /** Why, where the deed asks for a reason. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'HistoryEntry' });
