/** Small kana stand large in the names of accounts; a long sound is a dash. */
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
};

const katakanaOf = (text: string) =>
  text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** The holder as banks write it: katakana, capitals, digits and a few signs; however it was typed. */
export const holderKanaOf = (text: string): string =>
  katakanaOf(text.normalize('NFKC').trim())
    .toUpperCase()
    .replace(/[ァィゥェォッャュョヮ]/g, (kana) => large[kana]!)
    .replace(/[‐‑–—―−]/g, '-')
    .replace(/\s+/g, ' ');

export const isHolderKana = (text: string): boolean =>
  text.length > 0 && text.length <= 30 && /^[ア-ヴー A-Z0-9().,/「」-]+$/.test(text);

export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '');
