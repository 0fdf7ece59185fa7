import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { csvFile, notInCp932 } from '#api/http/csv.ts';
import { forCp932 } from '#api/shared/cp932.ts';

const inCp932 = (cell: string) => {
  const { content, replaced } = csvFile([[cell]], { encoding: 'cp932', exactColumns: [0] });
  return { text: iconv.decode(Buffer.from(content), 'cp932').replace(/\r\n$/, ''), replaced };
};

const inUtf8 = (...row: (string | number)[]) =>
  new TextDecoder('utf-8').decode(csvFile([row]).content).replace(/\r\n$/, '');

describe('a file in CP932', () => {
  test('names the characters CP932 does not have', () => {
    const known = (character: string) => !'𠮷é'.includes(character) && character !== '\u301c';
    expect(forCp932('𠮷野家〜é', known)).toEqual({ text: '〓野家～〓', replaced: ['𠮷', 'é'] });
    expect(notInCp932([['𠮷', 1], ['福']])).toEqual(['𠮷']);
  });

  /** Every compatibility ideograph that CP932 has by a number of its own. */
  const compatibility = Array.from({ length: 0x1_00 + 0x2_00 }, (_, at) =>
    String.fromCodePoint(0xf900 + at),
  ).filter((letter) => iconv.decode(iconv.encode(letter, 'cp932'), 'cp932') === letter);

  test('holds every compatibility form it has unchanged: 福, 神, 館, 鶴', () => {
    expect(compatibility.length).toBeGreaterThan(30);
    expect(compatibility).toEqual(expect.arrayContaining(['\ufa1b', '\ufa19', '\ufa2c', '\ufa2d']));
    for (const letter of compatibility)
      expect(inCp932(letter)).toEqual({ text: letter, replaced: [] });
  });

  test('has the plain letter for a compatibility form it does not have', () => {
    expect(inCp932('\uf9d1')).toEqual({ text: '六', replaced: [] });
  });

  test.each([
    ['葛\u{e0100}城', '葛城'],
    ['神\ufe00社', '神社'],
    ['\ufa19\u{e0101}社', '\ufa19社'],
    ['❤\ufe0f', '〓'],
  ])('drops the selector of a variation and keeps its letter: %s', (written, text) => {
    expect(inCp932(written).text).toBe(text);
  });

  test('has one letter where a mark of sound follows it, and dashes in their shape', () => {
    expect(inCp932('か\u3099ハ\u309a')).toEqual({ text: 'がパ', replaced: [] });
    expect(inCp932('〜−—¥‑').text).toBe('～－―￥‐');
  });
});

describe('a file for spreadsheets', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+81', "'+81"],
    ['-1', "'-1"],
    ['@home', "'@home"],
    ['＠ホーム', '＠ホーム'],
    ['＋プラス会', '＋プラス会'],
    ['－マイナス', '－マイナス'],
    ['＝イコール', '＝イコール'],
  ])('guards what it would reckon with, and no full-width sign: %s', (cell, expected) => {
    expect(inUtf8('', cell)).toBe(`,${expected}`);
  });

  test('holds amounts below nothing as numbers', () => {
    expect(inUtf8('取消', -217_800)).toBe('取消,-217800');
  });

  test('leaves columns alone that other programs compare letter by letter', () => {
    const { content } = csvFile([['@home', '@home']], { exactColumns: [1] });
    expect(new TextDecoder().decode(content)).toContain("'@home,@home");
  });
});
