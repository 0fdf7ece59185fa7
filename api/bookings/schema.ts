import { z } from 'zod';
import {
  admissionMaxYenSchema,
  askedUsesSchema,
  quoteSchema,
  wholeNumberSchema,
} from '../fees/schema.ts';
import { idSchema, type OrganizationId } from '../shared/ids.ts';
import { localDaySchema } from '../shared/time.ts';
import { bookingStates } from './rules/booking.ts';
import { transitions } from './rules/transitions.ts';

const textSchema = (most: number) => z.string().trim().min(1).max(most);

export const attendanceMost = 1_000_000;
const pageSize = 50;

export const holdBookingSchema = z.object({
  venue: textSchema(60),
  organizationId: idSchema<OrganizationId>('organization'),
  title: textSchema(100),
  purpose: textSchema(500),
  attendance: wholeNumberSchema(attendanceMost).optional(),
  admissionMaxYen: admissionMaxYenSchema.default(0),
  isCommercial: z.boolean().default(false),
  isPublic: z.boolean().default(false),
  uses: askedUsesSchema,
});
export type HoldBooking = z.infer<typeof holdBookingSchema>;

const versionSchema = z.coerce.number().int().min(1);

export const stepSchema = z.object({ version: versionSchema });
export const cancelSchema = z.object({ version: versionSchema, reason: textSchema(500) });
export const refuseSchema = z.object({
  version: versionSchema,
  reason: textSchema(1_000),
  ground: textSchema(500),
});

export const listBookingsSchema = z.object({
  venue: z.string().max(60).optional(),
  state: z.enum(bookingStates).optional(),
  from: localDaySchema.optional(),
  to: localDaySchema.optional(),
  query: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListBookings = z.infer<typeof listBookingsSchema>;
export const bookingsPageSize = pageSize;

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
    coolingMinutes: z.int(),
    heatingMinutes: z.int(),
    wiredLan: z.boolean(),
  })
  .meta({ id: 'BookingUse' });

export const bookingSchema = z
  .object({
    id: z.string(),
    number: z.string(),
    venueId: z.string(),
    organizationId: z.string(),
    organizationName: z.string(),
    contactName: z.string(),
    contactPhone: z.string(),
    contactEmail: z.string(),
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
    requestedAt: instantSchema.nullable(),
    decidedAt: instantSchema.nullable(),
    refusalReason: z.string().nullable(),
    refusalGround: z.string().nullable(),
    cancelledAt: instantSchema.nullable(),
    cancelReason: z.string().nullable(),
    createdAt: instantSchema,
    uses: z.array(bookingUseSchema),
    quote: quoteSchema,
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
  })
  .meta({ id: 'HistoryEntry' });
