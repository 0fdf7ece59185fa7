import { redirect } from '@sveltejs/kit';
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
    redirect(303, '/sign-in?password-set');
  },
};
