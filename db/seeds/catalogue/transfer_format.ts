import { z } from 'zod';
import { code, key, words } from './values.ts';

const digits = (count: number) =>
  z
    .string()
    .regex(
      new RegExp(`^\\d{${count}}$`),
      `引用符で囲んだ${count}桁の数字にしてください / not ${count} digits in quotes`,
    );

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
