import { addDays, firstOfMonth } from '#api/shared/time.ts';
import { askedVenue, loadReport } from '#web/closings/load.ts';
import type { Journal } from '#web/closings/views.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

/** Last month, as it is exported when it has been closed. */
const usualPeriod = () => {
  const to = addDays(firstOfMonth(todayAtVenue()), -1);
  return { from: firstOfMonth(to), to };
};

export const load: PageServerLoad = (event) => {
  const venue = askedVenue(event);
  const { searchParams } = event.url;
  const usual = usualPeriod();
  return loadReport<Journal>(event, 'journal', {
    venue,
    from: searchParams.get('from') || usual.from,
    to: searchParams.get('to') || usual.to,
  });
};
