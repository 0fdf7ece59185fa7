/** How banks shorten what a body is (全銀協の略語), with a bracket before or behind the name. */
const shortForms = [
  'カ',
  'ユ',
  'メ',
  'シ',
  'ド',
  'イ',
  'ザイ',
  'シヤ',
  'シユウ',
  'ガク',
  'フク',
  'ホゴ',
  'ソ',
  'トクヒ',
  'ドク',
  'チドク',
  'ダイ',
  'ベン',
  'ゼイ',
  'ロウム',
  'シホウ',
  'ギヨ',
  'ノウ',
  'カンリ',
];

const longForms = [
  'カブシキガイシヤ',
  'カブシキカイシヤ',
  'ユウゲンガイシヤ',
  'ユウゲンカイシヤ',
  'ゴウドウガイシヤ',
  'ゴウドウカイシヤ',
  'ゴウシガイシヤ',
  'ゴウメイガイシヤ',
  'コウエキザイダンホウジン',
  'イツパンザイダンホウジン',
  'コウエキシヤダンホウジン',
  'イツパンシヤダンホウジン',
  'ザイダンホウジン',
  'シヤダンホウジン',
  'トクテイヒエイリカツドウホウジン',
  'エヌピーオーホウジン',
  'シヤカイフクシホウジン',
  'ガツコウホウジン',
  'シユウキヨウホウジン',
  'イリヨウホウジン',
  'ドクリツギヨウセイホウジン',
  '株式会社',
  '有限会社',
  '合同会社',
  '合資会社',
  '合名会社',
  '公益財団法人',
  '一般財団法人',
  '公益社団法人',
  '一般社団法人',
  '財団法人',
  '社団法人',
  '特定非営利活動法人',
  'NPO法人',
  '社会福祉法人',
  '学校法人',
  '宗教法人',
  '医療法人',
  '独立行政法人',
];

const small = 'ァィゥェォッャュョヮヵヶ';
const large = 'アイウエオツヤユヨワカケ';

const largeKana = (text: string) =>
  text.replace(/[ァィゥェォッャュョヮヵヶ]/g, (kana) => large[small.indexOf(kana)]!);

const toKatakana = (text: string) =>
  text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

const anyOf = (forms: readonly string[]) =>
  [...forms].sort((one, other) => other.length - one.length).join('|');

/** `カ)`, `(カ)` or `(カ`, at the beginning, in the middle or at the end. */
const shortForm = new RegExp(
  `^\\(?(?:${anyOf(shortForms)})\\)|\\((?:${anyOf(shortForms)})(?:\\)|$)`,
  'g',
);
const longForm = new RegExp(anyOf(longForms.map(largeKana)), 'g');

/** Marks of sound that lost their letter in the file stand alone, with a space before them. */
const joinMarks = (text: string) =>
  text
    .replace(/(.)[ \u3000]?[\u3099゛]/gu, '$1\u3099')
    .replace(/(.)[ \u3000]?[\u309A゜]/gu, '$1\u309A');

/**
 * A name as it can be compared: the kana of the bank and of people in one form, without what the
 * body is, without spaces, dashes and dots. Empty where nothing of a name is left.
 */
export const plainName = (name: string): string => {
  const wide = joinMarks(name.normalize('NFKC')).normalize('NFC');
  const kana = largeKana(toKatakana(wide)).toUpperCase();
  const squeezed = kana.replace(/[\s・.,。、]/g, '').replaceAll('ヲ', 'オ');
  return squeezed
    .replace(shortForm, '')
    .replace(longForm, '')
    .replace(/[-ー‐−―－()「」/'’&]/g, '');
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
