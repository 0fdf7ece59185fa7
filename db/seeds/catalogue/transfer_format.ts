import { z } from 'zod';

const key = z.string().regex(/^[a-z0-9]+(?:[-+._][a-z0-9]+)*$/, 'not a key');
const code = z.string().regex(/^[a-z0-9]+(?:[-+_][a-z0-9]+)*$/, 'not a code');
const words = z.string().trim().min(1);
const digits = (count: number) =>
  z.string().regex(new RegExp(`^\\d{${count}}$`), `not ${count} digits in quotes`);

/** The accounts organizers transfer to; files of the bank about other accounts are refused. */
export const transferFormat = {
  bankAccounts: z
    .record(
      code,
      z.strictObject({
        bankCode: digits(4),
        bankName: words,
        branchCode: digits(3),
        branchName: words,
        kind: z.enum(['ordinary', 'current', 'savings']),
        number: digits(7),
        holderKana: words,
        source: key,
      }),
    )
    .default({}),
};
