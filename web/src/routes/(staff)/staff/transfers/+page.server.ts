import { lineViews } from '#api/transfers/schema.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { allocate, sendFile } from '#web/transfers/transfer_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { searchParams } = event.url;
  const view = lineViews.find((one) => one === searchParams.get('view')) ?? 'open';
  const page = searchParams.get('page') ?? '1';
  const house = api(event).api.transfers;
  const [listed, { accounts }, { imports }] = await Promise.all([
    readOrFail(event, house.$get({ query: { view, page } })),
    readOrFail(event, house.accounts.$get()),
    readOrFail(event, house.imports.$get()),
  ]);
  const done = searchParams.get('done');
  const read = imports.find(({ id }) => id === searchParams.get('import'));
  return { listed, accounts, imports, view, done, read };
};

export const actions: Actions = { import: sendFile, allocate };
