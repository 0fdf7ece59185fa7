import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, typedValues } from '#web/api.ts';
import { askedOf, decisionsOf } from '#web/closures/closing_form.ts';
import type { ClosurePreview } from '#web/closures/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { venues } = await event.parent();
  const asked = event.url.searchParams.get('venue');
  const venue = venues.find(({ id }) => id === asked) ?? venues[0]!;
  const param = { venue: venue.id };
  const { rooms } = await readOrFail(event, api(event).api.venues[':venue'].rooms.$get({ param }));
  return { venue, rooms };
};

const look = (event: RequestEvent, form: FormData) =>
  attempt(api(event).api.closures.preview.$post({ json: askedOf(form) }));

const shown = (form: FormData, preview: ClosurePreview | undefined) => ({
  values: typedValues(form),
  chosen: askedOf(form).configurations,
  preview,
});

export const actions: Actions = {
  preview: async (event) => {
    const form = await event.request.formData();
    const looked = await look(event, form);
    if (!looked.ok) return refuse(looked, shown(form, undefined).values);
    return { refusal: undefined, ...shown(form, looked.body as ClosurePreview) };
  },
  close: async (event) => {
    const form = await event.request.formData();
    const json = { ...askedOf(form), decisions: decisionsOf(form) };
    const done = await attempt(api(event).api.closures.$post({ json }));
    if (done.ok) redirect(303, `/staff/closures/${done.body.closure.id}?done=close`);
    const looked = await look(event, form);
    const preview = looked.ok ? (looked.body as ClosurePreview) : undefined;
    return { refusal: done.refusal, ...shown(form, preview) };
  },
};
