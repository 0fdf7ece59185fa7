import { fiscalYearOf } from '#api/shared/time.ts';
import { askedVenue, loadReport } from '#web/closings/load.ts';
import type { Revenue } from '#web/closings/views.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const venue = askedVenue(event);
  const { searchParams } = event.url;
  const today = todayAtVenue();
  return loadReport<Revenue>(event, 'revenue', {
    venue,
    from: searchParams.get('from') || `${fiscalYearOf(today)}-04-01`,
    to: searchParams.get('to') || today,
  });
};
