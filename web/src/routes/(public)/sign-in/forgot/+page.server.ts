import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import { keepWayBack } from '#web/accounts/way_back.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ cookies, url }) => {
  keepWayBack(cookies, url.searchParams.get('next'));
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const asking = await attempt(
      api(event).api.accounts['password-resets'].$post({ json: { email: textOf(form, 'email') } }),
    );
    return asking.ok ? { isSent: true } : refuse(asking, typedValues(form));
  },
};
