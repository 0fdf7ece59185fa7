import type { Words } from '../ja.ts';

export const fees: Words['fees'] = {};
