import { redirect } from '@sveltejs/kit';
import {
  carriedAgain,
  carriedFrom,
  pageOfCarried,
  returnPath,
} from '#web/accounts/carried_form.ts';
import { api, attempt, passCookies, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

/** Without a form there is nothing to carry: an address opens the page of sign-in. */
export const load: PageServerLoad = ({ request }) => {
  if (request.method === 'GET') redirect(303, '/sign-in');
};

export const actions: Actions = {
  carry: async ({ request, url }) => ({
    carried: carriedFrom(await request.formData(), url.searchParams.get('act')),
  }),
  enter: async (event) => {
    const form = await event.request.formData();
    const carried = carriedAgain(form);
    const entering = await attempt(
      api(event).api.accounts['sign-in'].$post({
        json: { email: textOf(form, 'email'), password: textOf(form, 'password') },
      }),
    );
    if (!entering.ok) {
      const { email = '' } = typedValues(form);
      return refuse(entering, { email, carried });
    }
    passCookies(event, entering.headers);
    if (carried.fields.length === 0) redirect(303, pageOfCarried(carried));
    // The browser sends what it carries on to the form, and the form is shown with it.
    redirect(307, returnPath(carried));
  },
};
