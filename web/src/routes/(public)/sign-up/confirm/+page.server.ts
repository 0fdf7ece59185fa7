import { redirect } from '@sveltejs/kit';
import { takeWayBack } from '#web/accounts/way_back.ts';
import { api, attempt, passCookies, refuse, textOf } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

// Who confirms chooses the password: nobody else's, typed with this address before, ever counts.
export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const confirming = await attempt(
      api(event).api.accounts.confirmations.open.$post({
        json: { token: textOf(form, 'token'), password: textOf(form, 'password') },
      }),
    );
    if (!confirming.ok) return refuse(confirming, {});
    passCookies(event, confirming.headers);
    // The page of sign-in knows where staff and organizers begin.
    redirect(303, takeWayBack(event.cookies, '/sign-in'));
  },
};
