import { error } from '@sveltejs/kit';
import {
  addDays,
  addMonths,
  firstOfMonth,
  isReadDay,
  lastOfMonth,
  localDaySchema,
} from '#api/shared/time.ts';
import { findAvailability, findVenue, listRooms } from '#web/venues/read.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import { words } from '#web/words/words.ts';
import type { PageServerLoad } from './$types';

const weekDays = 7;

const dayIn = (text: string | null) => {
  const parsed = localDaySchema.safeParse(text ?? '');
  return parsed.success ? parsed.data : undefined;
};

export const load: PageServerLoad = async (event) => {
  const { params, url, locals } = event;
  const venue = await findVenue(event, params.venue);
  const rooms = await listRooms(event, venue.id);
  const asked = url.searchParams.get('room');
  const room = asked ? rooms.find(({ code }) => code === asked) : rooms[0];
  if (!room) error(404, words(locals.locale).venues.unknownRoom);

  const today = todayAtVenue();
  const from = dayIn(`${url.searchParams.get('month') ?? ''}-01`);
  const month = firstOfMonth(dayIn(url.searchParams.get('week')) ?? from ?? today);
  const startOfWeek = dayIn(url.searchParams.get('week')) ?? (month > today ? month : today);
  const availability = await findAvailability(event, {
    venue: venue.id,
    room: room.code,
    from: month < startOfWeek ? month : startOfWeek,
    to: [lastOfMonth(month), addDays(startOfWeek, weekDays - 1)]
      .filter(isReadDay)
      .toSorted()
      .at(-1)!,
  });
  return {
    venue,
    rooms: rooms.map(({ code, nameJa, nameEn }) => ({ code, nameJa, nameEn })),
    room,
    availability,
    today,
    month: month.slice(0, 7),
    months: {
      previous: addMonths(month, -1).slice(0, 7),
      next: addMonths(month, 1).slice(0, 7),
    },
    week: {
      dates: Array.from({ length: weekDays }, (_, at) => String(addDays(startOfWeek, at))),
      previous: addDays(startOfWeek, -weekDays),
      next: addDays(startOfWeek, weekDays),
    },
  };
};
