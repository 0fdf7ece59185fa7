import { describe, expect, test } from 'vitest';
import { emailSchema, phoneSchema } from '#api/accounts/schema.ts';
import { mailboxOf } from '#api/shared/email.ts';
import { dialled } from '#api/shared/phone.ts';

describe('a telephone number', () => {
  test.each([
    ['０２４－９４７－８０１０', '0249478010'],
    ['+81 24-947-8010', '0249478010'],
    ['＋８１（０）２４―９４７―８０１０', '0249478010'],
    ['0081-24-947-8010', '0249478010'],
    ['\u202a024-947-8010\u202c', '0249478010'],
    ['024\u200b947\u200b8010', '0249478010'],
    ['024─947─8010', '0249478010'],
    ['024ー947ー8010', '0249478010'],
    ['090−1234−5678', '09012345678'],
    ['024-947-8010 内線12', '0249478010 内線12'],
    ['024-947-8010（内線：３０４）', '0249478010 内線304'],
    ['024-947-8010 ext. 7', '0249478010 内線7'],
  ])('%j is %s', (typed, kept) => {
    expect(phoneSchema.parse(typed)).toBe(kept);
    expect(phoneSchema.parse(kept)).toBe(kept);
  });

  test.each([
    '',
    '947-8010',
    '24-947-8010',
    '+1 212 555 0100',
    'でんわ',
    '内線12',
    '024-947-80100000',
  ])('%j is none', (typed) => {
    expect(phoneSchema.safeParse(typed).success).toBe(false);
  });

  test('is dialled without its extension', () => {
    expect(dialled('024-947-8010 内線12')).toBe('0249478010');
    expect(dialled('947-8010')).toBe('9478010');
  });
});

describe('a mail address', () => {
  test.each([
    ['taro..abc@docomo.ne.jp', 'taro..abc@docomo.ne.jp', '"taro..abc"@docomo.ne.jp'],
    ['abc.@ezweb.ne.jp', 'abc.@ezweb.ne.jp', '"abc."@ezweb.ne.jp'],
    ['.hanako@docomo.ne.jp', '.hanako@docomo.ne.jp', '".hanako"@docomo.ne.jp'],
    ['ＨＡＮＡＫＯ＠example.jp', 'hanako@example.jp', 'hanako@example.jp'],
    [' hanako@example.jp\u200b', 'hanako@example.jp', 'hanako@example.jp'],
    ['a+b/c@example.co.jp', 'a+b/c@example.co.jp', 'a+b/c@example.co.jp'],
    ['info@会館.jp', 'info@xn--6oq681p.jp', undefined],
    ['info@xn--wgv71a119e.jp', 'info@xn--wgv71a119e.jp', undefined],
    ['info@日本語.jp', 'info@xn--wgv71a119e.jp', undefined],
    ['info@例え.テスト', 'info@xn--r8jz45g.xn--zckzah', undefined],
  ])('%j is kept as %s', (typed, kept, mailbox) => {
    expect(emailSchema.parse(typed)).toBe(kept);
    expect(emailSchema.parse(kept)).toBe(kept);
    expect(mailboxOf(kept)).toBe(mailbox ?? kept);
  });

  test.each([
    'hanako',
    'hanako@',
    '@example.jp',
    'hanako@example',
    'hana ko@example.jp',
    'hanako@exa mple.jp',
    'hanako@example..jp',
    'hanako@-example.jp',
    'hanako@192.0.2.1',
    'hanako@[192.0.2.1]',
    'hanako@example.jp/../x',
    'a\r\nbcc:x@example.jp',
    '"a"b@example.jp',
    `${'a'.repeat(65)}@example.jp`,
  ])('%j is none', (typed) => {
    expect(emailSchema.safeParse(typed).success).toBe(false);
  });
});
