import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { statusOfKind, type ErrorSentences } from '#api/shared/error.ts';
import { filesIn, readText } from './sources.ts';

interface Entry extends ErrorSentences {
  readonly code: string;
  readonly folder: string;
}

const isCatalogue = (value: unknown): value is { catalogue: Map<string, ErrorSentences> } =>
  typeof value === 'object' && value !== null && 'catalogue' in value;

const entriesOf = async (file: string): Promise<Entry[]> => {
  const module = (await import(pathToFileURL(path.resolve(file)).href)) as object;
  const folder = file.split('/')[1]!;
  return Object.values(module)
    .filter(isCatalogue)
    .flatMap(({ catalogue }) =>
      [...catalogue].map(([code, sentences]) => ({ code, folder, ...sentences })),
    );
};

const files = filesIn('api', '.ts').filter((file) => /\/errors(\/[^/]+)?\.ts$/.test(file));
const entries = (await Promise.all(files.map(entriesOf)))
  .flat()
  .sort((a, b) => a.code.localeCompare(b.code, 'en'));

const tests = filesIn('test', '.ts')
  .filter((file) => !file.startsWith('test/tidy/'))
  .map(readText)
  .join('\n');

const page = () => {
  const rows = entries.map(
    ({ code, kind, ja, en }) => `| \`${code}\` | ${statusOfKind[kind]} | ${ja} | ${en} |`,
  );
  return `# Errors

Made from the \`errors.ts\` of the features by \`npm run docs:errors\`; not edited by hand.
\`{name}\` stands for a value of the case at hand.

| code | status | 日本語 | English |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
};

describe('the error catalogue', () => {
  test('no code is given twice', () => {
    const codes = entries.map(({ code }) => code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  test('a code begins with the folder it stands in', () => {
    const astray = entries.filter(({ code, folder }) => !code.startsWith(`${folder}.`));
    expect(astray.map(({ code }) => code)).toEqual([]);
    const misspelt = entries.filter(({ code }) => !/^[a-z]+\.[a-z][a-z0-9_]*$/.test(code));
    expect(misspelt.map(({ code }) => code)).toEqual([]);
  });

  test('both languages have whole sentences', () => {
    const isSentence = ({ ja, en }: Entry) =>
      /[ぁ-ん]/.test(ja) && ja.endsWith('。') && /^[A-Z{“"]/.test(en) && en.endsWith('.');
    expect(entries.filter((entry) => !isSentence(entry)).map(({ code }) => code)).toEqual([]);
  });

  test('both languages name the same values', () => {
    // `{placeJa}` and `{placeEn}` are one value in two languages.
    const values = (sentence: string) =>
      [...new Set(sentence.match(/\{\w+?(?=(Ja|En)?\})/g))].sort().join();
    const uneven = entries.filter(({ ja, en }) => values(ja) !== values(en));
    expect(uneven.map(({ code }) => code)).toEqual([]);
  });

  test('every code is reached by a test', () => {
    const unreached = entries.filter(({ code }) => !tests.includes(`'${code}'`));
    expect(unreached.map(({ code }) => code)).toEqual([]);
  });

  test('docs/ERRORS.md says what the code says', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/ERRORS.md');
  });
});
