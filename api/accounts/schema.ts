import { z } from 'zod';

export const passwordMinLength = 10;
export const passwordMaxLength = 128;

export const emailSchema = z
  .string()
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(z.email().max(254));

export const passwordSchema = z.string().min(passwordMinLength).max(passwordMaxLength);

export const nameSchema = z.string().trim().min(1).max(100);

/** Japanese phone numbers, however typed: `０２４－９４７－８０１０` becomes `024-947-8010` digits only. */
export const phoneSchema = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/[\s()\-‐‑–—―−ー.]/g, ''))
  .refine((text) => /^0\d{9,10}$/.test(text), { params: { code: 'http.not_a_phone' } });

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(passwordMaxLength),
});

export const newAccountSchema = z.object({
  name: nameSchema,
  email: emailSchema,
});

export type SignInInput = z.infer<typeof signInSchema>;
