import { billingAccountIdSchema } from '../billing_accounts/schema.ts';
import { z } from 'zod';
import { idSchema, type PaymentId } from '../shared/ids.ts';
import { codeSchema, textSchema } from '../shared/text.ts';
import { wholeNumberSchema } from '../shared/typed.ts';
import { paymentMethods } from '../payments/rules/attempt.ts';
import { refundActs } from './rules/decide.ts';
import { digitsOf, holderKanaOf, isHolderKana } from './rules/payee.ts';
import { askedReasons, refundReasons, refundRoutes, refundStates } from './rules/refund.ts';
import { writeOffStates } from './rules/write_off.ts';

const yenSchema = wholeNumberSchema(2_000_000_000, 1);
const noteSchema = textSchema(1_000);

export const proposeSchema = z
  .object({
    paymentId: idSchema<PaymentId>('payment'),
    /** Absent for money that belongs to no account. */
    billingAccountId: billingAccountIdSchema.optional(),
    amountYen: yenSchema,
    reason: z.enum(askedReasons),
    note: noteSchema,
    reducesCharge: z.boolean().optional().meta({
      description:
        'Whether what goes back beyond what was paid too much comes off the charge too (a credit note follows), or is owed again. To be said where so much goes back',
    }),
  })
  .refine(
    ({ billingAccountId, reducesCharge }) => !reducesCharge || billingAccountId !== undefined,
    {
      path: ['reducesCharge'],
    },
  );
export type ProposeRefund = z.infer<typeof proposeSchema>;

export const approveSchema = z.object({ reason: textSchema(1_000, 0).optional() });
export const rejectSchema = z.object({ reason: noteSchema });

const digits = (form: RegExp) =>
  z.string().meta({ format: 'digits' }).transform(digitsOf).pipe(z.string().min(1).regex(form));

export const payeeSchema = z.object({
  bankCode: digits(/^\d{4}$/),
  branchCode: digits(/^\d{3}$/),
  accountType: z.enum(['futsu', 'toza']),
  accountNumber: digits(/^\d{1,7}$/).transform((number) => number.padStart(7, '0')),
  holderKana: z
    .string()
    .meta({ format: 'kana' })
    .transform(holderKanaOf)
    .pipe(z.string().min(1).refine(isHolderKana)),
});

export const storedPayeeSchema = z.object({
  bankCode: z.string(),
  branchCode: z.string(),
  accountType: z.enum(['futsu', 'toza']),
  accountNumber: z.string(),
  holderKana: z.string(),
});

export const listRefundsSchema = z.object({
  venue: codeSchema(60, 0).optional(),
  state: z.enum(refundStates).optional(),
  /** `open`: whatever still waits for somebody. */
  view: z.enum(['open', 'all']).default('all'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListRefunds = z.infer<typeof listRefundsSchema>;
export const refundsPageSize = 50;

const shared = {
  id: z.string(),
  billingAccountId: z.string().nullable(),
  paymentId: z.string(),
  amountYen: z.int(),
  reason: z.enum(refundReasons),
  reducesCharge: z.boolean(),
  route: z.enum(refundRoutes),
  state: z.enum(refundStates),
  method: z.enum(paymentMethods),
  expiresAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  createdAt: z.string(),
};

const staffFields = {
  ...shared,
  venueId: z.string(),
  note: z.string().nullable(),
  failureCode: z.string().nullable(),
  number: z.string().nullable(),
  title: z.string().nullable(),
  organizationName: z.string().nullable(),
  payerName: z.string().nullable(),
  requestedByName: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
  updatedAt: z.string(),
  allowedActions: z.array(z.enum(refundActs)),
};

export const refundListSchema = z
  .object({
    refunds: z.array(z.object(staffFields)),
    totals: z.array(z.object({ state: z.enum(refundStates), count: z.int(), amountYen: z.int() })),
    page: z.int(),
    pageCount: z.int(),
    total: z.int(),
  })
  .meta({ id: 'RefundList' });

export const refundSchema = z
  .object({
    ...staffFields,
    /** What of it is more than was paid too much, until it has gone: off the charge too, or owed again. */
    beyondYen: z.int(),
    paymentYen: z.int(),
    receivedAt: z.string(),
    paidOutByName: z.string().nullable(),
    /** Told to finance only. */
    payee: storedPayeeSchema.nullable(),
    hasPayee: z.boolean(),
    /** What the reader may decide over, and where the figure is from. */
    limitYen: z.int(),
    isLimitProvisional: z.boolean(),
    history: z.array(
      z.object({
        happenedAt: z.string(),
        action: z.string(),
        byName: z.string().nullable(),
        state: z.enum(refundStates).nullable(),
        failureCode: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Refund' });

export const refundAnswer = z.object({ refund: refundSchema });

export const writeOffSchema = z
  .object({
    id: z.string(),
    venueId: z.string(),
    billingAccountId: z.string(),
    number: z.string(),
    title: z.string(),
    organizationName: z.string(),
    amountYen: z.int(),
    reason: z.string(),
    state: z.enum(writeOffStates),
    requestedByName: z.string(),
    decidedByName: z.string().nullable(),
    decidedAt: z.string().nullable(),
    decisionReason: z.string().nullable(),
    createdAt: z.string(),
    allowedActions: z.array(z.enum(['approve', 'reject'])),
  })
  .meta({ id: 'WriteOff' });

export const proposeWriteOffSchema = z.object({
  billingAccountId: billingAccountIdSchema,
  amountYen: yenSchema,
  reason: noteSchema,
});
export type ProposeWriteOff = z.infer<typeof proposeWriteOffSchema>;

export const listWriteOffsSchema = z.object({
  venue: codeSchema(60, 0).optional(),
  state: z.enum(writeOffStates).optional(),
});
export type ListWriteOffs = z.infer<typeof listWriteOffsSchema>;

export const subjectRefundsSchema = z
  .object({
    refunds: z.array(z.object(shared)),
    /** Staff only: the payments money can go back from. */
    payments: z.array(
      z.object({
        id: z.string(),
        method: z.enum(paymentMethods),
        amountYen: z.int(),
        paidYen: z.int(),
        leftYen: z.int(),
        receivedAt: z.string(),
      }),
    ),
    writeOffs: z.array(writeOffSchema),
    owedYen: z.int(),
    /** Paid too much and not on its way back yet. */
    overpaidYen: z.int(),
    mayPropose: z.boolean(),
  })
  .meta({ id: 'SubjectRefunds' });
