import type { Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import { transferErrors } from '../errors.ts';
import { dayOfEra, earliestDay, latestDay } from './era.ts';
import type { Field } from './layout.ts';

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

const withoutEnd = (bytes: Uint8Array): Uint8Array => {
  let length = bytes.length;
  while (length > 0 && (bytes[length - 1] === endOfFileByte || isBreak(bytes[length - 1]))) {
    length -= 1;
  }
  return bytes.subarray(0, length);
};

const pieces = (bytes: Uint8Array): Uint8Array[] => {
  const found: Uint8Array[] = [];
  const hasBreaks = bytes.some(isBreak);
  for (let at = 0; at < bytes.length;) {
    let length = Math.min(recordBytes, bytes.length - at);
    if (hasBreaks) {
      length = bytes.subarray(at).findIndex(isBreak);
      if (length < 0) length = bytes.length - at;
    }
    found.push(bytes.subarray(at, at + length));
    at += length + breakAfter(bytes, at + length);
  }
  return found;
};

/**
 * The records of a file, with line breaks or without.
 * @throws transfers.file_empty, transfers.file_ebcdic, transfers.line_length
 */
export const recordsOf = (file: Uint8Array): Line[] => {
  const bytes = withoutEnd(file);
  if (bytes.length === 0) throw transferErrors.file_empty();
  if (bytes[0] === ebcdicOne) throw transferErrors.file_ebcdic();
  return pieces(bytes).map((piece, at) => {
    if (piece.length !== recordBytes) {
      const params = { line: at + 1, found: piece.length };
      throw transferErrors.line_length({ params, detail: params });
    }
    return { number: at + 1, bytes: piece, type: String.fromCharCode(piece[0]!) };
  });
};

interface Expected {
  readonly ja: string;
  readonly en: string;
}

export const wrongField = (
  line: Line,
  field: Pick<Field, 'name' | 'ja' | 'en'>,
  found: string,
  expected: Expected,
) => {
  const { name, ja: fieldJa, en: fieldEn } = field;
  const said = { line: line.number, fieldJa, fieldEn, found };
  return transferErrors.field_wrong({
    params: { ...said, expectedJa: expected.ja, expectedEn: expected.en },
    detail: { line: line.number, field: name, found },
  });
};

const decoder = new TextDecoder('shift_jis', { fatal: true });

const textIn = (line: Line, field: Field): string => {
  const slice = line.bytes.subarray(field.from - 1, field.from - 1 + field.length);
  try {
    return decoder.decode(slice).trimEnd();
  } catch {
    const expected = { ja: 'シフトJISの文字', en: 'text in Shift_JIS' };
    throw wrongField(line, field, '?', expected);
  }
};

/** What the database holds of a sum of money. */
const yenMost = 2_147_483_647;

const digitsIn = (line: Line, field: Field): string => {
  const text = textIn(line, field);
  const { length } = field;
  if (text.length === length && /^\d+$/.test(text)) return text;
  throw wrongField(line, field, text, {
    ja: `数字${length}桁`,
    en: `a number of ${length} digits`,
  });
};

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
  return {
    text: (name: string): string => textIn(line, fieldOf(name)),
    digits: (name: string): string => digitsIn(line, fieldOf(name)),
    number: (name: string): number => Number(digitsIn(line, fieldOf(name))),
    day: (name: string): LocalDay => dayIn(line, fieldOf(name), today),
    /** Left empty, or zeros, where the bank has nothing to say. */
    freeDay: (name: string): LocalDay | undefined =>
      /^0*$/.test(textIn(line, fieldOf(name))) ? undefined : dayIn(line, fieldOf(name), today),
    yen: (name: string): Yen => {
      const yen = Number(digitsIn(line, fieldOf(name)));
      if (0 < yen && yen <= yenMost) return yen;
      const most = String(yenMost);
      const expected = { ja: `1円から${most}円まで`, en: `¥1 to ¥${most}` };
      throw wrongField(line, fieldOf(name), String(yen), expected);
    },
    oneOf: (name: string, allowed: readonly string[]): string => {
      const text = textIn(line, fieldOf(name));
      if (allowed.includes(text)) return text;
      const shown = allowed.map((one) => one || '␣');
      const expected = { ja: shown.join('か'), en: shown.join(' or ') };
      throw wrongField(line, fieldOf(name), text, expected);
    },
    fieldOf,
  };
};

export type Fields = ReturnType<typeof readFields>;

/** @throws transfers.sum_differs where the file says another sum than its entries have */
export const checkSum = (line: Line, fields: Fields, name: string, expected: number): void => {
  const found = fields.number(name);
  if (found === expected) return;
  const { ja: fieldJa, en: fieldEn } = fields.fieldOf(name);
  throw transferErrors.sum_differs({
    params: { line: line.number, fieldJa, fieldEn, found, expected },
    detail: { line: line.number, field: name, found, expected },
  });
};
