import { z } from 'zod';
import { emailSchema, nameSchema } from '../accounts/schema.ts';
import { staffRoles } from '../shared/actor.ts';
import { catalogueIdSchema, type VenueId } from '../shared/ids.ts';
import { secretSchema } from '../shared/text.ts';

const grantSchema = z.object({
  venueId: catalogueIdSchema<VenueId>(),
  role: z.enum(staffRoles),
});

const grantsMost = 400;

export const newStaffSchema = z.object({
  name: nameSchema,
  email: emailSchema,
  grants: z.array(grantSchema).min(1).max(grantsMost),
});

export const grantsSchema = z.object({ grants: z.array(grantSchema).max(grantsMost) });

export const firstAdministratorSchema = z.object({
  token: secretSchema(200),
  name: nameSchema,
  email: emailSchema,
});

export const staffListSchema = z
  .object({
    venues: z.array(z.object({ id: z.string(), nameJa: z.string(), nameEn: z.string() })),
    members: z.array(
      z.object({
        accountId: z.string(),
        name: z.string(),
        email: z.string(),
        isConfirmed: z.boolean(),
        grants: z.array(z.object({ venueId: z.string(), role: z.enum(staffRoles) })),
      }),
    ),
  })
  .meta({ id: 'StaffList' });

export type NewStaff = z.infer<typeof newStaffSchema>;
export type FirstAdministrator = z.infer<typeof firstAdministratorSchema>;
