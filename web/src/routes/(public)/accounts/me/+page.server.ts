import { languageOf } from '#api/shared/languages.ts';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, refuse, textOf } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ({ account: requireMe(event).account });

export const actions: Actions = {
  default: async (event) => {
    const locale = languageOf(textOf(await event.request.formData(), 'locale'));
    const chosen = await attempt(api(event).api.accounts.me.language.$put({ json: { locale } }));
    return chosen.ok ? { locale } : refuse(chosen, {});
  },
};
