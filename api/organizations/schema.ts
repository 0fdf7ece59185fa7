import { z } from 'zod';
import { emailSchema, nameSchema, newAccountSchema, phoneSchema } from '../accounts/schema.ts';
import { languageSchema } from '../shared/languages.ts';
import { oneLineSchema } from '../shared/text.ts';

const postalCodeSchema = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/[〒\s‐‑–—―−ー-]/g, ''))
  .refine((text) => /^\d{7}$/.test(text), { params: { code: 'http.wrong_form' } })
  .meta({ format: 'postal-code' });

export const organizationInputSchema = z.object({
  kind: z.enum(['organization', 'individual']),
  name: nameSchema,
  nameKana: oneLineSchema(100, 0).optional(),
  contactName: nameSchema,
  phone: phoneSchema,
  email: emailSchema,
  postalCode: postalCodeSchema.optional(),
  address: oneLineSchema(200, 0).optional(),
  /** 宛名 of papers about money where it is not the name. */
  addressee: oneLineSchema(100, 0).optional(),
  /** 中小企業者等 by the organizer's own word; the desk confirms it. */
  declaresSme: z.boolean().default(false),
});

/** The data as they are from now on; the desk says why it writes them for somebody else. */
export const organizationChangeSchema = organizationInputSchema.extend({
  email: emailSchema.optional().meta({
    description: 'May be absent only while nobody signs in for the organizer',
  }),
  reason: oneLineSchema(200).optional(),
});

/** Somebody who calls the desk: no account, and no address where none was given. */
export const callerSchema = organizationInputSchema
  .omit({ email: true, declaresSme: true })
  .extend({
    email: emailSchema.optional(),
    isNew: z.boolean().default(false).meta({
      description: 'Whoever looks alike was shown, and this is somebody else',
    }),
  });

export const registrationSchema = z
  .object({ account: newAccountSchema.optional(), organization: organizationInputSchema })
  .meta({
    example: {
      account: { name: '佐藤 花子', email: 'hanako@example.jp' },
      organization: {
        kind: 'organization',
        name: '郡山ものづくり研究会',
        contactName: '佐藤 花子',
        phone: '024-947-8010',
        email: 'hanako@example.jp',
      },
    },
  });

/** What waits in the queue was read before. */
export const newcomerSchema = registrationSchema.extend({
  account: newAccountSchema,
  locale: languageSchema.default('ja'),
});

export const organizationSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['organization', 'individual']),
    name: z.string(),
    nameKana: z.string().nullable(),
    contactName: z.string(),
    phone: z.string(),
    email: z.string().nullable(),
    postalCode: z.string().nullable(),
    address: z.string().nullable(),
    addressee: z.string().nullable(),
    smeStatus: z.enum(['none', 'declared', 'confirmed']),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Organization' });

export const organizationBlockSchema = z
  .object({ organizationId: z.string(), venueId: z.string(), blockedAt: z.string() })
  .meta({ id: 'OrganizationBlock' });

export const searchLengthMost = 100;

export type OrganizationInput = z.infer<typeof organizationInputSchema>;
export type OrganizationChange = z.infer<typeof organizationChangeSchema>;
export type Caller = z.infer<typeof callerSchema>;
export type Registration = z.infer<typeof registrationSchema>;
export type Newcomer = z.infer<typeof newcomerSchema>;
