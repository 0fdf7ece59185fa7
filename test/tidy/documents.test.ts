import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFiles, readText } from './sources.ts';

const documents = projectFiles.filter((file) => file.endsWith('.md') || file === 'NOTICE');
const { scripts, dependencies } = JSON.parse(readText('package.json')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};
const isPackage = (text: string) => text in dependencies;

const isPath = (text: string) =>
  /^(\.ci|api|db|docs|scripts|standins|test|web)\/[\w./+()[\]-]+$/.test(text) ||
  /^[\w.-]+\.(md|json|js|cjs|mjs|ts)$/.test(text);

// Names of files that every feature or page may have, not of one file.
const isRoleName = (text: string) =>
  /^(rules|schema|errors|store|actions|routes|jobs|utils|helpers|types|index|constants)\.ts$/.test(
    text,
  );

const pathsNamedIn = (file: string) => {
  const text = readText(file).replace(/^```[\s\S]*?^```/gm, '');
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1]!);
  const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) =>
    path.posix.join(path.posix.dirname(file), match[1]!),
  );
  return [
    ...quoted.filter((name) => isPath(name) && !isRoleName(name) && !isPackage(name)),
    ...linked,
  ];
};

describe('the documents', () => {
  test.each(documents)('every path named in %s exists', (file) => {
    expect(pathsNamedIn(file).filter((name) => !fs.existsSync(name))).toEqual([]);
  });

  test.each(documents)('every command named in %s exists', (file) => {
    const commands = [...readText(file).matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1]!);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });

  test('README.md names every setting the server reads, and no other', () => {
    const read = [...readText('api/settings.ts').matchAll(/^ {2}([A-Z_]+): /gm)].map(
      (match) => match[1]!,
    );
    const named = [...readText('README.md').matchAll(/^\| `([A-Z_]+)` /gm)].map(
      (match) => match[1]!,
    );
    expect([...named].sort()).toEqual([...new Set(read)].sort());
  });

  test('README.md shows the proxy through which the journeys go', () => {
    expect(readText('README.md')).toContain(`\`\`\`nginx\n${readText('docs/nginx.conf')}\`\`\`\n`);
  });

  test('decisions are numbered without gaps and say where they stand', () => {
    const decisions = documents.filter((file) => file.startsWith('docs/DECISIONS/')).sort();
    const numbers = decisions.map((file) => Number(path.basename(file).slice(0, 4)));
    expect(numbers).toEqual(decisions.map((_, at) => at + 1));
    const withoutStatus = decisions.filter(
      (file) => !/^Status: (accepted|superseded by \d{4})/m.test(readText(file)),
    );
    expect(withoutStatus).toEqual([]);
  });
});
