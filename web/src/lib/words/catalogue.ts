import { languageCodes, type Language } from '#api/shared/languages.ts';

type Group = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const filled = (japanese: unknown, other: unknown): unknown => {
  if (!isGroup(japanese) || !isGroup(other)) return other ?? japanese;
  const keys = Object.keys(japanese);
  return Object.fromEntries(keys.map((key) => [key, filled(japanese[key], other[key])]));
};

/** The words of one file in every folder that has it, `./en/form.ts`; what one lacks is said in Japanese. */
export const catalogueOf = <Words>(byPath: Group): ((language: Language) => Words) => {
  const languageOfPath = (path: string) => path.split('/').at(-2)!;
  const said = Object.entries(byPath).map(
    ([path, words]) => [languageOfPath(path), words] as const,
  );
  const japanese = said.find(([code]) => code === languageCodes[0])![1];
  const byLanguage = new Map(said.map(([code, words]) => [code, filled(japanese, words) as Words]));
  return (language) => byLanguage.get(language) ?? (japanese as Words);
};
