import { describe, expect, test } from 'vitest';
import { languageCodes } from '#api/shared/languages.ts';
import { filesIn, handWritten, readText } from './sources.ts';

const codes = languageCodes.join('|');
/** A comparison with a code, a union of codes, a list of codes: what a new language would have to be added to. */
const choice = new RegExp(`[!=]==\\s*'(${codes})'|'(${codes})'\\s*\\|\\s*'|\\[\\s*'(${codes})'`);
const folder = new RegExp(`from '[^']*/(${codes})/\\w+\\.ts'`);
const valueOfFolder = new RegExp(`^import (?!type )[^;]*from '\\./(${codes})/`, 'm');

const words = 'web/src/lib/words';
const product = handWritten.filter((file) => /^(api|db|web)\//.test(file));
const matching = (files: readonly string[], pattern: RegExp) =>
  files.filter((file) => pattern.test(readText(file)));

describe('a language', () => {
  test('is an entry of the list: nothing else chooses between languages', () => {
    // What is spoken to the payment company is not ours.
    const ours = product.filter((file) => !file.startsWith('api/adapters/'));
    expect(matching(ours, choice)).toEqual([]);
  });

  test('is a folder of words: others know the shape of the Japanese ones, and no folder by name', () => {
    const outside = product.filter((file) => !file.startsWith(`${words}/`));
    expect(matching(outside, folder)).toEqual([]);
    const catalogues = filesIn(words, '.ts').filter((file) => /words\/\w+\.ts$/.test(file));
    expect(matching(catalogues, valueOfFolder)).toEqual([]);
  });

  test.each(languageCodes)('%s has its folder of words', (code) => {
    expect(filesIn(`${words}/${code}`)).not.toEqual([]);
  });
});
