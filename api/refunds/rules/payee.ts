/** Small kana stand large in the names of accounts, and old ones as they sound. */
const large: Readonly<Record<string, string>> = {
  ァ: 'ア',
  ィ: 'イ',
  ゥ: 'ウ',
  ェ: 'エ',
  ォ: 'オ',
  ッ: 'ツ',
  ャ: 'ヤ',
  ュ: 'ユ',
  ョ: 'ヨ',
  ヮ: 'ワ',
  ヵ: 'カ',
  ヶ: 'ケ',
  ヰ: 'イ',
  ヱ: 'エ',
  ヲ: 'オ',
};

const katakanaOf = (text: string) =>
  text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/**
 * The holder as banks write it: katakana, capitals, digits and a few signs; however it was typed. A long
 * sound is a dash, and what joins words (・ ＆) a full stop.
 */
export const holderKanaOf = (text: string): string =>
  katakanaOf(text.normalize('NFKC').trim())
    .toUpperCase()
    .replace(/[ァィゥェォッャュョヮヵヶヰヱヲ]/g, (kana) => large[kana]!)
    .replace(/[ー‐‑‒–—―−─━]/g, '-')
    .replace(/ ?[・&] ?/g, '.')
    .replace(/\s+/g, ' ');

export const isHolderKana = (text: string): boolean =>
  text.length > 0 && text.length <= 30 && /^[ア-ヴ A-Z0-9().,/「」-]+$/.test(text);

export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '');
