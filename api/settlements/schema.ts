import { z } from 'zod';
import { publicationSchema } from '../venues/schema.ts';

export const settleSchema = z.object({
  /** The sum the settler has seen; another one now is refused. */
  totalYen: z.coerce.number().int().min(0),
});

const settled = {
  lines: z.array(
    z.object({
      kind: z.enum(['overtime', 'equipment', 'utility']),
      usedOn: z.string(),
      roomId: z
        .string()
        .optional()
        .describe('Missing where it was settled before rooms were kept.'),
      nameJa: z.string(),
      nameEn: z.string(),
      amountYen: z.int(),
      reasonJa: z.string(),
      reasonEn: z.string(),
      publication: publicationSchema,
      source: z.string(),
    }),
  ),
  totalYen: z.int(),
  taxYen: z.int(),
  isProvisional: z.boolean(),
  openEquipment: z.boolean(),
  openReadings: z.int(),
};

/** A settlement as it was made. */
export const settledSchema = z.object(settled);

export const settlementSchema = z
  .object({
    bookingId: z.string(),
    state: z.enum(['draft', 'settled']),
    ...settled,
    settledAt: z.string().nullable(),
    settledByName: z.string().nullable(),
    maySettle: z.boolean(),
  })
  .meta({ id: 'Settlement' });
