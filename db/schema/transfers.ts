import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  text,
  unique,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { FileNote } from '#api/transfers/rules/entry.ts';
import { fileNoteSchema } from '#api/transfers/schema.ts';
import { accounts } from './accounts.ts';
import { versionedJson, instant, publication } from './columns.ts';
import { payments } from './ledgers.ts';
import { venues } from './venues.ts';

/** An account of the operator into which organizers transfer. */
export const bankAccounts = pgTable(
  'bank_accounts',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    bankCode: text('bank_code').notNull(),
    bankName: text('bank_name').notNull(),
    branchCode: text('branch_code').notNull(),
    branchName: text('branch_name').notNull(),
    kind: text('kind', { enum: ['ordinary', 'current', 'savings'] }).notNull(),
    number: text('number').notNull(),
    holderKana: text('holder_kana').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [unique().on(table.bankCode, table.branchCode, table.kind, table.number)],
);

/** A file of the bank as it was read; the same file is refused a second time. */
export const bankImports = pgTable('bank_imports', {
  id: text('id').primaryKey(),
  fileName: text('file_name').notNull(),
  fileSha256: text('file_sha256').notNull().unique(),
  kind: text('kind', { enum: ['transfer_notice', 'account_statement'] }).notNull(),
  lineCount: integer('line_count').notNull(),
  /** Lines that an earlier file had brought already. */
  knownCount: integer('known_count').notNull(),
  totalYen: bigint('total_yen', { mode: 'number' }).notNull(),
  /** What of the file was not used, or not checked, and where it stands. */
  notes: versionedJson<readonly FileNote[]>('notes', z.array(fileNoteSchema)).notNull().default([]),
  importedByAccountId: text('imported_by_account_id').references(() => accounts.id),
  importedAt: instant('imported_at').notNull(),
});

/** One entry of the account; money that came in is a payment from the moment it is read. */
export const bankLines = pgTable(
  'bank_lines',
  {
    id: text('id').primaryKey(),
    importId: text('import_id')
      .notNull()
      .references(() => bankImports.id),
    bankAccountId: text('bank_account_id')
      .notNull()
      .references(() => bankAccounts.id),
    lineNumber: integer('line_number').notNull(),
    /** The same entry in another file: account, day, reference, amount and text, hashed. */
    lineKey: text('line_key').notNull().unique(),
    bookedOn: date('booked_on', { mode: 'string' }).notNull(),
    valueOn: date('value_on', { mode: 'string' }).notNull(),
    reference: text('reference').notNull(),
    isIncoming: boolean('is_incoming').notNull(),
    isCancelled: boolean('is_cancelled').notNull(),
    /** The earlier entry a cancelled one (取消区分) takes back; an entry is taken back once. */
    cancelsLineId: text('cancels_line_id')
      .unique()
      .references((): AnyPgColumn => bankLines.id),
    /** What went out may be more than anybody may own with us. */
    amountYen: bigint('amount_yen', { mode: 'number' }).notNull(),
    payerCode: text('payer_code').notNull(),
    /** As the bank writes it: half-width kana. */
    payerName: text('payer_name').notNull(),
    bankName: text('bank_name').notNull(),
    branchName: text('branch_name').notNull(),
    /** EDI information and remarks of the bank. */
    message: text('message').notNull(),
    paymentId: text('payment_id')
      .unique()
      .references(() => payments.id),
    /** Why an entry is none of ours (interest, our own money). */
    ignoredReason: text('ignored_reason'),
    ignoredByAccountId: text('ignored_by_account_id').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.importId), index().on(table.bankAccountId, table.bookedOn)],
);
