import { redirect } from '@sveltejs/kit';
import { languageOf } from '#api/shared/languages.ts';
import { safeNext, textOf } from '#web/api.ts';
import type { RequestHandler } from './$types';

const oneYearSeconds = 365 * 24 * 60 * 60;

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  cookies.set('kaikan.locale', languageOf(textOf(form, 'locale')), {
    path: '/',
    maxAge: oneYearSeconds,
    sameSite: 'lax',
    httpOnly: true,
    secure: url.protocol === 'https:',
  });
  redirect(303, safeNext(textOf(form, 'next')));
};
