import { describe, expect, it } from 'vitest';
import { safeNext } from '#web/api.ts';

describe('the page to go on to', () => {
  it.each([
    ['/bookings'],
    ['/staff/bookings/bkg_1?done=held#money'],
    ['/venues/corasse/days/2027-02-14?room=401&from=a%20b'],
    ['/%09/evil.example/x'],
  ])('is the one asked for when it is ours: %j', (next) => {
    expect(safeNext(next)).toBe(next);
  });

  it.each([
    ['/\t/evil.example/x'],
    ['/\n/evil.example'],
    ['/\r\n/evil.example'],
    ['\t//evil.example'],
    [' //evil.example'],
    ['//evil.example'],
    ['/\\evil.example'],
    ['\\\\evil.example'],
    ['/\t\\evil.example'],
    ['/.//evil.example'],
    ['/x/..//evil.example'],
    ['https://evil.example'],
    ['https:evil.example'],
    ['javascript:alert(1)'],
    ['bookings'],
    ['//'],
    ['//[x'],
    [''],
    [null],
    [undefined],
  ])('is never an address of others, however it is written: %j', (next) => {
    expect(safeNext(next, '/home')).toBe('/home');
  });
});
