import { error } from '@sveltejs/kit';
import { addDays, localDaySchema } from '#api/shared/time.ts';
import { findAvailability, findVenue } from '#web/venues/read.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import { words } from '#web/words/words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params, locals } = event;
  const venue = await findVenue(event, params.venue);
  const date = localDaySchema.safeParse(params.date);
  if (!date.success) error(404, words(locals.locale).venues.finder.badDay);
  const availability = await findAvailability(event, {
    venue: venue.id,
    from: date.data,
    to: date.data,
  });
  return {
    venue,
    date: String(date.data),
    today: todayAtVenue(),
    availability,
    previous: addDays(date.data, -1),
    next: addDays(date.data, 1),
  };
};
