import { createRequire } from 'node:module';
import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

const leftOut = new Set([
  '.data',
  '.eslintcache',
  '.git',
  '.svelte-kit',
  'build',
  'coverage',
  'node_modules',
  'test-results',
]);

const walk = (folder: string): string[] =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.posix.join(folder, entry.name);
    if (leftOut.has(entry.name)) return [];
    return entry.isDirectory() ? walk(place) : [place];
  });

/** Every file of the project, relative to its root; what tools make is left out. */
export const projectFiles: readonly string[] = walk('.');

export const readText = (file: string): string => fs.readFileSync(file, 'utf8');

export const linesOf = (text: string): number => text.trimEnd().split('\n').length;

export const filesIn = (folder: string, ending = ''): string[] =>
  projectFiles.filter((file) => file.startsWith(`${folder}/`) && file.endsWith(ending));

/** The line in which features stand, as the border rules read it. */
export const features = createRequire(import.meta.url)('../../api/features.json') as string[];

export const handWritten: readonly string[] = projectFiles.filter(
  (file) =>
    /^(api|db|web|standins|test|scripts)\/.*\.(ts|mjs|svelte)$/.test(file) &&
    !file.startsWith('db/migrations/'),
);

const scriptOf = (text: string) =>
  text.replace(/[\s\S]*?<script[^>]*>|<\/script>[\s\S]*?(?=<script|$)/g, (markup) =>
    markup.replace(/[^\n]/g, ' '),
  );

const parsed = new Map<string, ts.SourceFile>();

/** The syntax tree of a file; of a component, that of its script, with its own line numbers. */
export const parseSource = (file: string): ts.SourceFile => {
  const known = parsed.get(file);
  if (known) return known;
  const text = readText(file);
  const code = file.endsWith('.svelte') ? scriptOf(text) : text;
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  parsed.set(file, source);
  return source;
};

export const visitNodes = (node: ts.Node, see: (node: ts.Node) => void): void => {
  see(node);
  ts.forEachChild(node, (child) => visitNodes(child, see));
};

export const lineAt = (source: ts.SourceFile, position: number): number =>
  source.getLineAndCharacterOfPosition(position).line + 1;

export const tableNames: readonly string[] = filesIn('db/schema', '.ts').flatMap((file) =>
  [...readText(file).matchAll(/pgTable\(\s*'([a-z_]+)'/g)].map((match) => match[1]!),
);
