import { httpErrors } from './errors.ts';

/** Callers remembered at once; beyond, those that have rested longest are forgotten. */
const callersMost = 10_000;

interface Account {
  readonly left: number;
  readonly at: number;
}

/** One house of IPv6 is a network of 64 bits: its addresses are free for the taking. */
export const callerOf = (address: string): string =>
  address.includes(':') && !address.includes('.')
    ? expanded(address).slice(0, 4).join(':')
    : address;

const expanded = (address: string): string[] => {
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const [before, after] = [head, tail].map((part) => part.split(':').filter((one) => one !== ''));
  const zeros = Array<string>(Math.max(0, 8 - before!.length - after!.length)).fill('0');
  return [...before!, ...zeros, ...after!];
};

/**
 * What strangers may make this process work: so many points a minute and address, saved up for one
 * minute at most. Each process counts by itself, so that counting costs nothing.
 */
export const openWork = (pointsPerMinute: number) => {
  const accounts = new Map<string, Account>();
  /** @throws where the address has asked for more than it may */
  return (address: string, points: number, now: Date): void => {
    const caller = callerOf(address);
    const at = now.getTime();
    const known = accounts.get(caller) ?? { left: pointsPerMinute, at };
    const earned = (Math.max(0, at - known.at) * pointsPerMinute) / 60_000;
    const left = Math.min(pointsPerMinute, known.left + earned);
    const cost = Math.min(points, pointsPerMinute);
    accounts.delete(caller);
    accounts.set(caller, { left: left < cost ? left : left - cost, at });
    if (accounts.size > callersMost) accounts.delete(accounts.keys().next().value!);
    if (left >= cost) return;
    const seconds = Math.ceil(((cost - left) * 60) / pointsPerMinute);
    throw httpErrors.too_many({ params: { seconds }, retryAfterSeconds: seconds });
  };
};
