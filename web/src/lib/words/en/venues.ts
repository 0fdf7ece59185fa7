import type { Words } from '../ja.ts';

export const venues: Words['venues'] = {};
