import { describe, expect, test } from 'vitest';
import { features, filesIn, readText, tableNames } from './sources.ts';

const glossary = readText('docs/GLOSSARY.md');
const codeWords = [...glossary.matchAll(/`([a-z_]+)`/g)].map((match) => match[1]!);
const known = new Set(codeWords);

const rowsOf = (heading: string) => {
  const section = glossary.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));
};

describe('the glossary', () => {
  test('every table is explained', () => {
    expect(tableNames.filter((table) => !known.has(table))).toEqual([]);
  });

  test('every feature that exists is explained', () => {
    const built = features.filter((feature) => filesIn(`api/${feature}`).length > 0);
    expect(built.filter((feature) => !known.has(feature))).toEqual([]);
  });

  test('every table it names exists', () => {
    const named = rowsOf('Tables').map((cells) => cells[1]!.replaceAll('`', ''));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((table) => !tableNames.includes(table))).toEqual([]);
  });

  test('no word has two meanings', () => {
    const words = rowsOf('Words').map((cells) => cells[2]!);
    expect(words.length).toBeGreaterThan(0);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });
});
