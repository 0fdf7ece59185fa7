import { askedVenue, loadReport } from '#web/closings/load.ts';
import type { Daybook } from '#web/closings/views.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const venue = askedVenue(event);
  const on = event.url.searchParams.get('on') || todayAtVenue();
  return loadReport<Daybook>(event, 'daybook', { venue, on });
};
