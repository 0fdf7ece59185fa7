import { z } from 'zod';
import { emailSchema, passwordSchema } from '../accounts/schema.ts';
import { secretSchema } from '../shared/text.ts';

export const tokenSchema = secretSchema(2_000);

export const addressSchema = z.object({ email: emailSchema });

export const confirmationSchema = z.object({ token: tokenSchema, password: passwordSchema });

export const resetSchema = z.object({ token: tokenSchema, newPassword: passwordSchema });
