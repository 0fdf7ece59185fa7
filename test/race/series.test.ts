import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { restoreCellGuards, takeCellGuardsAway } from '#test/fixtures/cell_guards.ts';
import { meetBefore } from '#test/fixtures/meeting.ts';

let house: TestApp;
let organizers: Organizer[];

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizers = await Promise.all([house.organizer('甲'), house.organizer('乙')]);
});

afterEach(async () => {
  await restoreCellGuards(house);
  await house.close();
});

const countOn = async (dates: readonly string[]) => {
  const [row] = await house.sql`
    select count(distinct booking_id)::int as rows from booking_uses where used_on in ${house.sql([...dates])}`;
  return row!['rows'] as number;
};

/** Two rooms on every date, named in either order: who crosses must wait, not tangle. */
const rooms = ['multipurpose-1', 'multipurpose-2'];

const bookSeries = (index: number, dates: readonly string[]) => {
  const organizer = organizers[index % organizers.length]!;
  const ordered = index % 2 === 0 ? rooms : rooms.toReversed();
  return house.call('/api/series', {
    as: organizer,
    json: {
      venue: 'big-palette',
      organizationId: organizer.organizationId,
      title: `教室${index}`,
      purpose: '講座',
      uses: ordered.map((room) => ({ room, configuration: 'all', band: 'morning' })),
      rule: { kind: 'dates', dates },
    },
  });
};

const weeksOf = (month: string) =>
  ['02', '09', '16', '23', '26'].map((day) => `2027-${month}-${day}`);

describe('series over the same dates, booked at once', () => {
  it('have one whole winner; the others have nothing, and are told which dates', async () => {
    const weeks = weeksOf('02');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => bookSeries(index, weeks)),
    );
    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status !== 201);
    expect(won).toHaveLength(1);
    expect(lost.map(({ body }) => body.error.code)).toEqual(Array(7).fill('series.dates_clash'));
    expect(lost.every(({ body }) => body.error.detail.dates.length === weeks.length)).toBe(true);
    expect(await countOn(weeks)).toBe(weeks.length);
    const [stat] =
      await house.sql`select deadlocks::int from pg_stat_database where datname = current_database()`;
    expect(stat!['deadlocks']).toBe(0);
  });

  it('that share a single date are still whole or nothing', async () => {
    const weeks = weeksOf('03');
    const chains = [weeks.slice(0, 3), weeks.slice(2), weeks.slice(0, 3), weeks.slice(2)];
    const answers = await Promise.all(chains.map((dates, index) => bookSeries(index, dates)));
    const won = answers.flatMap(({ status }, index) => (status === 201 ? [index] : []));
    expect(won).toHaveLength(1);
    expect(await countOn(weeks)).toBe(3);
    const [torn] = await house.sql`
      select count(*)::int as rows from series_dates where booking_id is null`;
    expect(torn!['rows']).toBe(0);
  });
});

describe('without the queue and the constraint', () => {
  it('two series win the same date: the two are what holds', async () => {
    await takeCellGuardsAway(house);
    const weeks = weeksOf('05').slice(0, 1);
    const answers = await meetBefore(house, 'number_sequences', () =>
      Promise.all(Array.from({ length: 8 }, (_, index) => bookSeries(index, weeks))),
    );
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(1);
    expect(await countOn(weeks)).toBeGreaterThan(weeks.length);
  });
});

describe('one skipped date, added twice at once', () => {
  it('is booked once', async () => {
    const [organizer] = organizers as [Organizer];
    const weeks = weeksOf('04');
    const made = await house.call('/api/series', {
      as: organizer,
      json: {
        venue: 'big-palette',
        organizationId: organizer.organizationId,
        title: '教室',
        purpose: '講座',
        uses: [{ room: rooms[0], configuration: 'all', band: 'morning' }],
        rule: { kind: 'dates', dates: weeks },
        choices: { [weeks[1]!]: { kind: 'skip' } },
      },
    });
    const add = () =>
      house.call(`/api/series/${made.body.series.id}/dates/${weeks[1]!}`, {
        as: organizer,
        json: { version: 1, choice: { kind: 'as_planned' } },
      });
    const answers = await Promise.all([add(), add(), add()]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await countOn(weeks)).toBe(weeks.length);
  });
});
