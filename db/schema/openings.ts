import { date, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { DrawOutcome } from '#api/openings/rules/draw.ts';
import type { PublicWish } from '#api/openings/rules/lottery.ts';
import { holdBookingSchema } from '#api/bookings/schema/bookings.ts';
import { drawResultSchema, wishSchema } from '#api/openings/schema.ts';
import { accounts } from './accounts.ts';
import { bookings } from './bookings.ts';
import { versionedJson, instant } from './columns.ts';
import { organizations } from './organizations.ts';
import { openingPeriods } from './slots.ts';
import { venues } from './venues.ts';

/** A lottery for the days of an opening period. */
export const lotteries = pgTable(
  'lotteries',
  {
    id: text('id').primaryKey(),
    openingPeriodId: text('opening_period_id')
      .notNull()
      .unique()
      .references(() => openingPeriods.id),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    roomClass: text('room_class').notNull(),
    usesFrom: date('uses_from', { mode: 'string' }).notNull(),
    usesUntil: date('uses_until', { mode: 'string' }).notNull(),
    collectsFrom: instant('collects_from').notNull(),
    collectsUntil: instant('collects_until').notNull(),
    drawsAt: instant('draws_at').notNull(),
    acceptBy: instant('accept_by').notNull(),
    /** Entries one organization may make. */
    entriesMost: integer('entries_most').notNull(),
    /** SHA-256 of the seed, published before anybody enters. */
    seedHash: text('seed_hash').notNull(),
    /** Told to nobody before the draw. */
    seed: text('seed').notNull(),
    createdByAccountId: text('created_by_account_id').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.venueId, table.usesFrom)],
);

/** One wish in a lottery; its number is public, its name is not. */
export const lotteryEntries = pgTable(
  'lottery_entries',
  {
    id: text('id').primaryKey(),
    lotteryId: text('lottery_id')
      .notNull()
      .references(() => lotteries.id),
    number: integer('number').notNull(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    accountId: text('account_id').references(() => accounts.id),
    /** What is wished for, as a booking is asked for. */
    asked: versionedJson('asked', holdBookingSchema).notNull(),
    /** Cells and times of the wish, by which clashes are told in public. */
    claims: versionedJson<PublicWish>('claims', wishSchema).notNull(),
    state: text('state', {
      enum: ['entered', 'withdrawn', 'won', 'next_in_line', 'accepted', 'declined', 'lost'],
    }).notNull(),
    bookingId: text('booking_id').references(() => bookings.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [unique().on(table.lotteryId, table.number), index().on(table.organizationId)],
);

/** The draw itself: once per lottery, append-only. */
export const lotteryDraws = pgTable('lottery_draws', {
  lotteryId: text('lottery_id')
    .primaryKey()
    .references(() => lotteries.id),
  seed: text('seed').notNull(),
  /** Entry numbers in the order drawn. */
  order: versionedJson<readonly number[]>('order', z.array(z.int())).notNull(),
  /** Entry numbers that won, and whom each loser lost to. */
  result: versionedJson<DrawOutcome>('result', drawResultSchema).notNull(),
  drawnAt: instant('drawn_at').notNull(),
});
