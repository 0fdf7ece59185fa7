import { billingAccountIdSchema } from '../billing_accounts/schema.ts';
import { z } from 'zod';
import { idSchema, type AllocationId } from '../shared/ids.ts';
import { codeSchema, oneLineSchema, searchSchema, textSchema } from '../shared/text.ts';
import { wholeNumberSchema } from '../shared/typed.ts';
import { localDaySchema } from '../shared/time.ts';
import { numberTyped } from '../shared/written_numbers.ts';
import { publicationSchema } from '../venues/schema.ts';
import { accountKinds, fileKinds } from './rules/entry.ts';
import { lineStates } from './rules/line.ts';
import { matchReasons } from './rules/match.ts';

const yenSchema = wholeNumberSchema(2_000_000_000, 1);
const reasonSchema = textSchema(1_000);

export const uploadSchema = z.object({ name: oneLineSchema(200) });

export const lineViews = ['open', 'done', 'aside', 'all'] as const;

export const listLinesSchema = z.object({
  venue: codeSchema(60, 0).optional(),
  view: z.enum(lineViews).default('open'),
  /** A payer, what the bank says with it, or the number of a debt it pays for. */
  query: searchSchema.optional(),
  amount: wholeNumberSchema(999_999_999_999).optional(),
  from: localDaySchema.optional(),
  to: localDaySchema.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListLines = z.infer<typeof listLinesSchema>;
export const linesPageSize = 50;

/** A number as it stands on papers, of whatever people type: `ｒ8-bp-60` is R08-BP-000060. */
const completeNumber = (typed: string): string =>
  numberTyped(typed) ?? typed.normalize('NFKC').trim().toUpperCase();

export const findDebtSchema = z.object({
  number: z
    .string()
    .meta({ format: 'number-of-paper' })
    .transform(completeNumber)
    .pipe(z.string().min(1).max(40)),
});

/** A combined invoice asks for two hundred charges at most; each may be of another debt. */
const partsAtOnce = 200;

export const allocateSchema = z.object({
  parts: z
    .array(
      z.object({
        billingAccountId: billingAccountIdSchema,
        amountYen: yenSchema,
        rebateYen: yenSchema.optional().meta({
          description:
            'What is owed after this, taken off as a rebate (値引き); a small sum, see rebateLimit',
        }),
      }),
    )
    .min(1)
    .max(partsAtOnce)
    .refine(
      (parts) =>
        new Set(parts.map(({ billingAccountId }) => billingAccountId)).size === parts.length,
    ),
});
export type Allocate = z.infer<typeof allocateSchema>;

export const takeBackSchema = z.object({ allocationId: idSchema<AllocationId>('allocation') });
export const ignoreSchema = z.object({ reason: reasonSchema });
export const refundSchema = z.object({ amountYen: yenSchema, note: reasonSchema });
export type AskRefund = z.infer<typeof refundSchema>;

export const fileNoteSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('account_skipped'),
      lineNumber: z.int(),
      bankCode: z.string(),
      branchCode: z.string(),
      kindCode: z.string(),
      number: z.string(),
    }),
    z.object({
      kind: z.literal('entry_skipped'),
      lineNumber: z.int(),
      field: z.enum(['bookedOn', 'amount']),
      found: z.string(),
      amountYen: z.int(),
    }),
    z.object({ kind: z.literal('balance_unchecked'), lineNumber: z.int() }),
  ])
  .meta({ id: 'BankFileNote' });

export const importSchema = z
  .object({
    id: z.string(),
    fileName: z.string(),
    kind: z.enum(fileKinds),
    lineCount: z.int(),
    knownCount: z.int(),
    totalYen: z.int(),
    notes: z.array(fileNoteSchema).readonly(),
    importedAt: z.string(),
    importedByName: z.string().nullable(),
  })
  .meta({ id: 'BankImport' });

const accountFields = {
  id: z.string(),
  venueId: z.string(),
  bankCode: z.string(),
  bankName: z.string(),
  branchCode: z.string(),
  branchName: z.string(),
  kind: z.enum(accountKinds),
  number: z.string(),
  holderKana: z.string(),
  publication: publicationSchema,
  source: z.string(),
};

export const accountsSchema = z.object({
  accounts: z.array(z.object(accountFields).meta({ id: 'BankAccount' })),
});

export const debtSchema = z
  .object({
    billingAccountId: z.string(),
    number: z.string(),
    title: z.string(),
    organizationName: z.string(),
    owedYen: z.int(),
    dueOn: z.string().nullable(),
    dueYen: z.int().nullable(),
  })
  .meta({ id: 'OpenDebt' });

const proposalSchema = z
  .object({
    parts: z.array(z.object({ debt: debtSchema, amountYen: z.int() })),
    reasons: z.array(z.enum(matchReasons)),
    score: z.int(),
    isLikely: z.boolean(),
    restYen: z.int(),
  })
  .meta({ id: 'MatchProposal' });

const lineFields = {
  id: z.string(),
  venueId: z.string(),
  state: z.enum(lineStates),
  bookedOn: z.string(),
  valueOn: z.string(),
  reference: z.string(),
  amountYen: z.int(),
  leftYen: z.int(),
  isIncoming: z.boolean(),
  payerName: z.string(),
  bankName: z.string(),
  branchName: z.string(),
  message: z.string(),
  ignoredReason: z.string().nullable(),
  ignoredByName: z.string().nullable(),
  fileName: z.string(),
  lineNumber: z.int(),
};

export const lineListSchema = z
  .object({
    lines: z.array(z.object({ ...lineFields, best: proposalSchema.nullable() })),
    totals: z.object({ leftYen: z.int() }),
    page: z.int(),
    pageCount: z.int(),
    total: z.int(),
  })
  .meta({ id: 'BankLineList' });

export const lineSchema = z
  .object({
    ...lineFields,
    account: z.object(accountFields),
    paymentId: z.string().nullable(),
    refundYen: z.int(),
    /** Up to how much of what a payment leaves owed the reader may take off alone. */
    rebateLimit: z
      .object({ yenMost: z.int(), publication: publicationSchema, source: z.string() })
      .nullable(),
    proposals: z.array(proposalSchema),
    allocations: z.array(
      z.object({
        allocationId: z.string(),
        billingAccountId: z.string(),
        number: z.string(),
        title: z.string(),
        amountYen: z.int(),
        /** Taken off beside it. */
        rebateYen: z.int(),
        createdAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'BankLine' });
