import { requireMe } from '#web/accounts/guard.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = (event) => {
  requireMe(event);
};
