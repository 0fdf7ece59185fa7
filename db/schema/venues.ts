import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { publication } from './columns.ts';

export const venues = pgTable('venues', {
  id: text('id').primaryKey(),
  nameJa: text('name_ja').notNull(),
  nameEn: text('name_en').notNull(),
  nameKana: text('name_kana').notNull(),
  /** Stands in every number people see of this venue: `R08-BP-000123`. */
  numberPrefix: text('number_prefix').notNull(),
  /** How the venue is officially called besides its everyday name. */
  officialName: text('official_name').notNull(),
  descriptionJa: text('description_ja').notNull(),
  descriptionEn: text('description_en').notNull(),
  postalCode: text('postal_code'),
  addressJa: text('address_ja').notNull(),
  addressEn: text('address_en').notNull(),
  phone: text('phone'),
  /** Where answers to letters about its bookings go. */
  email: text('email'),
  zone: text('zone').notNull().default('Asia/Tokyo'),
  holdDays: integer('hold_days').notNull(),
  /** Local time at which a new month opens for booking. */
  opensAtTime: text('opens_at_time').notNull(),
  /** Payment is due this many days after approval, but never after the first use. */
  paymentDueDays: integer('payment_due_days').notNull(),
  /** Whether the booking rules above are the operator's published ones. */
  publication: publication(),
  source: text('source').notNull(),
  sortOrder: integer('sort_order').notNull(),
});

/** Who issues invoices and receipts of a venue, from a day on. */
export const venueIssuers = pgTable(
  'venue_issuers',
  {
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    name: text('name').notNull(),
    address: text('address').notNull(),
    registrationNumber: text('registration_number').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.effectiveFrom] })],
);
