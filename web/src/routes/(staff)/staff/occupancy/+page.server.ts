import { dayOf, fiscalYearOf } from '#api/shared/time.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { attempt } from '#web/api.ts';
import type { OccupancyReport } from '#web/reports/views.ts';
import type { PageServerLoad } from './$types';

/** From the beginning of the fiscal year to this month. */
const usualPeriod = () => {
  const today = dayOf(new Date());
  return { from: `${fiscalYearOf(today)}-04`, to: today.slice(0, 7) };
};

const oneOf = <Value extends string>(asked: string | null, values: readonly [Value, ...Value[]]) =>
  values.find((value) => value === asked) ?? values[0];

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { searchParams } = event.url;
  const usual = usualPeriod();
  const asked = {
    from: searchParams.get('from') || usual.from,
    to: searchParams.get('to') || usual.to,
    by: oneOf(searchParams.get('by'), ['figure', 'room']),
    definition: oneOf(searchParams.get('definition'), ['day', 'slot']),
    setup: oneOf(searchParams.get('setup'), ['include', 'exclude']),
  };
  const venue = searchParams.get('venue') ?? '';
  const query = new URLSearchParams({ ...asked, ...(venue ? { venue } : {}) });
  // The route answers JSON or CSV, which the typed client cannot tell apart.
  const address = `/api/reports/occupancy?${query.toString()}`;
  const measured = await attempt<OccupancyReport>(event.fetch(address));
  return {
    asked: { ...asked, venue },
    row: searchParams.get('row') ?? '',
    report: measured.ok ? measured.body : undefined,
    refusal: measured.ok ? undefined : measured.refusal,
  };
};
