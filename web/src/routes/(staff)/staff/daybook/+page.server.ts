import { dayOf } from '#api/shared/time.ts';
import { askedVenue, loadReport } from '#web/closings/load.ts';
import type { Daybook } from '#web/closings/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const venue = askedVenue(event);
  const on = event.url.searchParams.get('on') || dayOf(new Date());
  return loadReport<Daybook>(event, 'daybook', { venue, on });
};
