import { numberTyped } from './written_numbers.ts';

/**
 * How a text is compared when somebody searches: what is stored and what is typed go through the same
 * rule, so that width, case, kana of either kind and size, spaces, dashes and old forms of letters do
 * not matter. The database has the same rule as the function `search_text`; a test holds the two equal.
 */

/** Spaces without the line break, marks nobody sees, and every dash, long sound or dot between words. */
const dropped =
  '\\t\\v\\f\\r \\u00a0\\u00ad\\u00b7\\u034f\\u1680\\u180b-\\u180e\\u2000-\\u200f\\u2022\\u2028-\\u202f' +
  '\\u205f-\\u206f\\u3000\\ufe00-\\ufe0f\\ufeff\\u{e0100}-\\u{e01ef}' +
  '\\-~\\u02d7\\u2010-\\u2015\\u2043\\u2053\\u2212\\u223c\\u2500\\u2501\\u301c\\u30a0\\u30fb\\u30fc';
const droppedPattern = new RegExp(`[${dropped}]`, 'gu');

/** Small kana stand for large ones, as banks write them; old forms of letters of names for new ones. */
const folded = {
  from:
    'ァィゥェォッャュョヮヵヶヰヱヲ' +
    '髙﨑嵜邉邊齋齊斉澤廣國德濱濵嶋嶌櫻冨舘榮眞條關瀧藏惠豐曾學會經濟縣區圓廳' +
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĒĪŌŪ' +
    'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ' +
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ' +
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  to:
    'アイウエオツヤユヨワカケイエオ' +
    '高崎崎辺辺斎斎斎沢広国徳浜浜島島桜富館栄真条関滝蔵恵豊曽学会経済県区円庁' +
    'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāēīōū' +
    'αβγδεζηθικλμνξοπρστυφχψω' +
    'абвгдежзийклмнопрстуфхцчшщъыьэюяё' +
    'abcdefghijklmnopqrstuvwxyz',
} as const;

const foldedTo = new Map([...folded.from].map((letter, at) => [letter, [...folded.to][at]!]));

/** ㈱ and (株) are 株式会社. */
const bodies: readonly (readonly [short: string, long: string])[] = [
  ['(株)', '株式会社'],
  ['(有)', '有限会社'],
  ['(同)', '合同会社'],
  ['(財)', '財団法人'],
  ['(社)', '社団法人'],
];

const toKatakana = (text: string) =>
  text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** The text as it is searched; empty where nothing of it can be searched. */
export const searchText = (text: string): string => {
  const plain = text.normalize('NFKC').replace(droppedPattern, '').normalize('NFC');
  const letters = [...toKatakana(plain)].map((letter) => foldedTo.get(letter) ?? letter).join('');
  return bodies.reduce((found, [short, long]) => found.replaceAll(short, long), letters);
};

/** The patterns of a list that has numbers: as typed, and as the number that was meant stands on papers. */
export const searchPatterns = (typed: string): string[] =>
  [typed, numberTyped(typed)]
    .flatMap((text) => (text === undefined ? [] : [searchPattern(text)]))
    .filter((pattern) => pattern !== undefined);

/** A pattern of LIKE that finds what was typed anywhere; nothing where nothing was typed. */
export const searchPattern = (typed: string): string | undefined => {
  const text = searchText(typed.trim());
  return text === '' ? undefined : `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
};
