import type { Words } from '../ja.ts';

export const help: Words['help'] = {};
