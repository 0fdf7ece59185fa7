import { requireStaff } from '#web/accounts/guard.ts';
import { changeOrganization, loadOrganization } from '#web/organizations/organization_form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadOrganization(event);
};

export const actions: Actions = { default: changeOrganization };
