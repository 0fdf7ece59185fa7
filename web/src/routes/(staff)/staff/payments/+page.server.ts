import { attemptStates } from '#api/payments/rules/attempt.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt } from '#web/api.ts';
import type { PageServerLoad } from './$types';

const names = ['query', 'amount', 'venue', 'state', 'from', 'to', 'page'] as const;

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const typed = Object.fromEntries(
    names.map((name) => [name, event.url.searchParams.get(name)?.trim() ?? '']),
  ) as Record<(typeof names)[number], string>;
  const filled = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const state = attemptStates.find((one) => one === typed.state);
  const { state: _state, ...rest } = filled;
  const query = { ...rest, ...(state ? { state } : {}) };
  const listed = await attempt(api(event).api.payments.$get({ query }));
  return {
    typed,
    found: listed.ok ? listed.body : undefined,
    refusal: listed.ok ? undefined : listed.refusal,
  };
};
