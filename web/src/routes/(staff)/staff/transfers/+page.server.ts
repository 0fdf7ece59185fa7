import { lineViews } from '#api/transfers/schema.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail } from '#web/api.ts';
import { allocate, sendFile } from '#web/transfers/transfer_acts.ts';
import type { Actions, PageServerLoad } from './$types';

const names = ['query', 'amount', 'from', 'to'] as const;

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { searchParams } = event.url;
  const view = lineViews.find((one) => one === searchParams.get('view')) ?? 'open';
  const page = searchParams.get('page') ?? '1';
  const typed = Object.fromEntries(
    names.map((name) => [name, searchParams.get(name)?.trim() ?? '']),
  ) as Record<(typeof names)[number], string>;
  const filled = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const house = api(event).api.transfers;
  const [found, { accounts }, { imports }] = await Promise.all([
    attempt(house.$get({ query: { ...filled, view, page } })),
    readOrFail(event, house.accounts.$get()),
    readOrFail(event, house.imports.$get()),
  ]);
  const done = searchParams.get('done');
  const read = imports.find(({ id }) => id === searchParams.get('import'));
  return {
    listed: found.ok ? found.body : undefined,
    refusal: found.ok ? undefined : found.refusal,
    typed,
    accounts,
    imports,
    view,
    done,
    read,
  };
};

export const actions: Actions = { import: sendFile, allocate };
