import type { Words } from '../ja.ts';

export const accounts: Words['accounts'] = {};
