import { redirect } from '@sveltejs/kit';
import { keepsCells } from '#api/bookings/rules/booking.ts';
import { isInLine } from '#api/bookings/rules/line.ts';
import { addDays } from '#api/shared/time.ts';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { BookingSummary } from '#web/bookings/views.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { Actions, PageServerLoad } from './$types';

const isLive = ({ state, lastUsedOn }: BookingSummary, today: string) =>
  (isInLine(state) || (keepsCells(state) && state !== 'settled')) && lastUsedOn >= today;

const byFirstDay = (one: BookingSummary, other: BookingSummary) =>
  one.firstUsedOn < other.firstUsedOn ? -1 : 1;

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const house = api(event).api;
  const page = event.url.searchParams.get('page') ?? '1';
  const today = todayAtVenue();
  const yesterday = addDays(today, -1);
  const [coming, past, { organizations, blocks }, { feeds }, { venues }] = await Promise.all([
    readOrFail(event, house.bookings.$get({ query: { from: today } })),
    readOrFail(event, house.bookings.$get({ query: { to: yesterday, page } })),
    readOrFail(event, house.organizations.$get()),
    readOrFail(event, house.calendars.feeds.$get()),
    readOrFail(event, house.venues.$get()),
  ]);
  const ended = past.page === 1 ? coming.bookings : [];
  return {
    live: coming.bookings.filter((booking) => isLive(booking, today)).sort(byFirstDay),
    past: [...ended, ...past.bookings].filter(
      (booking, at, all) =>
        !isLive(booking, today) && all.findIndex(({ id }) => id === booking.id) === at,
    ),
    page: past.page,
    pageCount: past.pageCount,
    organizations,
    closedVenues: venues.filter(({ id }) => blocks.some(({ venueId }) => venueId === id)),
    feeds: feeds.filter(({ revokedAt }) => revokedAt === null),
  };
};

export const actions: Actions = {
  feed: async (event) => {
    const form = await event.request.formData();
    const json = { organizationId: textOf(form, 'organizationId'), name: textOf(form, 'name') };
    const made = await attempt(api(event).api.calendars.feeds.$post({ json }));
    if (!made.ok) return refuse(made, typedValues(form));
    return { feed: made.body.feed };
  },
  revoke: async (event) => {
    const form = await event.request.formData();
    const param = { id: textOf(form, 'feed') };
    const revoked = await attempt(api(event).api.calendars.feeds[':id'].revoke.$post({ param }));
    if (!revoked.ok) return refuse(revoked, typedValues(form));
    redirect(303, '/bookings?revoked=1#feeds');
  },
};
