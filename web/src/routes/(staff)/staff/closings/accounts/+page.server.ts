import { redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { askedVenue } from '#web/closings/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const venue = askedVenue(event);
  const { searchParams } = event.url;
  const journal = await readOrFail(
    event,
    api(event).api.closings.accounts.$get({ query: { venue } }),
  );
  return { venue, journal, entry: searchParams.get('entry'), done: searchParams.get('done') };
};

const change = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const venue = textOf(form, 'venue');
  const changed = await attempt<unknown>(
    api(event).api.closings.accounts[':entry'].$put({
      param: { entry: textOf(form, 'entry') },
      json: {
        venue,
        debitCode: textOf(form, 'debitCode'),
        debitName: textOf(form, 'debitName'),
        creditCode: textOf(form, 'creditCode'),
        creditName: textOf(form, 'creditName'),
        taxCode: textOf(form, 'taxCode'),
      },
    }),
  );
  if (!changed.ok) return refuse(changed, typedValues(form));
  redirect(303, `/staff/closings/accounts?${new URLSearchParams({ venue, done: '1' }).toString()}`);
};

export const actions: Actions = { change };
