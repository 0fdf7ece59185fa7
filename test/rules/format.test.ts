import { describe, expect, test } from 'vitest';
import { formatNumber, formatYen } from '#web/words/format.ts';

describe('an amount people read', () => {
  test('is 0 yen where nothing is left over, never minus nothing', () => {
    expect(formatYen(-0, 'ja')).toBe('0円');
    expect(formatYen(-0, 'en')).toBe('¥0');
    expect(formatNumber(-0)).toBe('0');
    expect(formatYen(-1_000, 'ja')).toBe('▲1,000円');
  });
});
