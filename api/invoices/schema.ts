import { z } from 'zod';
import { chargeKinds } from '../payments/rules/charge.ts';
import {
  idSchema,
  type Branded,
  type ChargeId,
  type OrganizationId,
  type VenueId,
} from '../shared/ids.ts';
import { codeSchema } from '../shared/text.ts';

export type InvoiceId = Branded<'invoice'>;

const venueIdSchema = codeSchema(60).transform((text) => text as VenueId);

export const invoiceParamSchema = z.object({ id: idSchema<InvoiceId>('invoice') });

export const combinableSchema = z.object({
  venue: venueIdSchema,
  organization: idSchema<OrganizationId>('organization'),
});
export type Combinable = z.infer<typeof combinableSchema>;

export const makeInvoiceSchema = combinableSchema.extend({
  chargeIds: z.array(idSchema<ChargeId>('charge')).min(1).max(200),
});
export type MakeInvoice = z.infer<typeof makeInvoiceSchema>;

export const listInvoicesSchema = z.object({ venue: venueIdSchema.optional() });
export type ListInvoices = z.infer<typeof listInvoicesSchema>;

const lineFields = {
  chargeId: z.string(),
  billingAccountId: z.string(),
  number: z.string(),
  title: z.string(),
  firstUsedOn: z.string().nullable(),
  kind: z.enum(chargeKinds),
  taxRateBp: z.int(),
  isProvisional: z.boolean(),
};

export const combinableChargesSchema = z
  .object({
    charges: z.array(
      z.object({ ...lineFields, openYen: z.int(), dueOn: z.string(), isCombinable: z.boolean() }),
    ),
  })
  .meta({ id: 'CombinableCharges' });

const taxSchema = z.object({ taxRateBp: z.int(), totalYen: z.int(), taxYen: z.int() });

const summaryFields = {
  id: z.string(),
  venueId: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  totalYen: z.int(),
  dueOn: z.string(),
  createdAt: z.string(),
  voidedAt: z.string().nullable(),
  chargeCount: z.int(),
};

export const invoiceSummarySchema = z.object(summaryFields).meta({ id: 'InvoiceSummary' });

export const invoiceSchema = z
  .object({
    ...summaryFields,
    taxes: z.array(taxSchema),
    lines: z.array(z.object({ ...lineFields, amountYen: z.int() })),
    mayVoid: z.boolean(),
  })
  .meta({ id: 'Invoice' });

export const debtorsSchema = z
  .object({
    debtors: z.array(
      z.object({
        venueId: z.string(),
        organizationId: z.string(),
        organizationName: z.string(),
        owedYen: z.int(),
        bookingCount: z.int(),
      }),
    ),
  })
  .meta({ id: 'Debtors' });
