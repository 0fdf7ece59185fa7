import { error } from '@sveltejs/kit';
import { fiscalYearOf } from '#api/shared/time.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { attempt } from '#web/api.ts';
import type { Recalculation } from '#web/utilities/views.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const { searchParams } = event.url;
  const today = todayAtVenue();
  const venue = searchParams.get('venue') || me.roles[0]?.venueId;
  if (!venue) error(404);
  const asked = {
    venue,
    from: searchParams.get('from') || `${fiscalYearOf(today) - 1}-04-01`,
    to: searchParams.get('to') || today,
  };
  const query = new URLSearchParams(asked).toString();
  // The route answers JSON or CSV, which the typed client cannot tell apart.
  const made = await attempt<Recalculation>(event.fetch(`/api/utilities/recalculation?${query}`));
  return {
    asked,
    csv: `/api/utilities/recalculation?${query}&format=csv`,
    report: made.ok ? made.body : undefined,
    refusal: made.ok ? undefined : made.refusal,
  };
};
