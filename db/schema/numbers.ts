import { integer, pgTable, text } from 'drizzle-orm/pg-core';

/** Gap-free running numbers: the row is locked by the transaction that takes the next one. */
export const numberSequences = pgTable('number_sequences', {
  id: text('id').primaryKey(),
  lastNumber: integer('last_number').notNull(),
});
