import { optionalTextOf, textOf } from '#web/api.ts';

const filled = (form: FormData, name: string) => {
  const value = optionalTextOf(form, `organization.${name}`);
  return value === undefined ? {} : { [name]: value };
};

/** The person who registers speaks for the organizer: name and address are asked once. */
export const readRegistration = (form: FormData) => {
  const name = textOf(form, 'account.name');
  const email = textOf(form, 'account.email');
  const kind: 'individual' | 'organization' =
    textOf(form, 'organization.kind') === 'individual' ? 'individual' : 'organization';
  return {
    account: { name, email },
    organization: {
      kind,
      name: textOf(form, 'organization.name'),
      contactName: name,
      phone: textOf(form, 'organization.phone'),
      email,
      ...filled(form, 'nameKana'),
      ...filled(form, 'postalCode'),
      ...filled(form, 'address'),
      declaresSme: form.has('organization.declaresSme'),
    },
  };
};

const sameField: Readonly<Record<string, string>> = {
  'organization.contactName': 'account.name',
  'organization.email': 'account.email',
};

/** A complaint about what was asked once is made once. */
export const atAskedFields = <Field extends { readonly path: string }>(
  fields: readonly Field[],
): Field[] => {
  const known = new Map<string, Field>();
  for (const field of fields) {
    const path = sameField[field.path] ?? field.path;
    if (!known.has(path)) known.set(path, { ...field, path });
  }
  return [...known.values()];
};
