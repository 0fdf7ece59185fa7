import { boolean, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { publication } from './columns.ts';
import { venues } from './venues.ts';

const venueId = () =>
  text('venue_id')
    .notNull()
    .references(() => venues.id);

const roomClass = () =>
  text('room_class', {
    enum: ['exhibition', 'convention', 'hall', 'meeting', 'outdoor'],
  }).notNull();

const sourced = () => ({ publication: publication(), source: text('source').notNull() });

/** The rules of booking of one class of rooms at a venue. */
export const bookingPolicies = pgTable(
  'booking_policies',
  {
    venueId: venueId(),
    roomClass: roomClass(),
    holdDays: integer('hold_days').notNull(),
    /** Days before the end of a hold on which its holder is reminded. */
    remindDaysBefore: integer('remind_days_before').array().notNull(),
    /** The request for approval must come this many days before the first use. */
    requestDeadlineDays: integer('request_deadline_days').notNull(),
    /** Changes are taken until this many days before the first use. */
    amendDeadlineDays: integer('amend_deadline_days').notNull(),
    /** Days in a row one booking may run. */
    runDaysMost: integer('run_days_most').notNull(),
    /** Options that may stand behind one hold; none means no options. */
    optionsMost: integer('options_most').notNull(),
    challengeHours: integer('challenge_hours').notNull(),
    /** How long cells are kept for the next in line. */
    offerHours: integer('offer_hours').notNull(),
    /** Empty time after each use. */
    bufferMinutes: integer('buffer_minutes').notNull(),
    allowsOvertime: boolean('allows_overtime').notNull(),
    /** Plain use is approved as soon as it is requested. */
    approvesAutomatically: boolean('approves_automatically').notNull(),
    /** Changes of an approved booking wait for a manager. */
    amendmentsNeedApproval: boolean('amendments_need_approval').notNull(),
    approverRoles: text('approver_roles', {
      enum: ['desk', 'manager', 'finance', 'administrator'],
    })
      .array()
      .notNull(),
    ...sourced(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.roomClass] })],
);

/** A legal ground on which use may be refused. */
export const refusalGrounds = pgTable(
  'refusal_grounds',
  {
    venueId: venueId(),
    code: text('code').notNull(),
    groundJa: text('ground_ja').notNull(),
    groundEn: text('ground_en').notNull(),
    sortOrder: integer('sort_order').notNull(),
    ...sourced(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.code] })],
);

/** A use the venue does not allow; the organizer confirms having read them. */
export const prohibitedUses = pgTable(
  'prohibited_uses',
  {
    venueId: venueId(),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    sortOrder: integer('sort_order').notNull(),
    ...sourced(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.code] })],
);

/** A ground on which the fee is reduced (減免), and by how much. */
export const reductionGrounds = pgTable(
  'reduction_grounds',
  {
    venueId: venueId(),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    /** Share of the room fee that is not charged. */
    reducedBp: integer('reduced_bp').notNull(),
    /** Never for use made for profit. */
    excludesCommercial: boolean('excludes_commercial').notNull(),
    sortOrder: integer('sort_order').notNull(),
    ...sourced(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.code] })],
);

/** What is settled in the planning meeting for a class of rooms. */
export const checklistItems = pgTable(
  'checklist_items',
  {
    venueId: venueId(),
    roomClass: roomClass(),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    /** Settled this many days before the first use. */
    dueDaysBefore: integer('due_days_before').notNull(),
    needsFile: boolean('needs_file').notNull(),
    sortOrder: integer('sort_order').notNull(),
    ...sourced(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.roomClass, table.code] })],
);

/** Parking spaces of a venue between two days (both included). */
export const parkingCapacities = pgTable(
  'parking_capacities',
  {
    venueId: venueId(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }),
    spaces: integer('spaces').notNull(),
    reasonJa: text('reason_ja').notNull(),
    reasonEn: text('reason_en').notNull(),
    ...sourced(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.startsOn] })],
);
