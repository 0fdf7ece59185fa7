import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const house = api(event).api;
  const { searchParams } = event.url;
  const page = searchParams.get('page') ?? '1';
  const venue = searchParams.get('venue') ?? '';
  const look = searchParams.get('look');
  const query = { state: 'requested' as const, page, ...(venue ? { venue } : {}) };
  const [listed, looked] = await Promise.all([
    readOrFail(event, house.bookings.$get({ query })),
    look ? attempt(house.bookings[':id'].$get({ param: { id: look } })) : undefined,
  ]);
  return { ...listed, venue, looked: looked?.ok ? looked.body.booking : undefined };
};
