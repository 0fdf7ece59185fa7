import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { organizationSchema } from '#api/organizations/schema.ts';
import {
  api,
  attempt,
  optionalTextOf,
  readOrFail,
  refuse,
  textOf,
  typedValues,
  type Visit,
} from '#web/api.ts';

type OfOrganization = Visit & { params: { id: string } };
type ActOnOrganization = RequestEvent & { params: { id: string } };

const kindOf = (form: FormData) =>
  textOf(form, 'kind') === 'individual' ? ('individual' as const) : ('organization' as const);

const filled = (
  form: FormData,
  name: 'nameKana' | 'email' | 'postalCode' | 'address' | 'addressee' | 'reason',
) => {
  const value = optionalTextOf(form, name);
  return value === undefined ? {} : { [name]: value };
};

const readData = (form: FormData) => ({
  kind: kindOf(form),
  name: textOf(form, 'name'),
  contactName: textOf(form, 'contactName'),
  phone: textOf(form, 'phone'),
  ...filled(form, 'nameKana'),
  ...filled(form, 'postalCode'),
  ...filled(form, 'address'),
  ...filled(form, 'addressee'),
  declaresSme: form.has('declaresSme'),
});

export const readOrganization = (form: FormData) => ({
  ...readData(form),
  email: textOf(form, 'email'),
});

/** The data of an organizer as the boxes of the form hold them. */
const valuesOf = ({
  smeStatus,
  ...organization
}: z.infer<typeof organizationSchema>): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(organization).map(([name, value]) => [name, value ?? ''])),
  ...(smeStatus === 'none' ? {} : { declaresSme: 'on' }),
});

export const loadOrganization = async (event: OfOrganization) => {
  const { id } = event.params;
  const { organization } = await readOrFail(
    event,
    api(event).api.organizations[':id'].$get({ param: { id } }),
  );
  return {
    name: organization.name,
    values: valuesOf(organization),
    isDone: event.url.searchParams.has('done'),
  };
};

export const changeOrganization = async (event: ActOnOrganization) => {
  const form = await event.request.formData();
  const { id } = event.params;
  const changed = await attempt(
    api(event).api.organizations[':id'].$put({
      param: { id },
      json: { ...readData(form), ...filled(form, 'email'), ...filled(form, 'reason') },
    }),
  );
  if (!changed.ok) return refuse(changed, typedValues(form));
  redirect(303, `${event.url.pathname}?done=1`);
};
