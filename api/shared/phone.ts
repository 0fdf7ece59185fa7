import { withoutInvisible } from './text.ts';

/** Every dash, and what looks like one: of tables, of kana, of mathematics. */
const separators = /[\s()\-./·・˗‐‑‒–—―⁃⁻−─━ー]/g;
const extension = /(?:内線|ext(?:ension)?\.?|[#x])[:.\s-]*(\d{1,6})\)?\s*$/i;

const domestic = (digits: string): string => digits.replace(/^(?:\+|00|010)81(?:0)?(?=[1-9])/, '0');

const parts = (typed: string) => {
  const text = withoutInvisible(typed.normalize('NFKC')).trim();
  const found = extension.exec(text);
  const main = found ? text.slice(0, found.index) : text;
  return { main: domestic(main.replace(separators, '')), inner: found?.[1] };
};

/**
 * A Japanese telephone number, however it was typed: `＋８１ ２４‐９４７‐８０１０ 内線12` is
 * `0249478010 内線12`. Nothing where it is none.
 */
export const phoneOf = (typed: string): string | undefined => {
  const { main, inner } = parts(typed);
  if (!/^0\d{9,10}$/.test(main)) return undefined;
  return inner === undefined ? main : `${main} 内線${inner}`;
};

/** The digits that are dialled, without those of an extension. */
export const dialled = (typed: string): string => parts(typed).main.replace(/\D/g, '');
