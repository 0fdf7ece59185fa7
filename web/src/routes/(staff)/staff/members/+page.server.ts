import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { StaffRole } from '#api/shared/actor.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

const place = '/staff/members';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { venues, members } = await readOrFail(event, api(event).api.staff.$get());
  return { administered: venues, members, done: event.url.searchParams.get('done') ?? '' };
};

const marksOf = (form: FormData) => form.getAll('grant').map(String);

const grantsOf = (form: FormData) =>
  marksOf(form).map((mark) => {
    const [venueId = '', role = ''] = mark.split(' ');
    return { venueId, role: role as StaffRole };
  });

const memberOf = (event: RequestEvent, form: FormData) => ({
  client: api(event).api.staff[':id'],
  param: { id: textOf(form, 'accountId') },
});

export const actions: Actions = {
  add: async (event) => {
    const form = await event.request.formData();
    const adding = await attempt(
      api(event).api.staff.$post({
        json: { name: textOf(form, 'name'), email: textOf(form, 'email'), grants: grantsOf(form) },
      }),
    );
    if (adding.ok) redirect(303, `${place}?done=added`);
    return refuse(adding, { ...typedValues(form), marks: marksOf(form) });
  },
  change: async (event) => {
    const form = await event.request.formData();
    const { client, param } = memberOf(event, form);
    const changing = await attempt(
      client.grants.$post({ param, json: { grants: grantsOf(form) } }),
    );
    if (changing.ok) redirect(303, `${place}?done=changed`);
    return refuse(changing, { ...typedValues(form), marks: marksOf(form) });
  },
  invite: async (event) => {
    const form = await event.request.formData();
    const { client, param } = memberOf(event, form);
    const inviting = await attempt(client.invitations.$post({ param }));
    if (inviting.ok) redirect(303, `${place}?done=invited`);
    return refuse(inviting, { ...typedValues(form), marks: [] });
  },
};
