import { redirect } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { fieldsOf, findCatalogue, holdActs, openForm } from '#web/bookings/hold_acts.ts';
import { holdQuery, readHoldFields } from '#web/bookings/hold_form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const asked = readHoldFields(event.url.searchParams);
  const [{ venues, catalogue }, { organizations }] = await Promise.all([
    findCatalogue(event, asked.venue),
    readOrFail(event, api(event).api.organizations.$get()),
  ]);
  const only = organizations.length === 1 ? organizations[0]!.id : '';
  const fields = { ...asked, organizationId: asked.organizationId || only };
  const opened = await openForm(event, fields, catalogue !== undefined);
  return { venues, catalogue, organizations, ...opened };
};

export const actions: Actions = {
  ...holdActs('/bookings', requireMe),
  organizer: async (event) => {
    const { fields } = await fieldsOf(event);
    const back = `/bookings/new?${holdQuery(fields)}`;
    redirect(303, `/organizations/new?next=${encodeURIComponent(back)}`);
  },
};
