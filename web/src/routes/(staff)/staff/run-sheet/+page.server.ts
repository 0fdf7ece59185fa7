import { redirect } from '@sveltejs/kit';
import { localDaySchema } from '#api/shared/time.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { venues } = await event.parent();
  const today = todayAtVenue();
  const { searchParams } = event.url;
  const asked = localDaySchema.safeParse(searchParams.get('date') ?? '');
  const date: string = asked.success ? asked.data : today;
  const venue = searchParams.get('venue') || (venues[0]?.id ?? '');
  const query = { venue, date };
  const { runSheet } = await readOrFail(event, api(event).api['run-sheets'].$get({ query }));
  return { today: today as string, date, venue, runSheet, kept: searchParams.get('kept') };
};

export const actions: Actions = {
  keep: async (event) => {
    const form = await event.request.formData();
    const json = { venue: textOf(form, 'venue'), date: textOf(form, 'date') };
    const done = await attempt(api(event).api['run-sheets'].$post({ json }));
    if (!done.ok) return refuse(done, typedValues(form));
    const query = new URLSearchParams({ ...json, kept: String(done.body.number) });
    redirect(303, `/staff/run-sheet?${query.toString()}`);
  },
};
