import { redirect, type RequestEvent } from '@sveltejs/kit';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { notConfirmed } from '#web/bookings/booking_acts.ts';
import { findCatalogue } from './catalogue.ts';

type Visit = RequestEvent & { params: { id: string } };
type Scope = 'one' | 'following' | 'all';

/** A series with what its page names rooms and bands by. */
export const loadSeries = async (event: Visit) => {
  const param = { id: event.params.id };
  const { series } = await readOrFail(event, api(event).api.series[':id'].$get({ param }));
  const { catalogue } = await findCatalogue(event, series.venueId);
  return { series, catalogue: catalogue!, done: event.url.searchParams.get('done') };
};

export const requestAll = async (event: Visit) => {
  const form = await event.request.formData();
  const done = await attempt(
    api(event).api.series[':id'].request.$post({
      param: { id: event.params.id },
      json: { version: textOf(form, 'version') },
    }),
  );
  if (!done.ok) return refuse(done, { ...typedValues(form), act: 'request' });
  redirect(303, `/series/${event.params.id}?done=request`);
};

export const giveUp = async (event: Visit) => {
  const form = await event.request.formData();
  const typed = { ...typedValues(form), act: 'withdraw' };
  if (!form.has('confirmed')) return refuse(notConfirmed(event.locals.locale), typed);
  const done = await attempt(
    api(event).api.series[':id'].withdraw.$post({
      param: { id: event.params.id },
      json: {
        version: textOf(form, 'version'),
        scope: textOf(form, 'scope') as Scope,
        from: textOf(form, 'from'),
        reason: textOf(form, 'reason'),
      },
    }),
  );
  if (!done.ok) return refuse(done, typed);
  redirect(303, `/series/${event.params.id}?done=withdraw`);
};
