import { wholeNumberSchema } from '#api/fees/schema.ts';
import { localDaySchema, type LocalDay } from '#api/shared/time.ts';
import type { Venue } from '#api/venues/schema.ts';
import { isPurpose, placesFor, type Wish } from '#web/rooms/finder.ts';
import { gridOf } from '#web/slots/grid.ts';
import type { Refusal } from '#web/ui/form.ts';
import {
  findAvailability,
  listPrices,
  listRooms,
  listVenues,
  todayAtVenue,
} from '#web/venues/read.ts';
import { wordsFor } from '#web/words/words.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';

const peopleAtMost = 100_000;
const defaultBand = 'all_day';

const readTyped = ({ searchParams }: URL) => {
  const text = (name: string) => searchParams.get(name)?.trim() ?? '';
  return {
    purpose: text('purpose'),
    people: text('people'),
    date: text('date'),
    band: text('band') || defaultBand,
  };
};

type Typed = ReturnType<typeof readTyped>;

const decide = (typed: Typed, locale: 'ja' | 'en', today: string) => {
  const text = wordsFor(locale).venues.finder;
  const fields: { path: string; message: string }[] = [];
  const people = wholeNumberSchema(peopleAtMost).safeParse(typed.people);
  if (typed.people && !people.success) fields.push({ path: 'people', message: text.badPeople });
  const date = localDaySchema.safeParse(typed.date);
  if (!typed.date) fields.push({ path: 'date', message: text.needDay });
  else if (!date.success) fields.push({ path: 'date', message: text.badDay });
  else if (date.data < today) fields.push({ path: 'date', message: text.pastDay });
  const wish: Wish = {
    purpose: isPurpose(typed.purpose) ? typed.purpose : undefined,
    people: typed.people && people.success ? people.data : undefined,
  };
  return { fields, wish, date: date.success ? date.data : undefined };
};

const findAt = async (
  event: PageServerLoadEvent,
  venue: Venue,
  asked: { wish: Wish; date: LocalDay; band: string },
) => {
  const { wish, date } = asked;
  const [rooms, availability, { prices }] = await Promise.all([
    listRooms(event, venue.id),
    findAvailability(event, { venue: venue.id, from: date, to: date }),
    listPrices(event, venue.id, date),
  ]);
  const grid = gridOf(availability);
  const slots = venue.bands.find(({ code }) => code === asked.band)?.slotCodes ?? [];
  const places = placesFor(rooms, wish).map((place) => ({
    place,
    state: grid.state(place.configuration.id, date, slots),
    price: prices.find(
      (price) =>
        price.configurationId === place.configuration.id &&
        price.bandCode === asked.band &&
        price.customerClass === 'standard',
    ),
  }));
  return {
    venue,
    free: places.filter(({ state }) => state === 'free'),
    notOpenCount: places.filter(({ state }) => state === 'not_open_yet').length,
  };
};

export const load: PageServerLoad = async (event) => {
  const typed = readTyped(event.url);
  if (!event.url.searchParams.has('date'))
    return { typed, date: undefined, refusal: undefined, found: [] };
  const { locale } = event.locals;
  const { fields, wish, date } = decide(typed, locale, todayAtVenue());
  if (fields.length > 0 || !date) {
    const message = wordsFor(locale).form.errorLead;
    const refusal: Refusal = { code: 'http.invalid_input', message, fields };
    return { typed, date: undefined, refusal, found: [] };
  }
  const venues = await listVenues(event);
  const found = await Promise.all(
    venues.map((venue) => findAt(event, venue, { wish, date, band: typed.band })),
  );
  return { typed: { ...typed, date: String(date) }, date: String(date), refusal: undefined, found };
};
