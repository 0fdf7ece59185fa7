import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CatalogueFile } from './format.ts';
import { lineInText } from './place.ts';
import { CatalogueError, readCatalogueFile } from './read.ts';

export interface NamedFile {
  readonly fileName: string;
  readonly text: string;
  readonly file: CatalogueFile;
}

/** What is wrong at one place of a file that was read. */
export const mistakeAt = ({ fileName, text }: NamedFile, path: string, message: string) =>
  new CatalogueError(fileName, [{ path, message, line: lineInText(text, path) }]);

const unreadable = (fileName: string, cause: unknown) => {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'UTF-8';
  const message =
    reason === 'UTF-8' || reason === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? 'UTF-8の文字コードで保存してください / not UTF-8 text; save it as UTF-8'
      : `読み取れません。ファイルの種類と権限をご確認ください / cannot be read; check its kind and permissions (${reason})`;
  return new CatalogueError(fileName, [{ path: '', message }]);
};

const readText = (fileName: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(fileName));
  } catch (cause) {
    throw unreadable(fileName, cause);
  }
};

const isCatalogueFile = (name: string) => /\.ya?ml$/.test(name);

const namesIn = (folder: string) => {
  try {
    return fs.readdirSync(folder);
  } catch (cause) {
    throw unreadable(folder, cause);
  }
};

/** The files of the folder the operator keeps venues of its own in, in the order of their names. */
export const readCatalogueFolder = (folder: string): NamedFile[] => {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) {
    const message =
      'このフォルダがありません。CATALOGUE_FOLDER を確認してください / there is no such folder; check CATALOGUE_FOLDER';
    throw new CatalogueError(folder, [{ path: '', message }]);
  }
  return namesIn(folder)
    .filter(isCatalogueFile)
    .sort()
    .map((name) => {
      const fileName = path.join(folder, name);
      const text = readText(fileName);
      return { fileName, text, file: readCatalogueFile(fileName, text) };
    });
};

/** Two files may not describe one venue, or number two venues' bookings alike. */
export const refuseTwins = (files: readonly NamedFile[]): void => {
  const owners = new Map<string, string>();
  for (const named of files) {
    const { fileName, file } = named;
    for (const name of ['code', 'numberPrefix'] as const) {
      const key = `${name} ${file.venue[name]}`;
      const other = owners.get(key);
      if (other !== undefined) {
        const message = `「${file.venue[name]}」は ${other} でも使われています / "${file.venue[name]}" is used in ${other} too`;
        throw mistakeAt(named, `venue.${name}`, message);
      }
      owners.set(key, fileName);
    }
  }
};
