import { redirect } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, refuse, safeNext, textOf, typedValues } from '#web/api.ts';
import { readOrganization } from '#web/organizations/organization_form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return { next: safeNext(event.url.searchParams.get('next'), '/bookings') };
};

/** The API names `organization.name`; the page has only organizations. */
const withoutPrefix = <Refused extends { refusal: { fields: readonly { path: string }[] } }>(
  refused: Refused,
): Refused => ({
  ...refused,
  refusal: {
    ...refused.refusal,
    fields: refused.refusal.fields.map((field) => ({
      ...field,
      path: field.path.replace(/^organization\./, ''),
    })),
  },
});

export const actions: Actions = {
  default: async (event) => {
    requireMe(event);
    const form = await event.request.formData();
    const added = await attempt(
      api(event).api.organizations.$post({ json: { organization: readOrganization(form) } }),
    );
    if (!added.ok) return refuse(withoutPrefix(added), typedValues(form));
    redirect(303, safeNext(textOf(form, 'next'), '/bookings'));
  },
};
