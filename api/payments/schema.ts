import { z } from 'zod';
import { emailSchema, nameSchema, phoneSchema } from '../accounts/schema.ts';
import { dialled } from '../shared/phone.ts';
import { codeSchema, searchSchema, textSchema } from '../shared/text.ts';
import { wholeNumberSchema } from '../shared/typed.ts';
import { localDaySchema } from '../shared/time.ts';
import { publicationSchema } from '../venues/schema.ts';
import { attemptStates, paymentMethods } from './rules/attempt.ts';
import { moneyFlags } from './rules/flags.ts';
import { chargeKinds } from './rules/charge.ts';
import { movementKinds } from './rules/movement.ts';

/** The phone number becomes the confirmation number, which must not be all zeros. */
const confirmationNumberSchema = phoneSchema
  .transform(dialled)
  .refine((digits) => !/^0+$/.test(digits), {
    params: { code: 'http.not_a_phone' },
  });

const paidParts = ['next', 'all'] as const;
export type PaidPart = (typeof paidParts)[number];
/** Only the part that is due next, or everything. */
const part = z.enum(paidParts).optional();

export const startPaymentSchema = z
  .discriminatedUnion('method', [
    z.object({ method: z.literal('card'), part }),
    z.object({
      method: z.literal('konbini'),
      part,
      name: nameSchema.transform((text) => text.normalize('NFKC')),
      email: emailSchema,
      phone: confirmationNumberSchema,
    }),
    z.object({ method: z.literal('bank_transfer'), part }),
    z.object({
      method: z.literal('cash'),
      part,
      handedYen: wholeNumberSchema(2_000_000_000, 1)
        .optional()
        .meta({ description: 'What was handed over; absent where it was the very sum' }),
    }),
    z.object({ method: z.literal('slip'), part }),
  ])
  .meta({
    example: {
      method: 'konbini',
      name: '佐藤 花子',
      email: 'hanako@example.jp',
      phone: '024-947-8010',
    },
  });
export type StartPayment = z.infer<typeof startPaymentSchema>;
export type KonbiniPayer = Omit<Extract<StartPayment, { method: 'konbini' }>, 'method' | 'part'>;

