import { businessForms, legalForms, placeForms } from './short_forms.ts';

const small = 'ァィゥェォッャュョヮヵヶ';
const large = 'アイウエオツヤユヨワカケ';

const largeKana = (text: string) =>
  text.replace(/[ァィゥェォッャュョヮヵヶ]/g, (kana) => large[small.indexOf(kana)]!);

const toKatakana = (text: string) =>
  text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

const anyOf = (forms: readonly string[]) =>
  [...forms].sort((one, other) => other.length - one.length).join('|');

const bracketed = [...Object.keys(legalForms), ...Object.keys(placeForms)];

/** `カ)`, `(カ)` or `(カ`, at the beginning, in the middle or at the end. */
const shortForm = new RegExp(
  `^\\(?(?:${anyOf(bracketed)})\\)|\\((?:${anyOf(bracketed)})(?:\\)|$)`,
  'g',
);

/** A dash is no letter of a name: `ホーム` and `ホ-ム` are one. */
const plainKana = (text: string) => largeKana(text).replace(/[-ー‐−―－]/g, '');

const unsaid = [...Object.values(legalForms), ...Object.values(placeForms)].flat().map(plainKana);
const longForm = new RegExp(anyOf(unsaid), 'g');

const shortOf = new Map(
  Object.entries(businessForms).flatMap(([short, longs]) =>
    longs.map((long) => [plainKana(long), short] as const),
  ),
);
const businessForm = new RegExp(anyOf([...shortOf.keys()]), 'g');

/** Marks of sound that lost their letter in the file stand alone, with a space before them. */
const joinMarks = (text: string) =>
  text
    .replace(/(.)[ \u3000]?[\u3099゛]/gu, '$1\u3099')
    .replace(/(.)[ \u3000]?[\u309A゜]/gu, '$1\u309A');

/**
 * A name as it can be compared: the kana of the bank and of people in one form, without what the
 * body is in law, with its kind as banks shorten it, without spaces, dashes and dots. Empty where nothing of a name is left.
 */
export const plainName = (name: string): string => {
  const wide = joinMarks(name.normalize('NFKC')).normalize('NFC');
  const kana = largeKana(toKatakana(wide)).toUpperCase();
  const squeezed = kana.replace(/[\s・.,。、]/g, '').replaceAll('ヲ', 'オ');
  return plainKana(squeezed.replace(shortForm, ''))
    .replace(longForm, '')
    .replace(businessForm, (long) => shortOf.get(long)!)
    .replace(/[()「」/'’&]/g, '');
};

const prefixLeast = 4;

/** How two names agree: wholly, in their beginning (banks cut long ones), or not. */
export const nameAgreement = (
  payer: string,
  names: readonly string[],
): 'whole' | 'part' | 'none' => {
  const own = plainName(payer);
  const others = names.map(plainName).filter((name) => name !== '');
  if (own === '') return 'none';
  if (others.includes(own)) return 'whole';
  const isPart = others.some((other) => {
    const [short, long] = own.length < other.length ? [own, other] : [other, own];
    return short.length >= prefixLeast && long.includes(short);
  });
  return isPart ? 'part' : 'none';
};
