import { redirect } from '@sveltejs/kit';
import { api, attempt, optionalTextOf, passCookies, refuse, textOf } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const token = event.url.searchParams.get('token') ?? '';
  if (token === '') return { token, invitation: undefined, refusal: undefined };
  const read = await attempt(
    api(event).api.organizations.invitations.read.$post({ json: { token } }),
  );
  return read.ok
    ? { token, invitation: read.body, refusal: undefined }
    : { token, invitation: undefined, refusal: read.refusal };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const password = optionalTextOf(form, 'password');
    const joining = await attempt(
      api(event).api.organizations.invitations.open.$post({
        json: { token: textOf(form, 'token'), ...(password === undefined ? {} : { password }) },
      }),
    );
    if (!joining.ok) return refuse(joining, {});
    passCookies(event, joining.headers);
    // Who signs in already is asked to, unless they are.
    redirect(303, '/bookings');
  },
};
