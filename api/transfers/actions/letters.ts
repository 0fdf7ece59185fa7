import iconv from 'iconv-lite';

const utf8 = new TextDecoder('utf-8', { fatal: true });

const optional = (decode: () => string): string | undefined => {
  try {
    return decode();
  } catch {
    return undefined;
  }
};

/** The text of a file that is not in the bank’s own letters any more: an editor saved it anew. */
const savedAnew = (bytes: Uint8Array): string | undefined => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return iconv.decode(Buffer.from(bytes), 'utf-16be');
  const text = optional(() => utf8.decode(bytes));
  const hasMark = first === 0xef && second === 0xbb;
  // Half-width kana in one byte may happen to be UTF-8 of other letters, but not of these.
  return text !== undefined && (hasMark || /[\u3000-\uffef]/.test(text)) ? text : undefined;
};

/** A file of the bank in Shift_JIS, one byte for each half-width letter, however it was saved. */
export const inLettersOfBanks = (bytes: Uint8Array): Uint8Array => {
  const text = savedAnew(bytes);
  return text === undefined ? bytes : new Uint8Array(iconv.encode(text, 'cp932'));
};
