import { dayOf, type LocalDay } from '#api/shared/time.ts';

/** Today at the venues, wherever the reader or the server is. */
export const todayAtVenue = (now = new Date()): LocalDay => dayOf(now);
