import type { Page } from 'playwright-core';

interface Availability {
  readonly slots: readonly { code: string }[];
  readonly days: readonly { date: string; isClosed: boolean }[];
  readonly states: readonly {
    configurationId: string;
    date: string;
    slot: string;
    state: string;
  }[];
}

const dayMilliseconds = 86_400_000;

/** A day of the venue, so many days from now. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * dayMilliseconds).toISOString().slice(0, 10);

const given = new Set<string>();

/**
 * A day on which a configuration is free from morning to night, and which no other journey was given:
 * the journeys share one house.
 */
export const freeDay = async (
  page: Page,
  configurationId: string,
  { earliest = 30 }: { readonly earliest?: number } = {},
): Promise<string> => {
  const [venue, room] = configurationId.split('.') as [string, string];
  const query = new URLSearchParams({
    venue,
    room,
    from: dayFromNow(earliest),
    to: dayFromNow(earliest + 60),
  });
  const answer = await page.request.get(`/api/availability?${query.toString()}`);
  const { slots, days, states } = (await answer.json()) as Availability;
  const freeSlots = (date: string) =>
    states.filter(
      (one) => one.configurationId === configurationId && one.date === date && one.state === 'free',
    ).length;
  const found = days.find(
    ({ date }) => !given.has(`${venue}.${room} ${date}`) && freeSlots(date) === slots.length,
  );
  if (!found) throw new Error(`${configurationId} is free on no day`);
  given.add(`${venue}.${room} ${found.date}`);
  return found.date;
};

/** What the public calendar says of a slot, without asking the page. */
export const stateOfSlot = async (
  page: Page,
  configurationId: string,
  { date, slot }: { readonly date: string; readonly slot: string },
): Promise<string> => {
  const [venue, room] = configurationId.split('.') as [string, string];
  const query = new URLSearchParams({ venue, room, from: date, to: date });
  const answer = await page.request.get(`/api/availability?${query.toString()}`);
  const { states } = (await answer.json()) as Availability;
  return states.find((one) => one.configurationId === configurationId && one.slot === slot)!.state;
};
