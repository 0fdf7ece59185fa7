import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const venue = event.url.searchParams.get('venue') ?? '';
  const page = event.url.searchParams.get('page') ?? '1';
  const query = { view: 'open', page, ...(venue ? { venue } : {}) } as const;
  const listed = await readOrFail(event, api(event).api.refunds.$get({ query }));
  return { ...listed, venue };
};
