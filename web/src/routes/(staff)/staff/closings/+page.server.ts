import { redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { askedVenue } from '#web/closings/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const venue = askedVenue(event);
  const books = await readOrFail(event, api(event).api.closings.$get({ query: { venue } }));
  return { venue, books, done: event.url.searchParams.get('done') };
};

const close = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const venue = textOf(form, 'venue');
  const isMonth = textOf(form, 'period') === 'month';
  const on = textOf(form, isMonth ? 'month' : 'on');
  const shut = await attempt(
    api(event).api.closings.$post({ json: { venue, period: isMonth ? 'month' : 'day', on } }),
  );
  if (!shut.ok) return refuse(shut, { ...typedValues(form), on });
  const query = new URLSearchParams({ venue, done: String(shut.body.closings.length) });
  redirect(303, `/staff/closings?${query.toString()}`);
};

export const actions: Actions = { close };
