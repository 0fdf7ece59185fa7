import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { signInPath, type Me } from '#web/api.ts';

type Visit = Pick<RequestEvent, 'locals' | 'url'>;

/** Who is signed in; anybody else is asked to sign in and comes back. */
export const requireMe = ({ locals, url }: Visit): Me => {
  if (!locals.me) redirect(303, signInPath(url));
  return locals.me;
};

/** The console does not exist for those who do not work here. */
export const requireStaff = (visit: Visit): Me => {
  const me = requireMe(visit);
  if (!me.isStaff) error(404);
  return me;
};
