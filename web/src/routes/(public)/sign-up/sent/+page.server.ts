import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const sending = await attempt(
      api(event).api.accounts.confirmations.$post({ json: { email: textOf(form, 'email') } }),
    );
    return sending.ok ? { isResent: true } : refuse(sending, typedValues(form));
  },
};
