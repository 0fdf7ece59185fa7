import { describe, expect, test } from 'vitest';
import { searchPattern, searchText } from '#api/shared/search.ts';
import { searchedAlike } from '#test/fixtures/searches.ts';

describe('what is searched', () => {
  test.each(searchedAlike)('%s and %s are one', (one, other) => {
    expect(searchText(one)).toBe(searchText(other));
    expect(searchText(one)).not.toBe('');
  });

  test('keeps apart what sounds alike but is another word', () => {
    expect(searchText('ハハ')).not.toBe(searchText('パパ'));
    expect(searchText('第1回')).not.toBe(searchText('第2回'));
  });

  test('keeps lines apart, so that no match goes over two fields', () => {
    expect(searchText('あ\nい')).toBe('ア\nイ');
  });

  test('is read letter by letter, and nothing finds nothing', () => {
    expect(searchPattern('100%_\\')).toBe('%100\\%\\_\\\\%');
    expect(searchPattern(' ー ')).toBeUndefined();
  });
});
