import { requireStaff } from '#web/accounts/guard.ts';
import { findCatalogue, holdActs, openForm } from '#web/bookings/hold_acts.ts';
import { readHoldFields } from '#web/bookings/hold_form.ts';
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
    organizations,
    chosen: organizations.find(({ id }) => id === fields.organizationId),
    refusal: found && !found.ok ? found.refusal : undefined,
    catalogue,
    mayGoFirst,
  };
};

export const actions: Actions = holdActs('/staff/bookings', requireStaff);
