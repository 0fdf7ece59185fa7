import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const json = {
      token: textOf(form, 'token'),
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
    };
    const naming = await attempt(api(event).api.staff.first.$post({ json }));
    return naming.ok ? { isSent: true } : refuse(naming, typedValues(form));
  },
};
