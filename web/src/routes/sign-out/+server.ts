import { redirect } from '@sveltejs/kit';
import { api, attempt, passCookies } from '#web/api.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const left = await attempt(api(event).api.accounts['sign-out'].$post());
  if (left.ok) passCookies(event, left.headers);
  redirect(303, '/');
};
