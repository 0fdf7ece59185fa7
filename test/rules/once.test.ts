import { describe, expect, test } from 'vitest';
import { onceFor } from '#web/once.ts';

const keyOf = async (formKey: string, content: unknown) =>
  (await onceFor(formKey, content)).headers['Idempotency-Key'];

describe('the key of a form', () => {
  const first = { date: '2027-02-14', title: '会議' };

  test('is the same when the same is sent twice from one page', async () => {
    expect(await keyOf('page', first)).toBe(await keyOf('page', { ...first }));
  });

  test('is another one when somebody goes back and sends another date from the same page', async () => {
    expect(await keyOf('page', { ...first, date: '2027-02-15' })).not.toBe(
      await keyOf('page', first),
    );
  });

  test('is another one on another page, and may stand in a header whatever the page says', async () => {
    expect(await keyOf('other', first)).not.toBe(await keyOf('page', first));
    expect(await keyOf('', first)).toMatch(/^[0-9a-f]{64}$/);
  });
});
