import { redirect } from '@sveltejs/kit';
import { api, attempt, passCookies, refuse, safeNext, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'), '');
  if (locals.me) redirect(303, next || (locals.me.isStaff ? '/staff' : '/bookings'));
  const { searchParams } = url;
  return {
    next,
    isPasswordSet: searchParams.has('password-set'),
    hasEnded: searchParams.has('ended'),
    isCut: searchParams.get('ended') === 'cut',
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const entering = await attempt(
      api(event).api.accounts['sign-in'].$post({
        json: { email: textOf(form, 'email'), password: textOf(form, 'password') },
      }),
    );
    if (!entering.ok) return refuse(entering, typedValues(form));
    passCookies(event, entering.headers);
    // Without a page to return to, this page knows where staff and organizers begin.
    redirect(303, safeNext(textOf(form, 'next'), '/sign-in'));
  },
};
