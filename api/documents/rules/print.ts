import type { PaperContent } from './content.ts';

/** A text of a paper that holds letters the font lacks. */
export interface Unprintable {
  readonly path: string;
  readonly text: string;
  readonly letters: readonly string[];
}

/** Which letters of a text the font of the papers lacks. */
export type FindMissingLetters = (text: string) => readonly string[];

/** Not drawn: the digits and addresses that are, are made by us. */
const isPrinted = (path: string) => !/^(kind|plan|covers|slipDigits)(\.|$)/.test(path);

const textsOf = (value: unknown, path: string): (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsOf(inner, path === '' ? key : `${path}.${key}`),
  );
};

/** Every text of a paper that would be printed with a box in it. */
export const unprintableOf = (
  paper: PaperContent,
  findMissing: FindMissingLetters,
): readonly Unprintable[] =>
  textsOf(paper, '')
    .filter(([path]) => isPrinted(path))
    .map(([path, text]) => ({ path, text, letters: findMissing(text) }))
    .filter(({ letters }) => letters.length > 0);
