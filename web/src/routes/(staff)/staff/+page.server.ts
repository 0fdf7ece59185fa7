import { addDays, localDaySchema } from '#api/shared/time.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

const soonDays = 3;
/** What is more stands behind the link to the whole list. */
const brief = '8';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const house = api(event).api;
  const today = todayAtVenue();
  const endsBy = addDays(today, soonDays) as string;
  const asked = localDaySchema.safeParse(event.url.searchParams.get('date') ?? '');
  const date = asked.success ? asked.data : today;
  const venue = event.url.searchParams.get('venue') ?? '';
  const query = { date: date as string, ...(venue ? { venue } : {}) };
  const [day, requests, holds] = await Promise.all([
    readOrFail(event, house.reports.today.$get({ query })),
    readOrFail(
      event,
      house.bookings.$get({ query: { state: 'requested', sort: 'requestedAt', limit: brief } }),
    ),
    readOrFail(
      event,
      house.bookings.$get({ query: { endsBy, sort: 'holdExpiresAt', limit: brief } }),
    ),
  ]);
  return {
    today: today as string,
    date: date as string,
    venue,
    uses: day.uses,
    requests,
    holds,
    endsBy,
  };
};
