import { refundStates } from '#api/refunds/rules/refund.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

const overStates = ['done', 'paid_out', 'rejected', 'cancelled'] as const;

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const asked = event.url.searchParams.get('state');
  const state = overStates.find((one) => one === asked) ?? 'done';
  const page = event.url.searchParams.get('page') ?? '1';
  const listed = await readOrFail(event, api(event).api.refunds.$get({ query: { state, page } }));
  const totals = refundStates
    .filter((one) => overStates.some((over) => over === one))
    .map((one) => listed.totals.find((total) => total.state === one) ?? emptyOf(one));
  return { ...listed, totals, state };
};

const emptyOf = (state: (typeof refundStates)[number]) => ({ state, count: 0, amountYen: 0 });
