const leadBytes = [...Array(4).keys()]
  .map((step) => 0x81 + step)
  .concat(
    [...Array(0x18).keys()].map((step) => 0x88 + step),
    [...Array(0x0b).keys()].map((step) => 0xe0 + step),
  );

const readCharacters = (): ReadonlySet<string> => {
  const decoder = new TextDecoder('shift_jis');
  const characters = new Set<string>('〜‖−');
  for (const lead of leadBytes) {
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      if (trail === 0x7f) continue;
      const decoded = decoder.decode(Uint8Array.of(lead, trail));
      if (decoded.length === 1 && decoded !== '\ufffd') characters.add(decoded);
    }
  }
  return characters;
};

let known: ReadonlySet<string> | undefined;

/** Whether a convenience store's printer has every character: ASCII and JIS X 0208. */
export const isPrintableInStores = (text: string): boolean => {
  known ??= readCharacters();
  return [...text].every((character) => /[\x20-\x7e]/.test(character) || known!.has(character));
};
