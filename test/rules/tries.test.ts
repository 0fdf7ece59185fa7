import { describe, expect, it } from 'vitest';
import { countTry, secondsToWait, tryRules, type Tries } from '#api/accounts/rules.ts';

const start = new Date('2026-11-24T01:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const none: Tries = { count: 0, lastAt: start, blockedUntil: null, succeededAt: null };

const tried = (times: number, at = start, from = none) => {
  let tries = from;
  for (let time = 0; time < times; time += 1) tries = countTry(tries, tryRules.signIn, at);
  return tries;
};

describe('wrong passwords for one account', () => {
  it('are free nine times, and from the tenth on each wait is twice as long', () => {
    expect(secondsToWait(tried(9), start)).toBe(0);
    expect([10, 11, 12].map((times) => secondsToWait(tried(times), start))).toEqual([30, 60, 120]);
  });

  it('never wait longer than a quarter of an hour', () => {
    expect(secondsToWait(tried(60), start)).toBe(900);
  });

  it('are forgotten after an hour without any', () => {
    expect(secondsToWait(tried(1, later(3_600), tried(40)), later(3_600))).toBe(0);
  });
});
