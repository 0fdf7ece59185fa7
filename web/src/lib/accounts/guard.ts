import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { signInPath, type Me, type Visit } from '#web/api.ts';

type GuardedVisit = Omit<Visit, 'fetch'> & Pick<RequestEvent, 'locals'>;

/** Who is signed in; anybody else is asked to sign in and comes back. */
export const requireMe = (visit: GuardedVisit): Me => {
  const { me } = visit.locals;
  if (!me) redirect(303, signInPath(visit));
  return me;
};

/** The console does not exist for those who do not work here. */
export const requireStaff = (visit: GuardedVisit): Me => {
  const me = requireMe(visit);
  if (!me.isStaff) error(404);
  return me;
};
