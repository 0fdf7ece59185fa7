import { describe, expect, test } from 'vitest';
import { addMonths, dayOf, daysFrom, firstOfMonth, type LocalDay } from '#api/shared/time.ts';
import { opensAt } from '#api/slots/rules/window.ts';
import { catalogueFiles } from '#db/seeds/catalogue.ts';
import { organizations } from '#db/seeds/world/people.ts';
import { planWorld, type PlannedBooking, type PlannedUse } from '#db/seeds/world/plan.ts';
import { stepsOf, stepsUntil } from '#db/seeds/world/steps.ts';

const files = new Map(catalogueFiles().map((file) => [file.venue.code, file]));
const partOf = (venue: string, { room, configuration }: PlannedUse) =>
  files.get(venue)!.rooms[room]!.configurations[configuration]!;

const cellsOf = ({ venue, uses }: PlannedBooking) =>
  uses.flatMap((use) =>
    partOf(venue, use).cells.flatMap((cell) =>
      files
        .get(venue)!
        .bands[use.band]!.slots.map((slot) => `${venue} ${use.room} ${cell} ${use.date} ${slot}`),
    ),
  );

/** The first morning of a fiscal year, its last evening, a closed day, and days between. */
const moments = [
  '2026-11-24T01:00:00Z',
  '2026-04-01T00:30:00Z',
  '2027-03-31T11:00:00Z',
  '2026-12-31T03:00:00Z',
  '2028-02-29T03:00:00Z',
].map((text) => ({ text, now: new Date(text), plan: planWorld(new Date(text)) }));

describe.each(moments)('the invented year seen from $text', ({ now, plan }) => {
  test('is large enough to look around in, and small enough to make', () => {
    expect(plan.length).toBeGreaterThan(250);
    expect(plan.length).toBeLessThan(480);
  });

  test('gives no part of a room twice for one slot', () => {
    const cells = plan.flatMap(cellsOf);
    expect(new Set(cells).size).toBe(cells.length);
  });

  test('holds nothing before its booking opens, after its first use, or in the future', () => {
    for (const { venue, uses, heldAt } of plan) {
      expect(heldAt.getTime()).toBeLessThanOrEqual(now.getTime());
      for (const use of uses) {
        const { monthsBefore } = partOf(venue, use).opens;
        expect(opensAt(use.date, monthsBefore, '09:00') <= heldAt, use.date).toBe(true);
        expect(dayOf(heldAt) < use.date).toBe(true);
      }
    }
  });

  test('begins at least half a year ago and looks more than a year ahead', () => {
    const days = plan.flatMap(({ uses }) => uses.map(({ date }) => date)).sort();
    const today = dayOf(now);
    expect(days[0]! < addMonths(today, -5)).toBe(true);
    expect(days.at(-1)! > addMonths(today, 9)).toBe(true);
  });

  test('is the same whenever it is asked for', () => {
    expect(planWorld(now)).toEqual(plan);
  });

  test('has a step only after the one before, and none in the future', () => {
    for (const planned of plan) {
      const times = stepsOf(planned).map(({ at }) => at.getTime());
      expect(times).toEqual([...times].sort((one, other) => one - other));
    }
    expect(stepsUntil(plan, now).every(({ at }) => at <= now)).toBe(true);
  });

  test('asks for use within the fourteen days of the hold', () => {
    const slow = plan.filter((planned) => {
      const request = stepsOf(planned).find(({ deed }) => deed === 'request');
      return request && request.at.getTime() - planned.heldAt.getTime() > 13 * 86_400_000;
    });
    expect(slow).toEqual([]);
  });
});

const ofToday = moments[0]!;

/** Share of the days of last half year on which the room was used. */
const usedShare = (venue: string, room: string) => {
  const today = dayOf(ofToday.now);
  const days = daysFrom(addMonths(firstOfMonth(today), -6), today);
  const used = new Set<LocalDay>();
  for (const one of ofToday.plan) {
    if (one.venue !== venue) continue;
    for (const use of one.uses) if (use.room === room) used.add(use.date);
  }
  return days.filter((day) => used.has(day)).length / days.length;
};

describe('the invented year', () => {
  test.each([
    ['big-palette', 'exhibition-hall', 0.25, 0.5],
    ['big-palette', 'convention-hall', 0.4, 0.65],
    ['corasse', 'room-401', 0.4, 0.7],
    ['corasse', 'city-training', 0.5, 0.75],
    ['hightech-plaza', 'techno-hall', 0.25, 0.6],
  ])('uses %s %s about as much as such a room is used', (venue, room, least, most) => {
    expect(usedShare(venue, room)).toBeGreaterThan(least);
    expect(usedShare(venue, room)).toBeLessThan(most);
  });

  test('shows every state a booking can be in today', () => {
    const lastDeeds = ofToday.plan.map((planned) => stepsUntil([planned], ofToday.now).at(-1)!);
    expect(new Set(lastDeeds.map(({ deed }) => deed))).toEqual(
      new Set(['hold', 'request', 'approve', 'refuse', 'pay', 'cancel', 'withdraw', 'expire']),
    );
  });

  test('has somebody in the house today', () => {
    const today = dayOf(ofToday.now);
    expect(
      ofToday.plan.filter(({ uses }) => uses.some(({ date }) => date === today)).length,
    ).toBeGreaterThan(5);
  });

  test('is played by organizers that everybody sees to be invented', () => {
    const keys = new Set(organizations.map(({ key }) => key));
    expect(ofToday.plan.every(({ organization }) => keys.has(organization))).toBe(true);
    expect(organizations.every(({ phone }) => phone.startsWith('02400000'))).toBe(true);
  });
});
