import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { askedOf, occupancyQuery } from '#web/reports/occupancy.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { venue, ...asked } = askedOf(event.url);
  const row = event.url.searchParams.get('row') ?? '';
  const query = { ...asked, ...(venue ? { venue } : {}), row };
  return {
    counted: await readOrFail(event, api(event).api.reports.occupancy.uses.$get({ query })),
    back: `/staff/occupancy?${occupancyQuery({ venue, ...asked }, { row })}`,
  };
};
