import { localDaySchema } from '#api/shared/time.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { BookingSummary } from '#web/bookings/views.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

const soonDays = 3;
const millisecondsADay = 86_400_000;
const pagesAtMost = 10;

type Visit = Parameters<PageServerLoad>[0];

/** The list comes newest first; the oldest holds are those that end. */
const listHolds = async (event: Visit): Promise<BookingSummary[]> => {
  const held: BookingSummary[] = [];
  for (let page = 1, pageCount = 1; page <= Math.min(pageCount, pagesAtMost); page += 1) {
    const query = { state: 'held' as const, page: String(page) };
    const listed = await readOrFail(event, api(event).api.bookings.$get({ query }));
    held.push(...listed.bookings);
    pageCount = listed.pageCount;
  }
  return held;
};

const endingSoon = (holds: readonly BookingSummary[], now: number) =>
  holds
    .filter(({ holdExpiresAt }) => {
      const left = new Date(holdExpiresAt).getTime() - now;
      return left > 0 && left <= soonDays * millisecondsADay;
    })
    .sort((one, other) => (one.holdExpiresAt < other.holdExpiresAt ? -1 : 1));

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const house = api(event).api;
  const now = new Date();
  const today = todayAtVenue(now);
  const asked = localDaySchema.safeParse(event.url.searchParams.get('date') ?? '');
  const date = asked.success ? asked.data : today;
  const venue = event.url.searchParams.get('venue') ?? '';
  const query = { date: date as string, ...(venue ? { venue } : {}) };
  const [day, requests, holds] = await Promise.all([
    readOrFail(event, house.reports.today.$get({ query })),
    readOrFail(event, house.bookings.$get({ query: { state: 'requested' } })),
    listHolds(event),
  ]);
  return {
    today: today as string,
    date: date as string,
    venue,
    uses: day.uses,
    requests: requests.bookings.slice(0, 8),
    requestCount: requests.total,
    holds: endingSoon(holds, now.getTime()),
  };
};
