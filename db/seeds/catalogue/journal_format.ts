import { z } from 'zod';
import { entryKinds } from '#api/closings/rules/journal.ts';

const key = z.string().regex(/^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/, 'not a key');
const account = z.tuple([z.string().trim().min(1), z.string().trim().min(1)]);

/** Accounts and tax code of each entry of the journal: code and name. */
export const journalFormat = {
  journal: z
    .partialRecord(
      z.enum(entryKinds),
      z.strictObject({
        debit: account,
        credit: account,
        tax: z.string().trim().min(1),
        source: key,
      }),
    )
    .default({}),
};
