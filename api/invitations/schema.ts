import { z } from 'zod';
import { tokenSchema } from '../access_links/schema.ts';
import { emailSchema, passwordSchema } from '../accounts/schema.ts';

export const newInvitationSchema = z.object({ email: emailSchema });

export const readInvitationSchema = z.object({ token: tokenSchema });

export const openInvitationSchema = z.object({
  token: tokenSchema,
  password: passwordSchema.optional().meta({
    description: 'Chosen by who is new; whoever signs in already keeps theirs',
  }),
});

export const invitationStateSchema = z
  .object({
    hasMembers: z.boolean().meta({ description: 'Whether somebody signs in for the organizer' }),
    invitation: z
      .object({ email: z.string(), sentAt: z.string(), expiresAt: z.string() })
      .nullable(),
  })
  .meta({ id: 'InvitationState' });

export type NewInvitation = z.infer<typeof newInvitationSchema>;
export type OpenInvitation = z.infer<typeof openInvitationSchema>;
