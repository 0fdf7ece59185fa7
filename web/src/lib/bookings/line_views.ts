import type { z } from 'zod';
import type { lineSchema } from '#api/bookings/schema/line.ts';

export type LineView = z.infer<typeof lineSchema>;

/** Ranks a refused hold could have instead; nothing where that place is not to be had. */
export interface Joinable {
  readonly option?: number | null;
  readonly wait?: number | null;
}

/** What is left of a time, in whole days, hours and minutes. */
export const timeLeft = (endsAt: string, now: number) => {
  const minutes = Math.max(0, Math.floor((Date.parse(endsAt) - now) / 60_000));
  return {
    days: Math.floor(minutes / 1_440),
    hours: Math.floor((minutes % 1_440) / 60),
    minutes: minutes % 60,
  };
};
