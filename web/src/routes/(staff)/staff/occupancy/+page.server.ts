import { requireStaff } from '#web/accounts/guard.ts';
import { attempt } from '#web/api.ts';
import { askedOf, occupancyQuery } from '#web/reports/occupancy.ts';
import type { OccupancyReport } from '#web/reports/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const asked = askedOf(event.url);
  // The route answers JSON or CSV, which the typed client cannot tell apart.
  const address = `/api/reports/occupancy?${occupancyQuery(asked)}`;
  const measured = await attempt<OccupancyReport>(event.fetch(address));
  return {
    asked,
    row: event.url.searchParams.get('row') ?? '',
    report: measured.ok ? measured.body : undefined,
    refusal: measured.ok ? undefined : measured.refusal,
  };
};
