import type { journalAccounts } from '../../schema/closings.ts';
import type { CatalogueFile } from './format.ts';

export interface JournalRows {
  readonly journalAccounts: (typeof journalAccounts.$inferInsert)[];
}

export const journalRows = (file: CatalogueFile): JournalRows => ({
  journalAccounts: Object.entries(file.journal).map(([entry, { debit, credit, tax, source }]) => ({
    venueId: file.venue.code,
    entry,
    debitCode: debit[0],
    debitName: debit[1],
    creditCode: credit[0],
    creditName: credit[1],
    taxCode: tax,
    publication: file.sources[source]!.publication,
    source: file.sources[source]!.text,
  })),
});
