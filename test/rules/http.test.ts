import { describe, expect, it } from 'vitest';
import { forwardedAddress, settleProtocol } from '#api/http/forwarded.ts';
import { isReadable } from '#api/http/text.ts';
import { callerOf, openWork } from '#api/http/work.ts';
import type { AppError } from '#api/shared/error.ts';

describe('whom a proxy speaks for', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['10.0.0.9, 192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['"[2001:db8::1]:4711"', '2001:db8::1'],
    ['nonsense', undefined],
    ['192.0.2.1, ', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('in %s is %s', (header, address) => {
    expect(forwardedAddress(header)).toBe(address);
  });
});

describe('the protocol people reach the house by', () => {
  const settled = (said: string | undefined, trustsProxy = true) => {
    const headers = said === undefined ? {} : { 'x-forwarded-proto': said };
    const problem = settleProtocol(headers, trustsProxy);
    return [problem?.code, Object.values(headers)[0]];
  };

  it('is the first a chain of proxies names', () => {
    expect(settled('https,http')).toEqual([undefined, 'https']);
    expect(settled(' HTTPS , http')).toEqual([undefined, 'https']);
    expect(settled('http')).toEqual([undefined, 'http']);
    expect(settled(undefined)).toEqual([undefined, undefined]);
  });

  it('is nothing else', () => {
    for (const said of ['', ',https', 'ftp', 'https://', 'ht tp', 'javascript:'])
      expect([said, settled(said)[0]]).toEqual([said, 'http.unknown_protocol']);
  });

  it("is nobody's to say where no proxy is trusted", () => {
    expect(settled('https', false)).toEqual([undefined, 'http']);
    expect(settled('nonsense', false)).toEqual([undefined, 'http']);
  });
});

describe('dear work of one address', () => {
  const at = (seconds: number) => new Date(seconds * 1_000);
  const refusal = (ask: () => void) => {
    try {
      ask();
    } catch (error) {
      return error as AppError;
    }
    return undefined;
  };

  it('is done up to a minute of it, and tells how long to wait', () => {
    const spend = openWork(60);
    spend('192.0.2.1', 50, at(0));
    const refused = refusal(() => spend('192.0.2.1', 20, at(0)))!;
    expect([refused.code, refused.options.retryAfterSeconds]).toEqual(['http.too_many', 10]);
    expect(refusal(() => spend('192.0.2.1', 20, at(9)))?.options.retryAfterSeconds).toBe(1);
    expect(refusal(() => spend('192.0.2.1', 20, at(10)))).toBeUndefined();
    expect(refusal(() => spend('192.0.2.2', 60, at(0)))).toBeUndefined();
  });

  it('is never more than a minute earns, so that it can always be done by waiting', () => {
    const spend = openWork(60);
    expect(refusal(() => spend('192.0.2.1', 500, at(0)))).toBeUndefined();
    expect(refusal(() => spend('192.0.2.1', 1, at(0)))?.options.retryAfterSeconds).toBe(1);
    expect(refusal(() => spend('192.0.2.1', 500, at(3_600)))).toBeUndefined();
  });

  it('is counted by network where addresses are free for the taking', () => {
    expect(callerOf('2001:db8:1:2::7')).toBe(callerOf('2001:db8:1:2:ffff::9'));
    expect(callerOf('2001:db8:1:2::7')).not.toBe(callerOf('2001:db8:1:3::7'));
    expect(callerOf('2001:db8::1')).toBe('2001:db8:0:0');
    expect(callerOf('::ffff:192.0.2.1')).toBe('::ffff:192.0.2.1');
    expect(callerOf('192.0.2.1')).toBe('192.0.2.1');
  });
});

describe('text', () => {
  it('is readable unless it holds NUL or half a character', () => {
    expect(['見本市', '😀', 'a\nb', ''].every(isReadable)).toBe(true);
    expect(['\0', 'a\ud800', '\udc00b'].some(isReadable)).toBe(false);
  });
});
