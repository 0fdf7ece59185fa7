import type { Language } from '#api/shared/languages.ts';
import { localDaySchema } from '#api/shared/time.ts';
import { peopleMost } from '#api/proposals/schema.ts';

import { api, attempt } from '#web/api.ts';
import { atOurFields, readWish, wishBody, type TypedWish } from '#web/proposals/wish.ts';
import type { Refusal } from '#web/ui/form.ts';
import { listRooms, listVenues } from '#web/venues/read.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import { words } from '#web/words/words.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';
import { wholeNumberSchema } from '#api/shared/typed.ts';

const plansUsually = 10;
const plansAtMost = 40;

/** What the form can tell in its own words before the house is asked. */
const complaints = (typed: TypedWish, locale: Language, today: string) => {
  const text = words(locale).venues.finder;
  const fields: { path: string; message: string }[] = [];
  for (const [at, { people }] of typed.needs.entries()) {
    if (people && !wholeNumberSchema(peopleMost).safeParse(people).success)
      fields.push({ path: `needs.${at}.people`, message: text.badPeople });
  }
  const date = localDaySchema.safeParse(typed.date);
  if (!typed.date) fields.push({ path: 'date', message: text.needDay });
  else if (!date.success) fields.push({ path: 'date', message: text.badDay });
  else if (!typed.until && date.data < today) fields.push({ path: 'date', message: text.pastDay });
  return fields;
};

const ask = async (event: PageServerLoadEvent, typed: TypedWish, maxPlans: number) => {
  const { locale } = event.locals;
  const fields = complaints(typed, locale, todayAtVenue());
  if (fields.length > 0) {
    const message = words(locale).form.errorLead;
    const refusal: Refusal = { code: 'http.invalid_input', message, fields };
    return { refusal };
  }
  const json = wishBody(typed, maxPlans);
  const asked = await attempt(api(event).api.proposals.$post({ json }));
  return asked.ok ? { found: asked.body } : { refusal: atOurFields(asked.refusal, typed) };
};

/** The rooms of the houses in the answer, to draw them. */
const roomsOf = async (event: PageServerLoadEvent, venueIds: Iterable<string>) =>
  (await Promise.all([...new Set(venueIds)].map((id) => listRooms(event, id)))).flat();

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const typed = readWish(searchParams);
  const venues = await listVenues(event);
  const isAsking = searchParams.has('date') && (searchParams.get('do') ?? '') === '';
  if (!isAsking) return { typed, venues, refusal: undefined, found: undefined, rooms: [] };
  const hasMore = searchParams.has('more');
  const { found, refusal } = await ask(event, typed, hasMore ? plansAtMost : plansUsually);
  const shown = found ? [...found.plans, ...found.alternatives] : [];
  const rooms = await roomsOf(
    event,
    shown.map(({ venue }) => venue.id),
  );
  const plain = (text: string) => localDaySchema.safeParse(text).data ?? text;
  return {
    typed: found ? { ...typed, date: plain(typed.date), until: plain(typed.until) } : typed,
    venues,
    refusal,
    found,
    rooms,
  };
};
