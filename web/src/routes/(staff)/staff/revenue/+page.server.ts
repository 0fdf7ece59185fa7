import { dayOf, fiscalYearOf } from '#api/shared/time.ts';
import { askedVenue, loadReport } from '#web/closings/load.ts';
import type { Revenue } from '#web/closings/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const venue = askedVenue(event);
  const { searchParams } = event.url;
  const today = dayOf(new Date());
  return loadReport<Revenue>(event, 'revenue', {
    venue,
    from: searchParams.get('from') || `${fiscalYearOf(today)}-04-01`,
    to: searchParams.get('to') || today,
  });
};
