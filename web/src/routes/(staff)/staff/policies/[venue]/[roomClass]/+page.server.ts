import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, typedValues } from '#web/api.ts';
import { fieldsOf, policyBody } from '#web/policies/policy_form.ts';
import type { Actions, PageServerLoad } from './$types';

type Visit = RequestEvent & { params: { venue: string; roomClass: string } };

const findConditions = async (event: Visit) => {
  const param = { venue: event.params.venue };
  const read = api(event).api.venues[':venue'].policies.$get({ param });
  const { venue, policies } = await readOrFail(event, read);
  const policy = policies.find(({ roomClass }) => roomClass === event.params.roomClass);
  if (!policy) error(404);
  return { venue, policy };
};

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const isAdministrator = me.roles.some(
    ({ venueId, role }) => venueId === event.params.venue && role === 'administrator',
  );
  if (!isAdministrator) error(404);
  const { venue, policy } = await findConditions(event);
  return { venue, policy, fields: fieldsOf(policy) };
};

export const actions: Actions = {
  default: async (event) => {
    requireStaff(event);
    const fields = typedValues(await event.request.formData());
    const { venue, roomClass } = event.params;
    const saved = await attempt(
      api(event).api.venues[':venue'].policies[':roomClass'].$put({
        param: { venue, roomClass },
        json: policyBody(fields),
      }),
    );
    if (!saved.ok) return refuse(saved, fields);
    redirect(303, '/staff/policies?done=save');
  },
};
