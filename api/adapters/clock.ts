import { typeidUnboxed } from 'typeid-js';
import { idPrefixes, type IdKind } from '../shared/ids.ts';

export const systemNow = (): Date => new Date();

/** Prefixed, and sortable by the moment it was made. */
export const newId = (kind: IdKind): string => typeidUnboxed(idPrefixes[kind]);
