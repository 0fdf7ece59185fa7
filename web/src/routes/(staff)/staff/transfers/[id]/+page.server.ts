import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail } from '#web/api.ts';
import { lineActs } from '#web/transfers/transfer_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const param = { id: event.params.id };
  const door = api(event).api.transfers[':id'];
  const { line } = await readOrFail(event, door.$get({ param }));
  const number = event.url.searchParams.get('number')?.trim() ?? '';
  const found = number ? await attempt(door.debts.$get({ param, query: { number } })) : undefined;
  return {
    line,
    number,
    found: found?.ok ? found.body.debt : undefined,
    findRefusal: found && !found.ok ? found.refusal : undefined,
    done: event.url.searchParams.get('done'),
  };
};

export const actions: Actions = lineActs;
