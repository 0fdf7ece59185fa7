import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CatalogueFile } from './format.ts';
import { CatalogueError, readCatalogueFile } from './read.ts';

export interface NamedFile {
  readonly fileName: string;
  readonly file: CatalogueFile;
}

const isCatalogueFile = (name: string) => /\.ya?ml$/.test(name);

/** The files of the folder the operator keeps venues of its own in, in the order of their names. */
export const readCatalogueFolder = (folder: string): NamedFile[] => {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) {
    const message =
      'このフォルダがありません。CATALOGUE_FOLDER を確認してください / there is no such folder; check CATALOGUE_FOLDER';
    throw new CatalogueError(folder, [{ path: '', message }]);
  }
  return fs
    .readdirSync(folder)
    .filter(isCatalogueFile)
    .sort()
    .map((name) => {
      const fileName = path.join(folder, name);
      return { fileName, file: readCatalogueFile(fileName, fs.readFileSync(fileName, 'utf8')) };
    });
};

/** Two files may not describe one venue, or number two venues' bookings alike. */
export const refuseTwins = (files: readonly NamedFile[]): void => {
  const owners = new Map<string, string>();
  for (const { fileName, file } of files) {
    for (const name of ['code', 'numberPrefix'] as const) {
      const key = `${name} ${file.venue[name]}`;
      const other = owners.get(key);
      if (other !== undefined) {
        const message = `「${file.venue[name]}」は ${other} でも使われています / "${file.venue[name]}" is used in ${other} too`;
        throw new CatalogueError(fileName, [{ path: `venue.${name}`, message }]);
      }
      owners.set(key, fileName);
    }
  }
};
