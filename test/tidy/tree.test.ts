import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { features, filesIn, handWritten, linesOf, projectFiles, readText } from './sources.ts';

const roles = ['rules', 'schema', 'errors', 'store', 'actions', 'routes', 'jobs'];
const rootOfApi = [
  'app.ts',
  'context.ts',
  'features.json',
  'house.ts',
  'server.ts',
  'settings.ts',
  'worker.ts',
];
const besideFeatures = ['adapters', 'http', 'shared'];
const schemaExtras = ['amendments', 'columns', 'http', 'ledgers', 'numbers'];
const emptyWords = /^(utils?|helpers?|types|index|constants|common|misc)(\.|$)/;
const topFolders = ['.ci', '.github', 'api', 'db', 'docs', 'scripts', 'standins', 'test', 'web'];
const kindsOfTest = ['api', 'bench', 'e2e', 'fixtures', 'race', 'rules', 'tidy', 'web'];
const componentFolders = ['ui', 'words'];

// Migrations up to this one wrote functions and triggers themselves.
const guardsMovedAfter = '0028_small_differences.sql';

const linesMax = { ts: 300, mjs: 300, svelte: 200 } as const;
const isExemptFromLength = (file: string) =>
  file.startsWith('db/seeds/') || file.endsWith('.test.ts') || file.startsWith('test/fixtures/');

const strangers = (names: readonly string[], known: readonly string[]) =>
  names.filter((name) => !known.includes(name));
const childrenOf = (folder: string) => [
  ...new Set(filesIn(folder).map((file) => file.slice(folder.length + 1).split('/')[0]!)),
];
const foldersOf = (folder: string) =>
  childrenOf(folder).filter((name) => filesIn(`${folder}/${name}`).length > 0);

describe('the tree', () => {
  test('the top holds the folders of the toolchains and nothing else', () => {
    const folders = projectFiles
      .filter((file) => file.includes('/'))
      .map((file) => file.split('/')[0]!);
    expect(strangers([...new Set(folders)], topFolders)).toEqual([]);
  });

  test('api holds the features of the line, and the files above them', () => {
    expect(strangers(foldersOf('api'), [...features, ...besideFeatures])).toEqual([]);
    const files = childrenOf('api').filter((name) => name.includes('.'));
    expect(strangers(files, rootOfApi)).toEqual([]);
  });

  test.each(features)('%s holds only files whose name says what they may do', (feature) => {
    const names = childrenOf(`api/${feature}`).map((name) => name.replace(/\.ts$/, ''));
    expect(strangers(names, roles)).toEqual([]);
    expect(new Set(names).size, 'a role is a file or a folder, not both').toBe(names.length);
  });

  test('no file has a name that could hold anything', () => {
    const nameless = handWritten.filter((file) => emptyWords.test(path.basename(file)));
    expect(nameless).toEqual([]);
  });

  test('of the tables only the newest snapshot is kept, and guards have one text, in db/guards', () => {
    const snapshots = filesIn('db/migrations/meta', '_snapshot.json');
    expect(snapshots, 'npm run migrate:new removes the older ones').toHaveLength(1);
    const later = filesIn('db/migrations', '.sql').filter(
      (file) => path.basename(file) > guardsMovedAfter,
    );
    const guarding = /^create .*(function|trigger) (?!pg_temp)/im;
    expect(later.filter((file) => guarding.test(readText(file)))).toEqual([]);
  });

  test('tables stand in files with the names of features', () => {
    const names = filesIn('db/schema', '.ts').map((file) => path.basename(file, '.ts'));
    expect(strangers(names, [...features, ...schemaExtras])).toEqual([]);
  });

  test('components stand in folders with the names of features', () => {
    expect(strangers(foldersOf('web/src/lib'), [...features, ...componentFolders])).toEqual([]);
  });

  test('tests are grouped by kind', () => {
    expect(strangers(childrenOf('test'), kindsOfTest)).toEqual([]);
  });

  test('files are named in lower case, components in PascalCase', () => {
    const isWellNamed = (file: string) =>
      /^(\+?[a-z0-9_.@()[\]=-]+|[A-Z][A-Za-z0-9]*\.svelte|[a-z][A-Za-z0-9]*\.svelte\.ts)$/.test(
        path.basename(file),
      );
    expect(handWritten.filter((file) => !isWellNamed(file))).toEqual([]);
  });
});

describe('length', () => {
  test('no file is longer than a reader can hold', () => {
    const tooLong = handWritten
      .filter((file) => !isExemptFromLength(file))
      .map((file) => ({ file, lines: linesOf(readText(file)) }))
      .filter(({ file, lines }) => lines > linesMax[path.extname(file).slice(1) as 'ts'])
      .map(({ file, lines }) => `${file}: ${lines}`);
    expect(tooLong).toEqual([]);
  });
});
