import { redirect } from '@sveltejs/kit';
import { keepWayBack } from '#web/accounts/way_back.ts';
import { api, attempt, refuse, safeNext, typedValues } from '#web/api.ts';
import { atAskedFields, readRegistration } from '#web/organizations/registration.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, cookies, url }) => {
  const next = url.searchParams.get('next');
  if (locals.me) redirect(303, safeNext(next, '/organizations/new'));
  keepWayBack(cookies, next);
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const registering = await attempt(
      api(event).api.organizations.$post({ json: readRegistration(form) }),
    );
    if (registering.ok) redirect(303, '/sign-up/sent');
    const { status, refusal } = registering;
    return refuse(
      { status, refusal: { ...refusal, fields: atAskedFields(refusal.fields) } },
      typedValues(form),
    );
  },
};
