import { redirect } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { loadSeries } from '#web/series/series_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const { id, date } = event.params;
  const door = api(event).api.series[':id'].dates[':date'];
  const [series, offered] = await Promise.all([
    loadSeries(event),
    readOrFail(event, door.preview.$get({ param: { id, date } })),
  ]);
  return { ...series, date: offered.date };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const { id, date } = event.params;
    const door = api(event).api.series[':id'].dates[':date'];
    const offered = await attempt(door.preview.$get({ param: { id, date } }));
    const key = textOf(form, `choice.${date}`);
    const way = offered.ok
      ? offered.body.date.alternatives.find((one) => one.key === key)
      : undefined;
    type Choice = Parameters<typeof door.$post>[0]['json']['choice'];
    const choice = (way ? { kind: 'other', uses: way.uses } : { kind: 'as_planned' }) as Choice;
    const added = await attempt(
      door.$post({ param: { id, date }, json: { version: textOf(form, 'version'), choice } }),
    );
    if (!added.ok) return refuse(added, typedValues(form));
    redirect(303, `/series/${id}?done=add`);
  },
};
