/** Characters that CP932 knows by another number: the same shape, so nothing is lost. */
const sameShape: Readonly<Record<string, string>> = {
  '\u301c': '\uff5e',
  '\u2212': '\uff0d',
  '\u2014': '\u2015',
  '\u2016': '\u2225',
  '\u2011': '\u2010',
  '\u00a2': '\uffe0',
  '\u00a3': '\uffe1',
  '\u00ac': '\uffe2',
  '\u00a5': '\uffe5',
  '\u00a0': ' ',
};
const replacement = '〓';

/** Which of several shapes of a letter is meant; CP932 has one of each. */
const variationSelectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** A letter with marks of its own; a letter alone stays as it is, 福 (U+FA1B) apart from 福 (U+798F). */
const marked = /.\p{M}+/gsu;

const composed = (text: string): string =>
  text.replace(variationSelectors, '').replace(marked, (letter) => letter.normalize('NFC'));

/** A text as CP932 can hold it, and the characters it cannot. */
export const forCp932 = (
  text: string,
  isKnown: (character: string) => boolean,
): { text: string; replaced: string[] } => {
  // A year is a million characters, of which some hundred are different.
  const written = new Map<string, string>();
  const replaced = new Set<string>();
  const write = (character: string): string => {
    const same = [character, sameShape[character], character.normalize('NFC')];
    const known = same.find((one) => one !== undefined && isKnown(one));
    if (known === undefined) replaced.add(character);
    return known ?? replacement;
  };
  const characters = [...composed(text)].map((character) => {
    const known = written.get(character) ?? write(character);
    written.set(character, known);
    return known;
  });
  return { text: characters.join(''), replaced: [...replaced] };
};
