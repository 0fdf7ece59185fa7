import iconv from 'iconv-lite';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellOf, writeCursor, type Listed } from '#api/shared/lists.ts';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';
import { declaredLists, type ListCase } from '#test/fixtures/lists.ts';
import { filesIn, readText } from '#test/tidy/sources.ts';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

type ListedCase = ListCase & { readonly path: string };
type Row = { readonly id: string };

const rowsOf = 7;
const marked = ["=cmd|' /C calc'!A0", '𠮷野家'];

const pageOf = async (of: ListedCase, query: string) => {
  const { status, body } = await app.call<Listed<Row>>(`${of.path}?${query}`, { as: of.as });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

/** Every page to the end, with something that happens after the first. */
const readPages = async (of: ListedCase, sort: string, meanwhile = () => Promise.resolve()) => {
  const rows: Row[] = [];
  let after = '';
  for (let at = 0; at < 100; at += 1) {
    const page = await pageOf(of, `sort=${sort}&limit=2${after}`);
    expect(page.rows.length).toBeLessThanOrEqual(2);
    rows.push(...page.rows);
    if (at === 0) await meanwhile();
    if (page.next === null) return rows;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  throw new Error('the list has no end');
};

const asText = (cell: unknown): string => {
  // Days are fractions in a sheet, which miss a minute by a hair.
  if (cell instanceof Date)
    return new Date(Math.round(cell.getTime() / 60_000) * 60_000)
      .toISOString()
      .slice(0, 16)
      .replace('T', ' ');
  return cell === null || cell === undefined ? '' : String(cell);
};
const asRead = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text} 00:00` : text);

const fileOf = async (of: ListedCase, query: string) => {
  const answer = await app.app.request(`${of.path}?${query}`, {
    headers: { cookie: of.as.cookie },
  });
  expect(answer.status).toBe(200);
  return {
    type: answer.headers.get('content-type'),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
};
/** No cell of these tests holds a quote or a line break. */
const csvCells = (text: string) =>
  text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

test('every list that is declared is tested', () => {
  const declarations = filesIn('api', '.ts').flatMap((file) => [
    ...readText(file).matchAll(/= defineList\(\{\s*path: '([^']+)'/g),
  ]);
  const paths = declaredLists.map(([{ path }]) => path);
  expect(paths.toSorted()).toEqual(declarations.map(([, path]) => path).toSorted());
});

describe.each(declaredLists)('the list $path', (list, make) => {
  let made: ListCase;
  const of = () => ({ ...made, list, path: list.path });

  beforeAll(async () => {
    made = await make(app);
    for (let at = 0; at < rowsOf; at += 1) await made.add(marked[at] ?? `一覧の行${at}`);
    await made.tie();
  });

  test('gives every row once under ties, in each order and both directions', async () => {
    const all = (await pageOf(of(), `limit=200`)).rows.map(({ id }) => id).sort();
    expect(all.length).toBeGreaterThanOrEqual(rowsOf);
    for (const sort of Object.keys(of().list.sorts)) {
      const [up, down] = [await readPages(of(), sort), await readPages(of(), `-${sort}`)];
      expect(up.map(({ id }) => id).sort(), sort).toEqual(all);
      expect(
        down.map(({ id }) => id),
        sort,
      ).toEqual(up.map(({ id }) => id).reverse());
      const column = of().list.columns.find((one) => one.sort === sort)!;
      const keys = up.flatMap((row): (string | number)[] => {
        const key = cellOf(column, row as never, 'ja');
        return key === null ? [] : [key];
      });
      const inOrder = keys.every((key, at) => at === 0 || keys[at - 1]! <= key);
      expect(inOrder, `${sort}: ${keys.join(' ')}`).toBe(true);
    }
  });

  test('gives every row once when rows come between two pages', async () => {
    for (const sort of Object.keys(of().list.sorts).flatMap((one) => [one, `-${one}`])) {
      const before = (await pageOf(of(), `limit=200`)).rows.map(({ id }) => id);
      const rows = await readPages(of(), sort, () => of().add('間に入った行'));
      const read = rows.map(({ id }) => id);
      expect(new Set(read).size, sort).toBe(read.length);
      expect(read, sort).toEqual(expect.arrayContaining(before));
    }
  });

  test('refuses a place it does not know', async () => {
    const [[sort, kind] = ['', '']] = Object.entries(of().list.sorts);
    const strange = [
      'nonsense',
      writeCursor(sort, { key: kind === 'text' ? '\0' : 'yesterday', id: 'x' }),
      writeCursor('elsewhere', { key: '1', id: 'x' }),
    ];
    for (const after of strange) {
      const { status, body } = await app.call(`${of().path}?sort=${sort}&after=${after}`, {
        as: of().as,
      });
      expect(status, after).toBe(400);
      expect(body.error.fields).toMatchObject([{ path: 'after', code: 'http.unknown_place' }]);
    }
  });

  test('is whole as CSV in both encodings and as a workbook, with the same cells', async () => {
    const { total } = await pageOf(of(), `limit=1`);
    const [utf8, cp932, xlsx] = await Promise.all(
      ['format=csv', 'format=csv&encoding=cp932', 'format=xlsx'].map((query) =>
        fileOf(of(), query),
      ),
    );
    const text = utf8!.bytes.toString('utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    const cells = csvCells(text.slice(1));
    const inFile = of().list.columns.filter(({ onlyIn }) => onlyIn !== 'page');
    expect(cells[0]).toEqual(inFile.map(({ label }) => label.ja));
    expect(cells.length).toBe(total + 1);
    expect(text).toContain("'=cmd|");

    expect(cp932!.type).toBe('text/csv; charset=windows-31j');
    expect(iconv.decode(cp932!.bytes, 'cp932')).toContain('〓野家');

    const sheet = (await readSheet(xlsx!.bytes)).map((row) => row.map(asText));
    const plain = cells.map((row) => row.map((cell) => asRead(cell.replace(/^'(?==)/, ''))));
    expect(sheet).toEqual(plain);
  });
});
