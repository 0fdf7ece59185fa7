import { z } from 'zod';
import { idSchema, type BookingId, type DocumentId } from '../shared/ids.ts';
import { oneLineSchema, searchSchema } from '../shared/text.ts';

export const documentKinds = [
  'approval_letter',
  'invoice',
  'receipt',
  'refusal_letter',
  'quotation',
  'credit_note',
  'payment_notice',
  'dunning_letter',
  'payment_slip',
  'settlement_statement',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Papers about money, which may be addressed to another name than the organizer's. */
export const moneyKinds: readonly DocumentKind[] = [
  'invoice',
  'receipt',
  'quotation',
  'credit_note',
  'payment_notice',
  'payment_slip',
  'dunning_letter',
  'settlement_statement',
];

export const bookingParamSchema = z.object({ id: idSchema<BookingId>('booking') });

const fileEnding = /\.pdf$/;

/** `doc_….pdf`: the address of a paper ends like the file it is. */
export const documentFileSchema = z.object({
  file: z
    .string()
    .regex(fileEnding)
    .transform((name) => name.replace(fileEnding, ''))
    .pipe(idSchema<DocumentId>('document')),
});

export const documentParamSchema = z.object({ id: idSchema<DocumentId>('document') });

/** Which print: the original where nothing is said, otherwise the so-manieth time it was issued again. */
export const printSchema = z.object({ reissue: z.coerce.number().int().min(1).optional() });

export const reissueSchema = z.object({ reason: oneLineSchema(200) });

/** What is written anew; what is not named stays as it was printed. */
export const correctionSchema = z.object({
  addressee: oneLineSchema(100).optional(),
  honorific: z.enum(['御中', '様']).optional(),
  /** Name, address and contact as the organizer is registered now. */
  takesCurrent: z.boolean().default(false),
  /** 但し書き of a receipt: 但し、…として. */
  proviso: oneLineSchema(60).optional(),
  reason: oneLineSchema(200),
});
export type Correction = z.infer<typeof correctionSchema>;

export const listDocumentsSchema = z.object({
  kind: z.enum(documentKinds).optional(),
  /** The number of a paper or booking, whom it is addressed to, or the title, however it is typed. */
  query: searchSchema.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListDocuments = z.infer<typeof listDocumentsSchema>;

const documentFields = {
  id: z.string(),
  kind: z.enum(documentKinds),
  number: z.string(),
  issuedAt: z.string(),
  /** The number of the corrected paper that holds instead. */
  replacedBy: z.string().nullable(),
  reissues: z.array(z.object({ position: z.int(), reissuedAt: z.string(), reason: z.string() })),
};

export const documentSchema = z.object(documentFields).meta({ id: 'Document' });

export const documentListSchema = z
  .object({
    documents: z.array(
      z.object({
        ...documentFields,
        venueId: z.string(),
        bookingId: z.string().nullable(),
        bookingNumber: z.string().nullable(),
        bookingTitle: z.string().nullable(),
      }),
    ),
    page: z.int(),
    pageCount: z.int(),
    total: z.int(),
  })
  .meta({ id: 'DocumentList' });

export const verifiedSchema = z
  .object({
    kind: z.enum(documentKinds),
    title: z.string(),
    number: z.string(),
    issuedOn: z.string(),
    venueName: z.string(),
    issuerName: z.string(),
    registrationNumber: z.string().nullable(),
    recipientMasked: z.string(),
    amountYen: z.int().nullable(),
    standing: z.enum(['valid', 'replaced', 'voided', 'expired']),
    replacedBy: z.string().nullable(),
    reissuedCount: z.int(),
  })
  .meta({ id: 'VerifiedDocument' });
