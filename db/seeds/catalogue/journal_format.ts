import { z } from 'zod';
import { entryKinds } from '#api/closings/rules/journal.ts';
import { key, words } from './values.ts';

const account = z.tuple([words, words]);

/** Accounts and tax code of each entry of the journal: code and name. */
export const journalFormat = {
  journal: z
    .partialRecord(
      z.enum(entryKinds),
      z.strictObject({
        debit: account,
        credit: account,
        tax: words,
        source: key,
      }),
    )
    .default({}),
};
