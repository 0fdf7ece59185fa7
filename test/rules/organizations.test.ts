import { describe, expect, test } from 'vitest';
import { coreOfName, isAlike } from '#api/organizations/rules.ts';

describe('a caller who may be known', () => {
  test('is known by the name without its legal form, spaces and width', () => {
    expect(coreOfName('株式会社　郡山製作所')).toBe('郡山製作所');
    expect(coreOfName('（株）郡山 製作所')).toBe('郡山製作所');
    expect(coreOfName('㈱郡山製作所')).toBe('郡山製作所');
    expect(coreOfName('ＡＢＣ・サービス')).toBe(coreOfName('abcさーびす'));
  });

  test('has the same telephone, or the same name', () => {
    const known = { name: '㈱郡山製作所', phone: '0249478010' };
    expect(isAlike(known, { name: '郡山製作所', phone: '0245550000' })).toBe(true);
    expect(isAlike(known, { name: '別の会', phone: '0249478010' })).toBe(true);
    expect(isAlike(known, { name: '郡山製作所労働組合', phone: '0245550000' })).toBe(false);
  });
});
