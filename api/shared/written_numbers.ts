/** A number as a payer wrote it: of a booking, or with a letter of a paper; often without its year. */
export interface WrittenNumber {
  /** `R08`, where it was written. */
  readonly era: string | undefined;
  readonly prefix: string;
  /** `I` of an invoice, `N` of a payment notice …; nothing of a booking. */
  readonly letter: string | undefined;
  readonly position: number;
}

export interface Written {
  readonly numbers: readonly WrittenNumber[];
  /** Six digits that stand alone: the end of a number, or anything else. */
  readonly tails: readonly string[];
}

const dashes = /[‐‑‒–—―−─━ー]/g;

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/令和|レイワ/g, 'R')
    .replace(dashes, '-');

/** What stands between the parts of a number, or nothing: banks and people leave dashes out. */
const gap = '[-. ]?';

/** `R08-BP-I-000045`, `R8-BP-60`, `BP000123`, and further numbers after a comma: `BP-123,124`. */
const patternOf = (prefixes: readonly string[]) =>
  new RegExp(
    `(?<![A-Z0-9])(?:R?(\\d{1,2})${gap})?(${prefixes.join('|')})${gap}(?:([A-Z])${gap})?` +
      `(\\d{1,6})(?!\\d)((?: ?[,、/・&+] ?\\d{1,6}(?!\\d))*)`,
    'g',
  );

const eraOf = (year: string | undefined) =>
  year === undefined ? undefined : `R${year.padStart(2, '0')}`;

/** The numbers a text holds, of venues with these prefixes. */
export const writtenNumbers = (text: string, prefixes: readonly string[]): Written => {
  const numbers: WrittenNumber[] = [];
  if (prefixes.length === 0) return { numbers, tails: [] };
  const rest = plain(text).replace(
    patternOf(prefixes),
    (_, year?: string, prefix = '', letter?: string, first = '', more = '') => {
      for (const position of [first, ...(more.match(/\d+/g) ?? [])]) {
        numbers.push({ era: eraOf(year), prefix, letter, position: Number(position) });
      }
      return ' ';
    },
  );
  const tails = rest.match(/(?<!\d)\d{6}(?!\d)/g) ?? [];
  return { numbers, tails };
};

/** `BP-I-000045`: the number without its year. */
export const withoutYear = ({ prefix, letter, position }: WrittenNumber): string =>
  [prefix, ...(letter ? [letter] : []), String(position).padStart(6, '0')].join('-');

const wholeNumber = new RegExp(`^(?:R?\\d{1,2}${gap})?([A-Z]{2,}?)${gap}(?:[A-Z]${gap})?\\d{1,6}$`);

/** What somebody typed, where it is one number and nothing else, as papers have it: `ｒ8-bp-60` is R08-BP-000060. */
export const numberTyped = (typed: string): string | undefined => {
  const text = plain(typed).trim();
  const prefix = wholeNumber.exec(text)?.[1];
  const [written] = prefix === undefined ? [] : writtenNumbers(text, [prefix]).numbers;
  if (!written) return undefined;
  return [...(written.era ? [written.era] : []), withoutYear(written)].join('-');
};

/** Whether a number of ours is the one that was written. */
export const isWritten = (written: WrittenNumber, number: string): boolean => {
  const [era, ...rest] = number.split('-');
  return rest.join('-') === withoutYear(written) && (written.era ?? era) === era;
};

/** The numbers that papers of these years would have, of those that are written. */
export const paperNumbersIn = (
  texts: readonly string[],
  prefixes: readonly string[],
  eras: readonly string[],
): string[] =>
  texts.flatMap((text) =>
    writtenNumbers(text, prefixes)
      .numbers.filter(({ letter }) => letter !== undefined)
      .flatMap((written) =>
        (written.era ? [written.era] : eras).map((era) => `${era}-${withoutYear(written)}`),
      ),
  );
