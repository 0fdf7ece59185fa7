import { z } from 'zod';
import { idSchema, type BookingId, type DocumentId } from '../shared/ids.ts';

export const documentKinds = ['approval_letter', 'invoice', 'receipt', 'refusal_letter'] as const;
export type DocumentKind = (typeof documentKinds)[number];

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

export const documentSchema = z
  .object({
    id: z.string(),
    kind: z.enum(documentKinds),
    number: z.string(),
    issuedAt: z.string(),
  })
  .meta({ id: 'Document' });
