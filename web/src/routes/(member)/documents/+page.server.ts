import { documentKinds } from '#api/documents/schema.ts';
import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

const searchMost = 100;

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const { searchParams } = event.url;
  const kind = documentKinds.find((one) => one === searchParams.get('kind'));
  const page = /^\d{1,4}$/.exec(searchParams.get('page') ?? '')?.[0] ?? '1';
  const typed = searchParams.get('query')?.trim().slice(0, searchMost) ?? '';
  const query = { page, ...(kind ? { kind } : {}), ...(typed ? { query: typed } : {}) };
  return { kind, typed, found: await readOrFail(event, api(event).api.documents.$get({ query })) };
};
