import { z } from 'zod';
import { emailOf } from '../shared/email.ts';
import { languageSchema } from '../shared/languages.ts';
import { phoneOf } from '../shared/phone.ts';
import { oneLineSchema, secretSchema } from '../shared/text.ts';

export const passwordMinLength = 10;
export const passwordMaxLength = 128;

/** Every mail address that is taken anywhere. */
export const emailSchema = z
  .string()
  .max(300)
  .transform((text) => emailOf(text) ?? '')
  .refine((address) => address !== '', { params: { code: 'http.not_an_email' } })
  .meta({ format: 'email' });

export const passwordSchema = secretSchema(passwordMaxLength, passwordMinLength);

export const nameSchema = oneLineSchema(100);

/** Japanese phone numbers, however typed, as their digits; an extension (内線) stays behind them. */
export const phoneSchema = z
  .string()
  .max(100)
  .transform((text) => phoneOf(text) ?? '')
  .refine((phone) => phone !== '', { params: { code: 'http.not_a_phone' } })
  .meta({ format: 'phone' });

export const signInSchema = z.object({
  email: emailSchema,
  password: secretSchema(passwordMaxLength),
});

export const newAccountSchema = z.object({
  name: nameSchema,
  email: emailSchema,
});

export const languageChangeSchema = z.object({ locale: languageSchema });

export type SignInInput = z.infer<typeof signInSchema>;
