import { redirect } from '@sveltejs/kit';
import { takeWayBack } from '#web/accounts/way_back.ts';
import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const setting = await attempt(
      api(event).api.accounts['password-resets'].open.$post({
        json: { token: textOf(form, 'token'), newPassword: textOf(form, 'newPassword') },
      }),
    );
    if (!setting.ok) return refuse(setting, typedValues(form));
    const next = takeWayBack(event.cookies, '');
    redirect(303, `/sign-in?${new URLSearchParams({ 'password-set': '', next }).toString()}`);
  },
};
