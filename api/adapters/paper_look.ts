/** A4 in points; the colours print well in grey, too. */
export const ink = '#1a1a1c';
export const quiet = '#595959';
export const line = '#b4b4b4';
export const accent = '#00437a';
const pageWidth = 595.28;
export const margin = 54;
export const textWidth = pageWidth - 2 * margin;
