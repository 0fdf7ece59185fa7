import { redirect } from '@sveltejs/kit';
import { api, attempt, passCookies, refuse, textOf } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

// A button, not the link itself, confirms: mail programs open links before people do.
export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const confirming = await attempt(
      api(event).api.accounts.confirmations.open.$post({ json: { token: textOf(form, 'token') } }),
    );
    if (!confirming.ok) return refuse(confirming, {});
    passCookies(event, confirming.headers);
    redirect(303, '/bookings');
  },
};