export const listMovementsSchema = z.object({
  /** `open`: what nobody has looked at yet, and disputes that are not decided. */
  view: z.enum(['open', 'all']).default('open'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListMovements = z.infer<typeof listMovementsSchema>;

export const lookSchema = z.object({ note: textSchema(500) });

export const movementListSchema = z
  .object({
    movements: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(movementKinds),
        stripeId: z.string(),
        eventType: z.string(),
        venueId: z.string().nullable(),
        billingAccountId: z.string().nullable(),
        number: z.string().nullable(),
        title: z.string().nullable(),
        paymentId: z.string().nullable(),
        amountYen: z.int().nullable(),
        reason: z.string().nullable(),
        status: z.string().nullable(),
        isOpen: z.boolean(),
        answerBy: z.string().nullable(),
        happenedAt: z.string(),
        lookedAt: z.string().nullable(),
        lookedByName: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    page: z.int(),
    pageCount: z.int(),
    total: z.int(),
  })
  .meta({ id: 'StripeMovementList' });

export const listPaymentsSchema = z.object({
  venue: codeSchema(60, 0).optional(),
  state: z.enum(attemptStates).optional(),
  /** A payer, an organizer or the number of what is paid for, however it is typed. */
  query: searchSchema.optional(),
  amount: wholeNumberSchema(2_147_483_647).optional(),
  from: localDaySchema.optional(),
  to: localDaySchema.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListPayments = z.infer<typeof listPaymentsSchema>;
export const paymentsPageSize = 50;

const storeCodeSchema = z
  .object({ paymentCode: z.string(), confirmationNumber: z.string().optional() })
  .nullable();

export const voucherSchema = z
  .object({
    hostedVoucherUrl: z.string().nullable(),
    expiresAt: z.string(),
    stores: z.object({
      familymart: storeCodeSchema,
      lawson: storeCodeSchema,
      ministop: storeCodeSchema,
      seicomart: storeCodeSchema,
    }),
  })
  .meta({ id: 'Voucher' });

/** The account at a bank kept for one billing account: transfer there, in one sum or in parts. */
export const transferSchema = z
  .object({
    bankCode: z.string(),
    bankName: z.string(),
    branchCode: z.string(),
    branchName: z.string(),
    accountType: z.enum(['futsu', 'toza']),
    accountNumber: z.string(),
    accountHolder: z.string(),
    hostedInstructionsUrl: z.string().nullable(),
  })
  .meta({ id: 'TransferAccount' });

const attemptFields = {
  id: z.string(),
  billingAccountId: z.string(),
  method: z.enum(paymentMethods),
  state: z.enum(attemptStates),
  amountYen: z.int(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  paidVia: z.string().nullable(),
  failureCode: z.string().nullable(),
  voucher: voucherSchema.nullable(),
  transfer: transferSchema.nullable(),
  fundedYen: z.int(),
  /** Cash: what was handed over, and what of it went back as change; null where nobody said. */
  handedYen: z.int().nullable(),
  changeYen: z.int().nullable(),
};

export const attemptSchema = z.object(attemptFields).meta({ id: 'PaymentAttempt' });

/** A card is entered in the browser with these three; they are told once. */
export const startedAttemptSchema = z
  .object({
    ...attemptFields,
    clientSecret: z.string().optional(),
    publishableKey: z.string().optional(),
    scriptUrl: z.string().optional(),
  })
  .meta({ id: 'StartedPaymentAttempt' });

const offeredMethodsSchema = z.array(
  z.object({
    method: z.enum(paymentMethods),
    isAvailable: z.boolean(),
    reasonJa: z.string().optional(),
    reasonEn: z.string().optional(),
  }),
);

export const subjectPaymentsSchema = z
  .object({
    charge: z
      .object({
        id: z.string(),
        amountYen: z.int(),
        taxYen: z.int(),
        isProvisional: z.boolean(),
        isReversed: z.boolean(),
        dueOn: z.string(),
        paidYen: z.int(),
        balanceYen: z.int(),
      })
      .nullable(),
    /** Each charge on its own, oldest first: the price, then what came later. */
    charges: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(chargeKinds),
        amountYen: z.int(),
        taxYen: z.int(),
        dueOn: z.string(),
        createdAt: z.string(),
        isReversed: z.boolean(),
      }),
    ),
    /** What stands of all charges by the day it is due, with what of it is not paid yet. */
    parts: z.array(
      z.object({
        amountYen: z.int(),
        openYen: z.int(),
        dueOn: z.string(),
        isOverdue: z.boolean(),
      }),
    ),
    /** What the terms of parts were taken from, where there are several. */
    partsSource: z.object({ publication: publicationSchema, source: z.string() }).nullable(),
    overdueYen: z.int(),
    /** The part that is due next, where there are several: it may be paid on its own. */
    nextPart: z
      .object({ amountYen: z.int(), dueOn: z.string(), methods: offeredMethodsSchema })
      .nullable(),
    /** What a person has to look at. */
    flags: z.array(z.enum(moneyFlags)),
    attempts: z.array(attemptSchema),
    methods: offeredMethodsSchema,
  })
  .meta({ id: 'SubjectPayments' });

export const paymentListSchema = z
  .object({
    payments: z.array(
      z.object({
        ...attemptFields,
        number: z.string(),
        venueId: z.string(),
        organizationName: z.string(),
        title: z.string(),
        balanceYen: z.int(),
        flags: z.array(z.enum(moneyFlags)),
      }),
    ),
    /** Money that belongs to nobody yet. */
    unmatched: z.object({ count: z.int(), yen: z.int() }),
    totals: z.object({
      count: z.int(),
      confirmedYen: z.int(),
      byMethod: z.array(
        z.object({ method: z.enum(paymentMethods), count: z.int(), confirmedYen: z.int() }),
      ),
    }),
    page: z.int(),
    pageCount: z.int(),
    total: z.int(),
  })
  .meta({ id: 'PaymentList' });
