import { z } from 'zod';
import { parameterName, type FormObject } from './form.ts';
import { isPrintableInStores } from './jis.ts';
import { invalidRequest, type StripeRefusal } from './refusal.ts';

const wholeNumber = z
  .string()
  .regex(/^-?\d+$/, { error: 'Invalid integer' })
  .transform(Number);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const productDescriptionMax = 22;

const konbiniOptionsSchema = z.strictObject({
  confirmation_number: z.string().optional(),
  expires_after_days: wholeNumber.pipe(z.number().min(1).max(60)).optional(),
  expires_at: wholeNumber.optional(),
  product_description: z
    .string()
    .max(productDescriptionMax)
    .refine(isPrintableInStores, { error: 'Only characters of Shift_JIS (JIS X 0208) are allowed' })
    .optional(),
});

const methodDataSchema = z.strictObject({
  type: z.enum(['konbini', 'card', 'customer_balance']),
  konbini: z.strictObject({}).or(z.literal('')).optional(),
  customer_balance: z.strictObject({}).or(z.literal('')).optional(),
  billing_details: z
    .strictObject({
      name: z.string().min(1).optional(),
      email: z.email().optional(),
      phone: z.string().optional(),
    })
    .optional(),
});

const transferOptionsSchema = z.strictObject({
  funding_type: z.literal('bank_transfer').optional(),
  bank_transfer: z
    .strictObject({
      type: z.literal('jp_bank_transfer'),
      requested_address_types: z.array(z.literal('zengin')).optional(),
    })
    .optional(),
});

const methodOptionsSchema = z.strictObject({
  konbini: konbiniOptionsSchema.optional(),
  customer_balance: transferOptionsSchema.optional(),
});
const metadataSchema = z.record(z.string().max(40), z.string().max(500)).optional();
const amountSchema = wholeNumber.pipe(z.number().min(1).max(99_999_999));
const currencySchema = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.literal('jpy'));
const expandSchema = z.array(z.enum(['latest_charge', 'payment_method'])).optional();

export const confirmSchema = z.strictObject({
  payment_method_data: methodDataSchema.optional(),
  payment_method_options: methodOptionsSchema.optional(),
  receipt_email: z.email().optional(),
  return_url: z.url().optional(),
  expand: expandSchema,
});

export const createSchema = z.strictObject({
  ...confirmSchema.shape,
  amount: amountSchema,
  currency: currencySchema,
  customer: z.string().optional(),
  confirm: flag.optional(),
  allowed_payment_method_types: z.array(z.enum(['card', 'konbini', 'customer_balance'])).optional(),
  description: z.string().max(1_000).optional(),
  metadata: metadataSchema,
});

export const cancelSchema = z.strictObject({
  cancellation_reason: z
    .enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'])
    .optional(),
  expand: expandSchema,
});

export const retrieveSchema = z.strictObject({
  client_secret: z.string().optional(),
  expand: expandSchema,
});

const pageFields = {
  limit: wholeNumber.pipe(z.number().min(1).max(100)).default(10),
  starting_after: z.string().optional(),
};

const createdSchema = z
  .strictObject({ gt: wholeNumber, gte: wholeNumber, lt: wholeNumber, lte: wholeNumber })
  .partial()
  .optional();

export const listSchema = z.strictObject({
  ...pageFields,
  created: createdSchema,
  expand: z.array(z.enum(['data.latest_charge', 'data.payment_method'])).optional(),
});

export const listEventsSchema = z.strictObject({
  ...pageFields,
  created: createdSchema,
  type: z.string().optional(),
});

export const createRefundSchema = z.strictObject({
  payment_intent: z.string(),
  amount: amountSchema.optional(),
  instructions_email: z.email().optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadataSchema,
});

export const listRefundsSchema = z.strictObject({
  ...pageFields,
  created: createdSchema,
  payment_intent: z.string().optional(),
});

export const createCustomerSchema = z.strictObject({
  name: z.string().max(256).optional(),
  email: z.email().optional(),
  description: z.string().max(350).optional(),
  metadata: metadataSchema,
});

export const listCashMovesSchema = z.strictObject(pageFields);
export const nothingSchema = z.strictObject({});

export const fundSchema = z.strictObject({
  amount: amountSchema,
  currency: currencySchema,
  reference: z.string().optional(),
});

export type CreateRefundParameters = z.infer<typeof createRefundSchema>;
export type ListRefundsParameters = z.infer<typeof listRefundsSchema>;
export type CreateCustomerParameters = z.infer<typeof createCustomerSchema>;
export type ConfirmParameters = z.infer<typeof confirmSchema>;
export type CreateParameters = z.infer<typeof createSchema>;
export type CancelParameters = z.infer<typeof cancelSchema>;
export type ListParameters = z.infer<typeof listSchema>;
export type CreatedParameters = z.infer<typeof createdSchema>;
export type Expand = z.infer<typeof expandSchema>;

const unknownParameter = (param: string): StripeRefusal =>
  param === 'payment_method_types'
    ? invalidRequest('payment_method_types is no longer supported.', {
        code: 'payment_method_types_no_longer_supported',
        param,
      })
    : invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });

const refusalOf = (issue: z.core.$ZodIssue): StripeRefusal => {
  const param = parameterName(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return unknownParameter(parameterName([...issue.path, issue.keys[0]!]));
  }
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) {
    return invalidRequest(`Missing required param: ${param}.`, {
      code: 'parameter_missing',
      param,
    });
  }
  if (issue.message === 'Invalid integer') {
    return invalidRequest(`Invalid integer: ${param}`, {
      code: 'parameter_invalid_integer',
      param,
    });
  }
  return invalidRequest(`Invalid ${param}: ${issue.message}`, { param });
};

/** Reads parameters as strictly as Stripe does; unknown names are told before wrong values. */
export const readParameters = <Schema extends z.ZodType>(
  schema: Schema,
  form: FormObject,
): z.infer<Schema> => {
  const parsed = schema.safeParse(form);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw refusalOf(issues.find((issue) => issue.code === 'unrecognized_keys') ?? issues[0]!);
};
