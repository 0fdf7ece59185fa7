import { redirect } from '@sveltejs/kit';
import { bookingList } from '#api/bookings/schema/list.ts';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import { loadList } from '#web/lists.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const house = api(event).api;
  const [live, past, { organizations, blocks }, { feeds }, { venues }] = await Promise.all([
    loadList(event, bookingList, {
      fixed: { part: 'live', sort: 'firstUsedOn' },
    }),
    loadList(event, bookingList, {
      fixed: { part: 'past', sort: '-firstUsedOn' },
      afterName: 'pastAfter',
    }),
    readOrFail(event, house.organizations.$get()),
    readOrFail(event, house.calendars.feeds.$get()),
    readOrFail(event, house.venues.$get()),
  ]);
  return {
    live,
    past,
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
