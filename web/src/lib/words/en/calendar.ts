import type { Words } from '../ja.ts';

export const calendar: Words['calendar'] = {};
