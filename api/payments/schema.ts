import { z } from 'zod';
import { emailSchema, nameSchema, phoneSchema } from '../accounts/schema.ts';
import { localDaySchema } from '../shared/time.ts';
import { attemptStates, paymentMethods } from './rules/attempt.ts';

/** The phone number becomes the confirmation number, which must not be all zeros. */
const confirmationNumberSchema = phoneSchema.refine((digits) => !/^0+$/.test(digits), {
  params: { code: 'http.not_a_phone' },
});

export const startPaymentSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('card') }),
  z.object({
    method: z.literal('konbini'),
    name: nameSchema.transform((text) => text.normalize('NFKC')),
    email: emailSchema,
    phone: confirmationNumberSchema,
  }),
  z.object({ method: z.literal('bank_transfer') }),
  z.object({ method: z.literal('cash') }),
]);
export type StartPayment = z.infer<typeof startPaymentSchema>;
export type KonbiniPayer = Omit<Extract<StartPayment, { method: 'konbini' }>, 'method'>;

export const listPaymentsSchema = z.object({
  venue: z.string().max(60).optional(),
  state: z.enum(attemptStates).optional(),
  from: localDaySchema.optional(),
  to: localDaySchema.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListPayments = z.infer<typeof listPaymentsSchema>;
export const paymentsPageSize = 50;

const storeCodeSchema = z
  .object({ paymentCode: z.string(), confirmationNumber: z.string().optional() })
  .nullable();

const voucherSchema = z
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

const attemptFields = {
  id: z.string(),
  bookingId: z.string(),
  method: z.enum(paymentMethods),
  state: z.enum(attemptStates),
  amountYen: z.int(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  paidVia: z.string().nullable(),
  failureCode: z.string().nullable(),
  voucher: voucherSchema.nullable(),
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

export const bookingPaymentsSchema = z
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
    attempts: z.array(attemptSchema),
    methods: z.array(
      z.object({
        method: z.enum(paymentMethods),
        isAvailable: z.boolean(),
        reasonJa: z.string().optional(),
        reasonEn: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'BookingPayments' });

export const paymentListSchema = z
  .object({
    payments: z.array(
      z.object({
        ...attemptFields,
        bookingNumber: z.string(),
        venueId: z.string(),
        organizationName: z.string(),
        title: z.string(),
        balanceYen: z.int(),
      }),
    ),
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
