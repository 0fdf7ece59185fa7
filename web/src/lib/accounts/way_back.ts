import type { Cookies } from '@sveltejs/kit';
import { safeNext } from '#web/api.ts';

const name = 'kaikan.next';
const secondsKept = 86_400;
/** A browser drops a longer cookie. */
const lengthMost = 3_000;

/** Keeps the page somebody was on the way to while they register or wait for a letter. */
export const keepWayBack = (cookies: Cookies, next: string | null): void => {
  const path = safeNext(next, '');
  if (path === '' || encodeURIComponent(path).length > lengthMost) return;
  cookies.set(name, path, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: secondsKept });
};

/** The page kept, once; without one, where to go otherwise. */
export const takeWayBack = (cookies: Cookies, otherwise: string): string => {
  const kept = safeNext(cookies.get(name), otherwise);
  cookies.delete(name, { path: '/' });
  return kept;
};
