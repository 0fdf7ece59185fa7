import { describe, expect, test } from 'vitest';
import { asLine, oneLineSchema, searchSchema, textSchema } from '#api/shared/text.ts';

const codesOf = (schema: ReturnType<typeof oneLineSchema>, typed: string) =>
  schema
    .safeParse(typed)
    .error?.issues.map(
      (issue) => (issue as { params?: { code: string } }).params?.code ?? issue.code,
    );

describe('one line', () => {
  test.each([
    ['what pasting leaves at its end', ' 春の展示会\r\n', '春の展示会'],
    ['the cells of a table', '春の\t展示会', '春の 展示会'],
    ['a title of slides', '春の\v展示会', '春の 展示会'],
    ['marks that turn round how it is read', '請求書\u202efdp.exe', '請求書fdp.exe'],
    ['isolates', '\u2066春\u2069の\u2067展示会', '春の展示会'],
    ['marks nobody sees', '春\u200bの\u200d展\u00ad示\u2060会\ufeff', '春の展示会'],
    ['other forms of one letter', '福\u{e0100}', '福\u{e0100}'],
  ])('is tidied of %s', (_, typed, line) => {
    expect(oneLineSchema(100).parse(typed)).toBe(line);
    expect(oneLineSchema(100).parse(line)).toBe(line);
  });

  test.each([
    '春\n展',
    '春\r展',
    '春\r\nBcc: a@b.example',
    '春\u2028展',
    '春\u0085展',
    '春\x1b[2J',
  ])('is not %j', (typed) => {
    expect(codesOf(oneLineSchema(100), typed)).toEqual(['http.not_one_line']);
  });

  test('is missing where only marks nobody sees were typed', () => {
    expect(codesOf(oneLineSchema(100), '\u200b\u3000\n')).toEqual(['too_small']);
    expect(oneLineSchema(100, 0).parse('\u200b\n')).toBe('');
  });

  test('is as long as what is kept of it', () => {
    expect(oneLineSchema(3).parse(' 春\u200bの会 \n')).toBe('春の会');
    expect(codesOf(oneLineSchema(3), '春の会場')).toEqual(['too_big']);
  });

  test('is made of what was kept before there was a rule', () => {
    expect(asLine('春の\r\nBcc: a@b.example\u202e')).toBe('春の Bcc: a@b.example');
    expect(searchSchema.parse('春\nの\u200b会\n')).toBe('春 の会');
  });
});

describe('a text', () => {
  test.each([
    ['lines of Windows', '一\r\n二', '一\n二'],
    ['lines of an old Mac', '一\r二', '一\n二'],
    ['soft breaks', '一\v二\u2028三', '一\n二\n三'],
    ['tabs', '一\t二', '一\t二'],
    ['marks that turn round how it is read', '一\u202e二', '一二'],
  ])('keeps its lines: %s', (_, typed, text) => {
    expect(textSchema(100).parse(typed)).toBe(text);
  });

  test.each(['一\x1b[2J', '一\x07', '一\x7f'])('is not %j', (typed) => {
    expect(codesOf(textSchema(100), typed)).toEqual(['http.unreadable_text']);
  });
});
