import type { Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';

export const fileKinds = ['transfer_notice', 'account_statement'] as const;
export type FileKind = (typeof fileKinds)[number];

export const accountKinds = ['ordinary', 'current', 'savings'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** One entry of an account as the bank tells it. */
export interface Entry {
  readonly lineNumber: number;
  readonly reference: string;
  readonly bookedOn: LocalDay;
  readonly valueOn: LocalDay;
  readonly isIncoming: boolean;
  /** It takes back money that came in: 取消区分 of a notice, 訂正 of a statement. */
  readonly isCancelled: boolean;
  readonly amountYen: Yen;
  readonly payerCode: string;
  readonly payerName: string;
  readonly bankName: string;
  readonly branchName: string;
  readonly message: string;
}

/** Whose entries they are, as the header says. */
export interface ToldAccount {
  readonly lineNumber: number;
  readonly bankCode: string;
  readonly branchCode: string;
  /** One digit: 1 ordinary, 2 current, 4 savings, others are no account money is transferred to. */
  readonly kindCode: string;
  readonly number: string;
}

/** An account with its entries between two days. */
export interface AccountEntries {
  readonly lineNumber: number;
  readonly bankCode: string;
  readonly branchCode: string;
  readonly kind: AccountKind;
  /** Seven digits. */
  readonly number: string;
  readonly firstOn: LocalDay;
  readonly lastOn: LocalDay;
  readonly entries: readonly Entry[];
}

/** What of a file was not used, or not checked, and where it stands. */
export type FileNote =
  | ({ readonly kind: 'account_skipped' } & ToldAccount)
  | {
      readonly kind: 'entry_skipped';
      readonly lineNumber: number;
      readonly field: 'bookedOn' | 'amount';
      readonly found: string;
      readonly amountYen: Yen;
    }
  | { readonly kind: 'balance_unchecked'; readonly lineNumber: number };

export interface BankFile {
  readonly kind: FileKind;
  readonly accounts: readonly AccountEntries[];
  readonly notes: readonly FileNote[];
}

/** What the database holds of a sum of money that somebody may own. */
export const yenMost = 2_147_483_647;

/** An entry as it counts in the sums of the file, and as it is used, or why it is not. */
export interface ReadEntry {
  readonly isIncoming: boolean;
  readonly isCancelled: boolean;
  readonly amountYen: Yen;
  readonly used: Entry | undefined;
  readonly note: FileNote | undefined;
}
