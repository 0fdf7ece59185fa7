import { error } from '@sveltejs/kit';
import { localDaySchema } from '#api/shared/time.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const today: string = todayAtVenue();
  const asked = localDaySchema.safeParse(event.url.searchParams.get('date') ?? '');
  const date: string = asked.success ? asked.data : today;
  const venue = event.url.searchParams.get('venue') || me.roles[0]?.venueId;
  if (!venue) error(404);
  const board = await readOrFail(
    event,
    api(event).api.reports.board.$get({ query: { venue, date } }),
  );
  return { today, date, venue, board };
};
