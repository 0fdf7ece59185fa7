import { z } from 'zod';
import { codeSchema } from '../shared/text.ts';

/** Any short text: what names no venue is answered as unknown, not as malformed. */
export const venueCodeSchema = codeSchema(120);

export const publicationSchema = z.enum(['published', 'provisional']);
export type Publication = z.infer<typeof publicationSchema>;

export const venueSlotSchema = z
  .object({
    code: z.string(),
    nameJa: z.string(),
    nameEn: z.string(),
    startsTime: z.string(),
    endsTime: z.string(),
  })
  .meta({ id: 'Slot' });

export const venueBandSchema = z
  .object({
    code: z.string(),
    nameJa: z.string(),
    nameEn: z.string(),
    slotCodes: z.array(z.string()),
    startsTime: z.string(),
    endsTime: z.string(),
  })
  .meta({ id: 'Band' });

export const venueSchema = z
  .object({
    id: z.string(),
    nameJa: z.string(),
    nameEn: z.string(),
    nameKana: z.string(),
    officialName: z.string(),
    descriptionJa: z.string(),
    descriptionEn: z.string(),
    postalCode: z.string().nullable(),
    addressJa: z.string(),
    addressEn: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    zone: z.string(),
    holdDays: z.number(),
    opensAtTime: z.string(),
    paymentDueDays: z.number(),
    publication: publicationSchema,
    source: z.string(),
    slots: z.array(venueSlotSchema),
    bands: z.array(venueBandSchema),
    roomCount: z.number(),
  })
  .meta({ id: 'Venue' });

export type VenueSlot = z.infer<typeof venueSlotSchema>;
export type VenueBand = z.infer<typeof venueBandSchema>;
export type Venue = z.infer<typeof venueSchema>;
