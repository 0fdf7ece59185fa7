import type { LocalDay } from '../../shared/time.ts';
import { transferErrors } from '../errors.ts';
import { dayOfEra, earliestDay, latestDay } from './era.ts';
import type { Field } from './layout.ts';
import type { Sentence } from '../../shared/languages.ts';

export const recordBytes = 200;

/** One record of the file with the number of its line. */
export interface Line {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly type: string;
}

const returnByte = 0x0d;
const feedByte = 0x0a;
const endOfFileByte = 0x1a;
/** “1” in EBCDIC: how every such file begins. */
const ebcdicOne = 0xf1;

const isBreak = (byte: number | undefined) => byte === returnByte || byte === feedByte;

const breakAfter = (bytes: Uint8Array, at: number): number => {
  if (bytes[at] === returnByte && bytes[at + 1] === feedByte) return 2;
  return isBreak(bytes[at]) ? 1 : 0;
};

/** Space, or what fills the rest of a block: nothing is said by it. */
const isFiller = (byte: number) => byte === 0x20 || byte === 0 || byte === endOfFileByte;

interface Piece {
  readonly bytes: Uint8Array;
  /** It ended with a break of line, where editors and mail programs cut spaces off or leave more. */
  readonly isOwnLine: boolean;
}

const pieces = (bytes: Uint8Array): Piece[] => {
  const found: Piece[] = [];
  const isOwnLine = bytes.some(isBreak);
  for (let at = 0; at < bytes.length;) {
    let length = Math.min(recordBytes, bytes.length - at);
    if (isOwnLine) {
      length = bytes.subarray(at).findIndex(isBreak);
      if (length < 0) length = bytes.length - at;
    }
    found.push({ bytes: bytes.subarray(at, at + length), isOwnLine });
    at += length + breakAfter(bytes, at + length);
  }
  return found;
};

const endRecord = '9'.charCodeAt(0);

/** A record in its full length, where only spaces at its end are too few or too many. */
const inFullLength = ({ bytes, isOwnLine }: Piece): Uint8Array => {
  if (bytes.length > recordBytes && bytes.subarray(recordBytes).every(isFiller)) {
    return bytes.subarray(0, recordBytes);
  }
  if (bytes.length >= recordBytes || (!isOwnLine && bytes[0] !== endRecord)) return bytes;
  const whole = new Uint8Array(recordBytes).fill(0x20);
  whole.set(bytes);
  return whole;
};

/**
 * The records of a file, with line breaks or without; records of spaces and what fills the last block
 * say nothing.
 * @throws transfers.file_empty, transfers.file_ebcdic, transfers.line_length
 */
export const recordsOf = (file: Uint8Array): Line[] => {
  if (file[0] === ebcdicOne) throw transferErrors.file_ebcdic();
  const lines = pieces(file).flatMap((piece, at) => {
    if (piece.bytes.every(isFiller)) return [];
    const bytes = inFullLength(piece);
    if (bytes.length !== recordBytes) {
      const params = { line: at + 1, found: bytes.length };
      throw transferErrors.line_length({ params, detail: params });
    }
    return [{ number: at + 1, bytes, type: String.fromCharCode(bytes[0]!) }];
  });
  if (lines.length === 0) throw transferErrors.file_empty();
  return lines;
};

export const wrongField = (
  line: Line,
  field: Sentence & { readonly name: string },
  found: string,
  expected: Sentence,
) => {
  const { name, ja: fieldJa, en: fieldEn } = field;
  const said = { line: line.number, fieldJa, fieldEn, found };
  return transferErrors.field_wrong({
    params: { ...said, expectedJa: expected.ja, expectedEn: expected.en },
    detail: { line: line.number, field: name, found },
  });
};

const decoder = new TextDecoder('shift_jis');
/** What printers put for a letter they do not have. */
const unreadable = '〓';

/** A letter of two bytes that the end of its field cut in half is lost; the record is not. */
const textIn = (line: Line, field: Field): string =>
  decoder
    .decode(line.bytes.subarray(field.from - 1, field.from - 1 + field.length))
    .replaceAll('\ufffd', unreadable)
    .replace(/\p{Cc}/gu, ' ')
    .trimEnd();

/** Zeros fill it by the book; some banks leave spaces before the figures. */
const digitsIn = (line: Line, field: Field): string => {
  const text = textIn(line, field);
  const { length } = field;
  if (text.length === length && /^ *\d+$/.test(text)) return text.trimStart().padStart(length, '0');
  throw wrongField(line, field, text, {
    ja: `数字${length}桁`,
    en: `a number of ${length} digits`,
  });
};

const isBlank = (text: string) => /^[0 ]*$/.test(text);

const dayIn = (line: Line, field: Field, today: LocalDay): LocalDay => {
  const text = textIn(line, field);
  const day = dayOfEra(text, today);
  if (day) return day;
  const [from, to] = [earliestDay(today), latestDay(today)];
  throw wrongField(line, field, text, {
    ja: `${from}から${to}までの日を和暦の年月日6桁で書いたもの`,
    en: `a day from ${from} to ${to} as six digits in the Japanese era`,
  });
};

/** Reads a record by its layout. @throws transfers.field_wrong */
export const readFields = (line: Line, layout: readonly Field[], today: LocalDay) => {
  const fieldOf = (name: string): Field => layout.find((field) => field.name === name)!;
  const text = (name: string): string => textIn(line, fieldOf(name));
  return {
    text,
    digits: (name: string): string => digitsIn(line, fieldOf(name)),
    number: (name: string): number => Number(digitsIn(line, fieldOf(name))),
    /** Nothing where the bank leaves it out. */
    optionalNumber: (name: string): number | undefined =>
      text(name) === '' ? undefined : Number(digitsIn(line, fieldOf(name))),
    /** Left empty, or zeros, where the bank has nothing to say. */
    optionalDay: (name: string): LocalDay | undefined =>
      isBlank(text(name)) ? undefined : dayIn(line, fieldOf(name), today),
    /** Nothing where it is left out, and also where it is no day. */
    readableDay: (name: string): LocalDay | undefined => dayOfEra(text(name), today),
    isBlank: (name: string): boolean => isBlank(text(name)),
    oneOf: (name: string, allowed: readonly string[]): string => {
      const found = text(name);
      if (allowed.includes(found)) return found;
      const shown = allowed.map((one) => one || '␣');
      const expected = { ja: shown.join('か'), en: shown.join(' or ') };
      throw wrongField(line, fieldOf(name), found, expected);
    },
    fieldOf,
  };
};

export type Fields = ReturnType<typeof readFields>;

/** @throws transfers.sum_differs where the file says another sum than its entries have */
export const checkSum = (
  line: Line,
  fields: Fields,
  name: string,
  { found, expected }: { readonly found: number; readonly expected: number },
): void => {
  if (found === expected) return;
  const { ja: fieldJa, en: fieldEn } = fields.fieldOf(name);
  throw transferErrors.sum_differs({
    params: { line: line.number, fieldJa, fieldEn, found, expected },
    detail: { line: line.number, field: name, found, expected },
  });
};

/** A sum that the bank may leave out. */
export const checkOptionalSum = (
  line: Line,
  fields: Fields,
  name: string,
  expected: number,
): void => {
  const found = fields.optionalNumber(name);
  if (found !== undefined) checkSum(line, fields, name, { found, expected });
};
