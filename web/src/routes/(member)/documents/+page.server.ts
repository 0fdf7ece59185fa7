import { documentKinds } from '#api/documents/schema.ts';
import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const { searchParams } = event.url;
  const kind = documentKinds.find((one) => one === searchParams.get('kind'));
  const page = /^\d{1,4}$/.exec(searchParams.get('page') ?? '')?.[0] ?? '1';
  const query = { page, ...(kind ? { kind } : {}) };
  return { kind, found: await readOrFail(event, api(event).api.documents.$get({ query })) };
};
