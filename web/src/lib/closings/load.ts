import { error, type RequestEvent } from '@sveltejs/kit';
import { attempt } from '#web/api.ts';
import { requireStaff } from '#web/accounts/guard.ts';

/** The venue asked for, or the first of the reader's. */
export const askedVenue = (event: RequestEvent): string => {
  const me = requireStaff(event);
  const venue = event.url.searchParams.get('venue') || me.roles[0]?.venueId;
  if (!venue) error(404);
  return venue;
};

/** A report that is also a file: what was asked, its answer, and where the file is. */
export const loadReport = async <Report>(
  event: RequestEvent,
  path: string,
  asked: Readonly<Record<string, string>>,
) => {
  const query = new URLSearchParams(asked).toString();
  const made = await attempt<Report>(event.fetch(`/api/closings/${path}?${query}`));
  if (!made.ok && [401, 403, 404].includes(made.status)) error(made.status, made.refusal.message);
  return {
    asked,
    csv: `/api/closings/${path}?${query}&format=csv`,
    report: made.ok ? made.body : undefined,
    refusal: made.ok ? undefined : made.refusal,
  };
};
