import { requireStaff } from '#web/accounts/guard.ts';
import { fail, type RequestEvent } from '@sveltejs/kit';
import {
  fieldsOf,
  findCatalogue,
  holdActs,
  holdTyped,
  openForm,
  refuseTyped,
} from '#web/bookings/hold_acts.ts';
import { readHoldFields } from '#web/bookings/hold_form.ts';
import { readCaller, registerCaller } from '#web/organizations/caller.ts';
import { searchOrganizations } from '#web/organizations/search.ts';
import type { Actions, PageServerLoad } from './$types';

const searchMost = 100;

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const query = (event.url.searchParams.get('query') ?? '').trim().slice(0, searchMost);
  const fields = readHoldFields(event.url.searchParams);
  const asked = fields.organizationId || query;
  const [{ catalogue }, found] = await Promise.all([
    findCatalogue(event, fields.venue),
    asked ? searchOrganizations(event, asked) : undefined,
  ]);
  const organizations = found?.ok ? found.body.organizations : [];
  const opened = await openForm(event, fields, catalogue !== undefined);
  const mayGoFirst = me.roles.some(
    ({ venueId, role }) => venueId === fields.venue && ['manager', 'administrator'].includes(role),
  );
  return {
    ...opened,
    query,
    isCaller: event.url.searchParams.has('caller'),
    organizations,
    chosen: organizations.find(({ id }) => id === fields.organizationId),
    refusal: found && !found.ok ? found.refusal : undefined,
    catalogue,
    mayGoFirst,
  };
};

const place = '/staff/bookings';
const acts = holdActs(place, requireStaff);

/** A caller is written down and booked for in one form. */
const holdForCaller = async (event: RequestEvent) => {
  const { form, fields } = await fieldsOf(event);
  requireStaff(event);
  const caller = readCaller(form);
  const { organization, refused } = await registerCaller(event, form);
  if (!organization) {
    const { status, data } = await refuseTyped(event, fields, refused);
    return fail(status, { ...data, caller });
  }
  const known = { form, fields: { ...fields, organizationId: organization.id } };
  // What is held leads away: here it was refused, and from now on the organizer is known.
  const { status, data } = await holdTyped(event, place, known);
  return fail(status, { ...data, organization });
};

export const actions: Actions = {
  ...acts,
  hold: (event) => (event.url.searchParams.has('caller') ? holdForCaller(event) : acts.hold(event)),
};
