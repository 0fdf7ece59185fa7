import { api, readOrFail } from '#web/api.ts';
import { actOnEntry } from '#web/openings/lottery_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const house = api(event).api.openings.lotteries[':id'];
  const param = { id: event.params.id };
  const [{ lottery }, { entries }] = await Promise.all([
    readOrFail(event, house.$get({ param })),
    event.locals.me && !event.locals.me.isStaff
      ? readOrFail(event, house.entries.$get({ param }))
      : { entries: [] },
  ]);
  return { lottery, own: entries, done: event.url.searchParams.get('done') };
};

export const actions: Actions = {
  accept: (event) => actOnEntry(event, 'accept'),
  decline: (event) => actOnEntry(event, 'decline'),
  withdraw: (event) => actOnEntry(event, 'withdraw'),
};
