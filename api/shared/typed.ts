import { z } from 'zod';

/** `１２，０００円` and `¥12,000` are how people type 12000. */
const normaliseNumber = (text: string): number => {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^¥\s*|\s*円$/g, '');
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(plain)) return Number.NaN;
  return Number(plain.replaceAll(',', ''));
};

/** A number as people type it: full-width digits, separators and the sign of the yen are read. */
export const typedNumberSchema = z.union([
  z.number(),
  z.string().max(40).meta({ format: 'number' }).transform(normaliseNumber),
]);

export const wholeNumberSchema = (most: number, least = 0) =>
  typedNumberSchema.pipe(z.int().min(least).max(most));
