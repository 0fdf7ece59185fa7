import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import {
  holidayRuleSchema,
  overtimeSchema,
  ruleConditionSchema,
  ruleOperationSchema,
} from '#api/fees/schema.ts';
import { versionedJson, publication } from './columns.ts';
import { configurations } from './rooms.ts';
import { venues } from './venues.ts';

/** A version of a venue's prices, in force from a day of use. */
export const tariffs = pgTable(
  'tariffs',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    nameJa: text('name_ja').notNull(),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    effectiveUntil: date('effective_until', { mode: 'string' }),
    taxRateBp: integer('tax_rate_bp').notNull(),
    publication: publication(),
    source: text('source').notNull(),
    /** The written rule from which the provisional rows were derived. */
    provisionalRuleJa: text('provisional_rule_ja').notNull(),
    provisionalRuleEn: text('provisional_rule_en').notNull(),
    /** Which days count as holidays for the price; absent where every day costs the same. */
    holidayRule: versionedJson('holiday_rule', holidayRuleSchema),
    /** What an hour before or after a band costs; absent where out-of-hours use has no price. */
    overtime: versionedJson('overtime', overtimeSchema),
  },
  (table) => [index().on(table.venueId, table.effectiveFrom)],
);

/** The price of a configuration in a band; every band is stored, no bundle is computed. */
export const tariffPrices = pgTable(
  'tariff_prices',
  {
    tariffId: text('tariff_id')
      .notNull()
      .references(() => tariffs.id),
    configurationId: text('configuration_id')
      .notNull()
      .references(() => configurations.id),
    bandCode: text('band_code').notNull(),
    dayType: text('day_type', { enum: ['all', 'weekday', 'holiday'] })
      .notNull()
      .default('all'),
    customerClass: text('customer_class', { enum: ['standard', 'sme'] }).notNull(),
    feeYen: integer('fee_yen').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.tariffId,
        table.configurationId,
        table.bandCode,
        table.dayType,
        table.customerClass,
      ],
    }),
  ],
);

/** A surcharge or reduction of a tariff as data: what kind, when, how much, in which order. */
export const tariffRules = pgTable(
  'tariff_rules',
  {
    tariffId: text('tariff_id')
      .notNull()
      .references(() => tariffs.id),
    code: text('code').notNull(),
    sortOrder: integer('sort_order').notNull(),
    condition: versionedJson('condition', ruleConditionSchema).notNull(),
    operation: versionedJson('operation', ruleOperationSchema).notNull(),
    reasonJa: text('reason_ja').notNull(),
    reasonEn: text('reason_en').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tariffId, table.code] })],
);

/** What is charged beside the room: cooling, heating, wired LAN. */
export const tariffExtras = pgTable(
  'tariff_extras',
  {
    tariffId: text('tariff_id')
      .notNull()
      .references(() => tariffs.id),
    code: text('code', { enum: ['cooling', 'heating', 'wired_lan'] }).notNull(),
    configurationId: text('configuration_id')
      .notNull()
      .references(() => configurations.id),
    unit: text('unit', { enum: ['hour', 'room_day'] }).notNull(),
    unitFeeYen: integer('unit_fee_yen').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tariffId, table.code, table.configurationId] })],
);
