import { redirect } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, optionalTextOf, refuse, safeNext, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return { next: safeNext(event.url.searchParams.get('next'), '/bookings') };
};

const kindOf = (form: FormData) =>
  textOf(form, 'kind') === 'individual' ? ('individual' as const) : ('organization' as const);

const filled = (form: FormData, name: 'nameKana' | 'postalCode' | 'address') => {
  const value = optionalTextOf(form, name);
  return value === undefined ? {} : { [name]: value };
};

const readOrganization = (form: FormData) => ({
  kind: kindOf(form),
  name: textOf(form, 'name'),
  contactName: textOf(form, 'contactName'),
  phone: textOf(form, 'phone'),
  email: textOf(form, 'email'),
  ...filled(form, 'nameKana'),
  ...filled(form, 'postalCode'),
  ...filled(form, 'address'),
  declaresSme: form.has('declaresSme'),
});

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
