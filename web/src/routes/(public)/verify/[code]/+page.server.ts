import { error } from '@sveltejs/kit';
import { api, attempt } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { code } = event.params;
  const asked = await attempt(
    api(event).api.documents.verifications[':code'].$get({ param: { code } }),
  );
  if (asked.ok) return { code, document: asked.body.document, refusal: undefined };
  if (asked.status !== 404) error(asked.status, { message: asked.refusal.message });
  event.setHeaders({ 'cache-control': 'no-store' });
  return { code, document: undefined, refusal: asked.refusal };
};
