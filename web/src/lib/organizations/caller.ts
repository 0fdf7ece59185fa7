import type { RequestEvent } from '@sveltejs/kit';
import { api, attempt, textOf } from '#web/api.ts';
import type { Refusal } from '#web/ui/form.ts';
import type { FoundOrganization } from './search.ts';

export interface CallerValues {
  readonly kind: 'organization' | 'individual';
  readonly name: string;
  readonly contactName: string;
  readonly phone: string;
  readonly email: string;
}

export const readCaller = (form: FormData): CallerValues => ({
  kind: textOf(form, 'caller.kind') === 'individual' ? 'individual' : 'organization',
  name: textOf(form, 'caller.name'),
  contactName: textOf(form, 'caller.contactName'),
  phone: textOf(form, 'caller.phone'),
  email: textOf(form, 'caller.email'),
});

/** Who looks like the caller, as the house answered. */
export const alikeIn = (refusal: Refusal | undefined): readonly FoundOrganization[] =>
  refusal?.code === 'organizations.looks_known'
    ? ((refusal.detail as { organizations?: FoundOrganization[] }).organizations ?? [])
    : [];

const asCaller = (refusal: Refusal): Refusal => ({
  ...refusal,
  fields: refusal.fields.map((field) => ({ ...field, path: `caller.${field.path}` })),
});

/** Writes the caller down; what is refused is told at the fields of the caller. */
export const registerCaller = async (event: RequestEvent, form: FormData) => {
  const { email, ...caller } = readCaller(form);
  const json = {
    ...caller,
    ...(email.trim() === '' ? {} : { email }),
    isNew: form.has('caller.isNew'),
  };
  const made = await attempt(api(event).api.organizations.callers.$post({ json }));
  if (made.ok) return { organization: made.body.organization };
  return { refused: { status: made.status, refusal: asCaller(made.refusal) } };
};
