import { redirect } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { changeOrganization, loadOrganization } from '#web/organizations/organization_form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { id } = event.params;
  const [organization, state] = await Promise.all([
    loadOrganization(event),
    readOrFail(event, api(event).api.organizations[':id'].invitations.$get({ param: { id } })),
  ]);
  return { ...organization, ...state, isInvited: event.url.searchParams.has('invited') };
};

/** The other form of the page has a box for an address, too. */
const atInvited = <Refused extends { refusal: { fields: readonly { path: string }[] } }>(
  refused: Refused,
): Refused => ({
  ...refused,
  refusal: {
    ...refused.refusal,
    fields: refused.refusal.fields.map((field) => ({ ...field, path: 'invited' })),
  },
});

export const actions: Actions = {
  change: changeOrganization,
  invite: async (event) => {
    const form = await event.request.formData();
    const { id } = event.params;
    const inviting = await attempt(
      api(event).api.organizations[':id'].invitations.$post({
        param: { id },
        json: { email: textOf(form, 'invited') },
      }),
    );
    if (!inviting.ok) return refuse(atInvited(inviting), typedValues(form));
    redirect(303, `${event.url.pathname}?invited=1`);
  },
};
