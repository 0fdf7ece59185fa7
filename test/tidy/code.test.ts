import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { handWritten, lineAt, parseSource, readText, visitNodes } from './sources.ts';

const functionLinesMax = 70;
const bannedWords = /^(reservation|facility|facilities|timeslot|discount|ticket|user)s?$/;
// A browser is called so by everybody; adapters and stand-ins speak the words of the outside world.
const foreignNames = new Set(['userAgent', 'user_agent']);
const isForeign = (file: string) => /^(api\/adapters|standins)\//.test(file);
const isExemptFromLength = (file: string) => file.endsWith('.test.ts');

const wordsOf = (identifier: string) =>
  identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_$]+/);

const longFunctions = (file: string) => {
  const source = parseSource(file);
  const found: string[] = [];
  visitNodes(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return;
    const first = lineAt(source, node.getStart(source));
    const lines = lineAt(source, node.getEnd()) - first + 1;
    if (lines > functionLinesMax) found.push(`${file}:${first}: ${lines} lines`);
  });
  return found;
};

const bannedIdentifiers = (file: string) => {
  const source = parseSource(file);
  const found: string[] = [];
  visitNodes(source, (node) => {
    if (!ts.isIdentifier(node) || foreignNames.has(node.text)) return;
    if (!wordsOf(node.text).some((word) => bannedWords.test(word))) return;
    found.push(`${file}:${lineAt(source, node.getStart(source))}: ${node.text}`);
  });
  return found;
};

const commentsOf = (file: string) => {
  const source = parseSource(file);
  const comments = new Map<number, string>();
  visitNodes(source, (node) => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of ranges) comments.set(pos, source.text.slice(pos, end));
  });
  return [...comments].map(([pos, text]) => ({ text, line: lineAt(source, pos) }));
};

const leftover = /\b(TODO|FIXME|XXX|HACK)\b|eslint-disable|@ts-(ignore|nocheck)/;

const leftovers = (file: string) =>
  // Reading the text is cheap, looking at every comment of every file is not.
  (leftover.test(readText(file)) ? commentsOf(file) : [])
    .filter(({ text }) => leftover.test(text))
    .map(({ line, text }) => `${file}:${line}: ${text.split('\n')[0]}`);

const silencedTests = (file: string) => {
  const source = parseSource(file);
  const found: string[] = [];
  visitNodes(source, (node) => {
    if (!ts.isPropertyAccessExpression(node)) return;
    if (!['only', 'skip', 'todo', 'skipIf', 'fails'].includes(node.name.text)) return;
    if (!/^(test|it|describe)\b/.test(node.expression.getText(source))) return;
    found.push(`${file}:${lineAt(source, node.getStart(source))}: ${node.getText(source)}`);
  });
  return found;
};

const askingForToday = /\bdayOf\(\s*new Date\(\)|toISOString\(\)\s*\.(slice|split|substring)\(/;

describe('the code', () => {
  test('«today» of a page is the day of the venue, asked for in one place', () => {
    const pages = handWritten.filter((file) => file.startsWith('web/'));
    expect(pages.filter((file) => askingForToday.test(readText(file)))).toEqual([]);
  });

  test(`no function is longer than ${functionLinesMax} lines`, () => {
    const files = handWritten.filter((file) => !isExemptFromLength(file));
    expect(files.flatMap(longFunctions)).toEqual([]);
  });

  test('no identifier uses a word the glossary gives to another', () => {
    const files = handWritten.filter((file) => !isForeign(file));
    expect(files.flatMap(bannedIdentifiers)).toEqual([]);
  });

  test('JSON is read by a schema, but what others sent and what the audit was told', () => {
    const tables = handWritten.filter((file) => file.startsWith('db/schema/'));
    const holding = (text: string) => tables.filter((file) => readText(file).includes(text));
    expect(holding('jsonb(')).toEqual(['db/schema/columns.ts']);
    expect(holding("anyJson('")).toEqual(['db/schema/audit.ts', 'db/schema/payments.ts']);
  });

  test('no comment promises work or switches a check off', () => {
    expect(handWritten.flatMap(leftovers)).toEqual([]);
  });

  test('no test is silenced', () => {
    const tests = handWritten.filter((file) => file.endsWith('.test.ts'));
    expect(tests.flatMap(silencedTests)).toEqual([]);
  });
});
