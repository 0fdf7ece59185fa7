import { readFileSync } from 'node:fs';
import type { FindMissingLetters } from '../documents/rules/print.ts';
import { fontFile, regularFont } from './paper_look.ts';

type Range = readonly [from: number, to: number];

/** The letters a TrueType font has: of its table `cmap` the part in format 12, which names ranges. */
const readRanges = (font: Buffer): readonly Range[] => {
  const records = Array.from({ length: font.readUInt16BE(4) }, (_, at) => 12 + at * 16);
  const record = records.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  if (record === undefined) throw new Error('the font of the papers names no letters');
  const cmap = font.readUInt32BE(record + 8);
  const parts = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, at) =>
    font.readUInt32BE(cmap + 8 + at * 8),
  );
  const part = parts.map((at) => cmap + at).find((at) => font.readUInt16BE(at) === 12);
  if (part === undefined) throw new Error('the font of the papers has no letters in format 12');
  return Array.from({ length: font.readUInt32BE(part + 12) }, (_, at) => {
    const group = part + 16 + at * 12;
    return [font.readUInt32BE(group), font.readUInt32BE(group + 4)] as const;
  });
};

/** Control and format characters and variation selectors draw nothing of their own. */
const isUnseen = (letter: string) =>
  /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/u.test(letter);

/** Both weights have the same letters, so one is asked; it is read when it is first needed. */
export const createLetterFinder = (): FindMissingLetters => {
  let ranges: readonly Range[] | undefined;
  const hasLetter = (letter: string) => {
    const code = letter.codePointAt(0)!;
    ranges ??= readRanges(readFileSync(fontFile(regularFont)));
    return ranges.some(([from, to]) => from <= code && code <= to);
  };
  return (text) => [
    ...new Set([...text].filter((letter) => !isUnseen(letter) && !hasLetter(letter))),
  ];
};
