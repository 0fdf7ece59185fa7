import type { Yen } from '../../shared/money.ts';
import { refuse, ok, type Result } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import { closingErrors } from '../errors.ts';
import type { EventKind } from './closing.ts';

type Method = 'card' | 'konbini' | 'bank_transfer' | 'cash' | 'slip';
type Route = 'stripe' | 'bank' | 'cash';

/** Every way in which a fact becomes an entry of the journal. */
export const entryKinds = [
  'charged_taxable',
  'charged_untaxed',
  'written_off',
  'received_card',
  'received_konbini',
  'received_bank_transfer',
  'received_cash',
  'received_slip',
  'pot_card',
  'pot_konbini',
  'pot_bank_transfer',
  'pot_cash',
  'pot_slip',
  'allocated',
  'returned_stripe',
  'returned_bank',
  'returned_cash',
  'pot_returned_stripe',
  'pot_returned_bank',
  'pot_returned_cash',
  'cash_float',
  'cash_banked',
  'cash_difference',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface JournalAccount {
  readonly entry: EntryKind;
  readonly debitCode: string;
  readonly debitName: string;
  readonly creditCode: string;
  readonly creditName: string;
  readonly taxCode: string;
  readonly publication: Publication;
  readonly source: string;
}

/** A fact as the ledger, or the drawer, holds it. */
export interface JournalFact {
  readonly kind: EventKind | 'float' | 'banked' | 'difference';
  readonly amountYen: Yen;
  readonly bookedOn: LocalDay;
  readonly isPot: boolean;
  readonly method: Method | null;
  readonly route: Route | null;
  readonly taxRateBp: number | null;
  readonly number: string | null;
  readonly title: string | null;
  readonly organizationName: string | null;
  readonly note: string | null;
}

interface Posting {
  readonly entry: EntryKind;
  /** Whether it stands as its accounts say, or the other way round because it takes a fact back. */
  readonly isForward: boolean;
  readonly wordJa: string;
}

const charged = ({ taxRateBp }: JournalFact) => (taxRateBp ? 'charged_taxable' : 'charged_untaxed');

/** The pot’s side of an allocation is the other half of the booking’s: the two are one entry. */
const postingOf = (fact: JournalFact): Posting | undefined => {
  const { kind, amountYen, isPot, method, route } = fact;
  if (amountYen === 0) return undefined;
  switch (kind) {
    case 'charged':
      return { entry: charged(fact), isForward: amountYen > 0, wordJa: '請求' };
    case 'charge_reduced':
      return { entry: charged(fact), isForward: amountYen > 0, wordJa: '請求の減額' };
    case 'charge_reversed':
      return { entry: charged(fact), isForward: amountYen > 0, wordJa: '請求の取消' };
    case 'rebated':
      return { entry: charged(fact), isForward: amountYen > 0, wordJa: '値引き' };
    case 'written_off':
      return { entry: 'written_off', isForward: amountYen < 0, wordJa: '不納欠損' };
    case 'received':
      return {
        entry: `${isPot ? 'pot' : 'received'}_${method ?? 'bank_transfer'}`,
        isForward: amountYen < 0,
        wordJa: isPot ? '入金（未消込）' : '入金',
      };
    case 'allocated':
      return isPot
        ? undefined
        : { entry: 'allocated', isForward: amountYen < 0, wordJa: '未消込金の充当' };
    case 'returned':
    case 'return_bounced':
      return {
        entry: `${isPot ? 'pot_returned' : 'returned'}_${route ?? 'bank'}`,
        isForward: amountYen > 0,
        wordJa: kind === 'returned' ? '還付' : '還付の組戻し',
      };
    // The bank of the payer took it out of what we have at Stripe, as a refund does.
    case 'dispute_withdrawn':
    case 'dispute_reinstated':
      return {
        entry: isPot ? 'pot_returned_stripe' : 'returned_stripe',
        isForward: amountYen > 0,
        wordJa: kind === 'dispute_withdrawn' ? '異議による引落し' : '異議による引落しの戻り',
      };
    case 'float':
      return { entry: 'cash_float', isForward: amountYen > 0, wordJa: '釣銭の補充' };
    case 'banked':
      return { entry: 'cash_banked', isForward: amountYen < 0, wordJa: '現金の預入れ' };
    case 'difference':
      return { entry: 'cash_difference', isForward: amountYen > 0, wordJa: '現金過不足' };
  }
};

/** The tax code belongs to the account of income or loss; the other side is outside of the tax. */
const outside = '対象外';
const taxedSide: Partial<Record<EntryKind, 'debit' | 'credit'>> = {
  charged_taxable: 'credit',
  charged_untaxed: 'credit',
  written_off: 'debit',
  cash_difference: 'credit',
};
/** The side that stands against whoever owes or has paid. */
const partySideOf = (entry: EntryKind) => {
  if (entry.startsWith('cash_')) return undefined;
  if (entry.startsWith('charged_') || entry.includes('returned_')) return 'debit';
  return 'credit';
};

interface Side {
  readonly code: string;
  readonly name: string;
  readonly party: string;
  readonly taxCode: string;
  readonly amountYen: Yen;
}

export interface JournalEntry {
  readonly number: string;
  readonly bookedOn: LocalDay;
  readonly entry: EntryKind;
  readonly debit: Side;
  readonly credit: Side;
  readonly summary: string;
}

const entryOf = (
  fact: JournalFact,
  { entry, isForward, wordJa }: Posting,
  account: JournalAccount,
  number: string,
): JournalEntry => {
  const amountYen = Math.abs(fact.amountYen);
  const side = (at: 'debit' | 'credit'): Side => ({
    code: at === 'debit' ? account.debitCode : account.creditCode,
    name: at === 'debit' ? account.debitName : account.creditName,
    party: partySideOf(entry) === at ? (fact.organizationName ?? '') : '',
    taxCode: taxedSide[entry] === at ? account.taxCode : outside,
    amountYen,
  });
  const [debit, credit] = isForward
    ? [side('debit'), side('credit')]
    : [side('credit'), side('debit')];
  const summary = [wordJa, fact.number, fact.title, fact.note].filter(Boolean).join(' ');
  return { number, bookedOn: fact.bookedOn, entry, debit, credit, summary };
};

/** `20261122-0003`: the third entry of its day; a closed day keeps its numbers. */
const numbered = () => {
  const counts = new Map<string, number>();
  return (day: LocalDay) => {
    const count = (counts.get(day) ?? 0) + 1;
    counts.set(day, count);
    return `${day.replaceAll('-', '')}-${String(count).padStart(4, '0')}`;
  };
};

/** One entry for each fact, debit equal to credit; refused where accounts are missing. */
export const journalOf = (
  facts: readonly JournalFact[],
  accounts: readonly JournalAccount[],
): Result<JournalEntry[]> => {
  const byEntry = new Map(accounts.map((account) => [account.entry, account]));
  const posted = facts.flatMap((fact) => {
    const posting = postingOf(fact);
    return posting ? [{ fact, posting }] : [];
  });
  const missing = posted.map(({ posting }) => posting.entry).filter((entry) => !byEntry.has(entry));
  if (missing.length > 0) {
    const entries = [...new Set(missing)].join(', ');
    return refuse(closingErrors.account_missing({ params: { entries } }));
  }
  const numberOf = numbered();
  return ok(
    posted.map(({ fact, posting }) =>
      entryOf(fact, posting, byEntry.get(posting.entry)!, numberOf(fact.bookedOn)),
    ),
  );
};

const heads = ['科目コード', '科目', '補助', '税区分', '金額'];

/** Where the table has parties, which accounting packages know by their very letters. */
export const partyColumns = [4, 9] as const;

/** One line for each entry, in columns that accounting packages can be told to read. */
export const journalTable = (entries: readonly JournalEntry[]): (string | number)[][] => [
  [
    '伝票番号',
    '日付',
    ...['借方', '貸方'].flatMap((side) => heads.map((head) => `${side}${head}`)),
    '摘要',
  ],
  ...entries.map(({ number, bookedOn, debit, credit, summary }) => [
    number,
    bookedOn.replaceAll('-', '/'),
    ...[debit, credit].flatMap((side) => [
      side.code,
      side.name,
      side.party,
      side.taxCode,
      side.amountYen,
    ]),
    summary,
  ]),
];
