import type { bankAccounts } from '../../schema/transfers.ts';
import type { CatalogueFile } from './format.ts';

export interface TransferRows {
  readonly bankAccounts: (typeof bankAccounts.$inferInsert)[];
}

export const transferRows = (file: CatalogueFile): TransferRows => ({
  bankAccounts: Object.entries(file.bankAccounts).map(([code, account]) => ({
    ...account,
    id: `${file.venue.code}.${code}`,
    venueId: file.venue.code,
    publication: file.sources[account.source]!.publication,
    source: file.sources[account.source]!.text,
  })),
});
