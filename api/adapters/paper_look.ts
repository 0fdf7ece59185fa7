import { createRequire } from 'node:module';

const fontFolder = '@expo-google-fonts/noto-sans-jp';
export const regularFont = '400Regular/NotoSansJP_400Regular';
export const boldFont = '700Bold/NotoSansJP_700Bold';

export const fontFile = (name: string): string =>
  createRequire(import.meta.url).resolve(`${fontFolder}/${name}.ttf`);

/** A4 in points; the colours print well in grey, too. */
export const ink = '#1a1a1c';
export const quiet = '#595959';
export const line = '#b4b4b4';
export const accent = '#00437a';
export const pageWidth = 595.28;
export const pageHeight = 841.89;
export const margin = 54;
export const marginTop = 50;
export const marginBottom = 58;
export const textWidth = pageWidth - 2 * margin;
