import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
const lines: string[] = [];

beforeAll(async () => {
  house = await openTestApp({
    settings: { logLevel: 'error' },
    logTo: { write: (line) => void lines.push(line) },
  });
  organizer = await house.organizer();
});

afterAll(() => house.close());

describe('a statement that fails', () => {
  const typed = '誰にも見せない催事の名';

  const failing = async (work: () => Promise<unknown>) => {
    await house.sql`alter table bookings add constraint no_more check (false) not valid`;
    try {
      return await work();
    } finally {
      await house.sql`alter table bookings drop constraint no_more`;
    }
  };

  it('is logged with its cause, and without what people typed', async () => {
    const { status } = (await failing(() =>
      house.call('/api/bookings', {
        as: organizer,
        json: askHold(organizer.organizationId, { title: typed }),
      }),
    )) as { status: number };
    expect(status).toBe(500);
    const logged = lines.join('');
    expect(logged).toContain('Failed query: insert into');
    expect(logged).toContain('no_more');
    expect(logged).not.toContain(typed);
    expect(logged).not.toContain(organizer.organizationId);
  });
});
