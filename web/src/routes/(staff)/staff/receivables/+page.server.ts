import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt } from '#web/api.ts';
import type { Receivables } from '#web/receivables/views.ts';
import type { PageServerLoad } from './$types';

const names = ['venue', 'on'] as const;

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const typed = Object.fromEntries(
    names.map((name) => [name, event.url.searchParams.get(name)?.trim() ?? '']),
  ) as Record<(typeof names)[number], string>;
  const query = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const listed = await attempt(api(event).api.receivables.$get({ query }));
  return {
    typed,
    query,
    // Only the link asks for the other form of this answer.
    listed: listed.ok ? (listed.body as Receivables) : undefined,
    refusal: listed.ok ? undefined : listed.refusal,
  };
};
