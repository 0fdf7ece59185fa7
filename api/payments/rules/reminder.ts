import { addMinutes } from '../../shared/time.ts';
import type { Attempt } from './attempt.ts';

const hour = 60;
/** The earliest a reminder is sent before a voucher lapses. */
export const reminderMinutesMost = 24 * hour;
const shortLife = 48 * hour;
const shortLead = 3 * hour;
const briefLife = 6 * hour;

/**
 * When the payer of a voucher is reminded: a day before it lapses; three hours before where it lives
 * two days or less; never where the letter with its numbers is only hours old.
 */
export const reminderAt = ({
  createdAt,
  expiresAt,
}: Pick<Attempt, 'createdAt' | 'expiresAt'>): Date | undefined => {
  if (!expiresAt) return undefined;
  const life = (expiresAt.getTime() - createdAt.getTime()) / 60_000;
  if (life <= briefLife) return undefined;
  return addMinutes(expiresAt, -(life <= shortLife ? shortLead : reminderMinutesMost));
};
