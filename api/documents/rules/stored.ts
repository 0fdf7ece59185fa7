import { z } from 'zod';
import { writtenSchema } from '../../shared/ids.ts';
import type { LocalDay } from '../../shared/time.ts';
import { documentKinds } from '../schema.ts';
import type { PaperContent } from './content.ts';

/** Loose: a paper is read with all that was fixed by its fingerprint. */
export const paperSchema: z.ZodType<PaperContent> = z.looseObject({
  kind: z.enum(documentKinds),
  title: z.string(),
  number: z.string(),
  bookingNumber: z.string(),
  issuedOn: writtenSchema<LocalDay>(),
  venueName: z.string(),
  plan: z.array(
    z.looseObject({
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      isUsed: z.boolean(),
    }),
  ),
  recipient: z.looseObject({
    name: z.string(),
    honorific: z.enum(['御中', '様']),
    contact: z.string().nullable(),
    postalCode: z.string().nullable(),
    address: z.string().nullable(),
  }),
  issuer: z.looseObject({
    name: z.string(),
    address: z.string(),
    registrationNumber: z.string().nullable(),
    isProvisional: z.boolean(),
    note: z.string().nullable(),
  }),
  opening: z.string(),
  amount: z.looseObject({ label: z.string(), amountYen: z.int() }).nullable(),
  facts: z.array(z.looseObject({ label: z.string(), value: z.string() })),
  uses: z.array(
    z.looseObject({ day: z.string(), place: z.string(), time: z.string(), phase: z.string() }),
  ),
  lines: z.array(
    z.looseObject({
      what: z.string(),
      when: z.string(),
      reason: z.string(),
      quantity: z.string(),
      unitYen: z.int(),
      amountYen: z.int(),
      isProvisional: z.boolean(),
      taxRateBp: z.int().exactOptional(),
    }),
  ),
  taxes: z.array(z.looseObject({ taxRateBp: z.int(), totalYen: z.int(), taxYen: z.int() })),
  remarksTitle: z.string(),
  remarks: z.array(z.string()),
  verification: z.looseObject({ code: z.string(), url: z.string() }).exactOptional(),
  covers: z
    .array(
      z.looseObject({
        chargeId: z.string(),
        amountYen: z.int(),
        invoiceNumber: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  corrects: z
    .looseObject({ number: z.string(), issuedOn: writtenSchema<LocalDay>() })
    .exactOptional(),
  validUntil: writtenSchema<LocalDay>().exactOptional(),
  slipDigits: z.string().exactOptional(),
});
