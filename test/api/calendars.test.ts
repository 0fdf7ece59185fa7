import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarFeeds } from '#db/schema/calendars.ts';
import { closures } from '#db/schema/slots.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;

const venuePath = '/calendars/venues/big-palette.ics';
const busyPath = '/calendars/venues/big-palette/freebusy.ics';

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  stranger = await house.organizer('会津写真愛好会');
  manager = await house.staff('manager');
});

afterAll(() => house.close());

const useOn = (date: string, band: string, more: Record<string, unknown> = {}) => ({
  room: 'exhibition-hall',
  configuration: 'a',
  date,
  band,
  ...more,
});

const heldOn = async (
  uses: readonly Record<string, unknown>[],
  more: Record<string, unknown> = {},
) => {
  const json = askHold(organizer.organizationId, { uses, ...more });
  const { status, body } = await house.call('/api/bookings', { as: organizer, json });
  expect(status).toBe(201);
  return body.booking;
};

const step = async (
  booking: { id: string; version: number },
  name: string,
  as: Person,
  more = {},
) => {
  const json = { version: booking.version, ...more };
  const { status, body } = await house.call(`/api/bookings/${booking.id}/${name}`, { as, json });
  expect(status).toBe(200);
  return body.booking;
};

const requested = async (...asked: Parameters<typeof heldOn>) =>
  step(await heldOn(...asked), 'request', organizer);

const approved = async (...asked: Parameters<typeof heldOn>) =>
  step(await requested(...asked), 'approve', manager);

interface SeenEvent {
  readonly uid: string;
  readonly summary: string;
  readonly status: string;
  readonly sequence: number;
  readonly start: string;
  readonly end: string;
  readonly location: string;
}

const iso = (date: Date) => date.toISOString();

const seenByNodeIcal = (text: string): SeenEvent[] =>
  Object.values(ical.sync.parseICS(text))
    .filter((part): part is VEvent => part?.type === 'VEVENT')
    .map((event) => ({
      uid: event.uid,
      summary: String(event.summary),
      status: String(event.status),
      sequence: Number(event.sequence),
      start: iso(event.start),
      end: iso(event.end!),
      location: String(event.location ?? ''),
    }));

const seenByIcalJs = (text: string): SeenEvent[] => {
  const root = new ICAL.Component(ICAL.parse(text));
  const zone = new ICAL.Timezone(root.getFirstSubcomponent('vtimezone')!);
  return root.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const instant = (time: ICAL.Time) =>
      iso(time.isDate ? new Date(`${time.toString()}T00:00:00+09:00`) : time.toJSDate());
    for (const time of [event.startDate, event.endDate]) if (!time.isDate) time.zone = zone;
    return {
      uid: event.uid,
      summary: event.summary,
      status: String(component.getFirstPropertyValue('status')),
      sequence: event.sequence,
      start: instant(event.startDate),
      end: instant(event.endDate),
      location: event.location ?? '',
    };
  });
};

const byUid = (one: SeenEvent, other: SeenEvent) => (one.uid < other.uid ? -1 : 1);
const isTimed = ({ uid }: SeenEvent) => uid.startsWith('use_');

const textAt = async (path: string) => {
  const { status, body } = await house.call<string>(path);
  expect(status).toBe(200);
  return body;
};

const eventsAt = async (path: string) => seenByNodeIcal(await textAt(path));

const eventOf = async (path: string, booking: { uses: { id: string }[] }) =>
  (await eventsAt(path)).find(({ uid }) => booking.uses.some(({ id }) => uid.startsWith(id)));

const makeFeed = async (as: Organizer = organizer) => {
  const json = { organizationId: as.organizationId, name: '事務局の予定表' };
  const { status, body } = await house.call('/api/calendars/feeds', { as, json });
  expect(status).toBe(201);
  return { ...body.feed, path: new URL(body.feed.url).pathname };
};

describe('the calendar of a venue', () => {
  it('is read alike by two programs, in lines of at most 75 octets', async () => {
    await approved(
      [
        useOn('2027-02-14', 'morning'),
        useOn('2027-02-14', 'afternoon'),
        useOn('2027-02-15', 'daytime'),
      ],
      {
        isPublic: true,
        title: '第12回ふくしま、ものづくり; 見本市 ―県内企業の製品と技術の展示と商談会―',
      },
    );
    await house.house.database.db.insert(closures).values({
      id: house.house.newId('closure'),
      venueId: 'big-palette',
      roomId: null,
      startsOn: '2027-03-01',
      endsOn: '2027-03-02',
      kind: 'maintenance',
      reasonJa: '設備点検',
      reasonEn: 'Maintenance',
      createdAt: house.clock.now(),
    });
    const text = await textAt(venuePath);
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const [one, other] = [seenByNodeIcal(text), seenByIcalJs(text)];
    expect(one.filter(isTimed).sort(byUid)).toEqual(other.filter(isTimed).sort(byUid));
    expect(one.map(({ uid }) => uid).sort()).toEqual(other.map(({ uid }) => uid).sort());
    expect(one.filter(isTimed)).toHaveLength(3);
    expect(one).toContainEqual(
      expect.objectContaining({
        summary: '第12回ふくしま、ものづくり; 見本市 ―県内企業の製品と技術の展示と商談会―',
        start: '2027-02-14T00:00:00.000Z',
        end: '2027-02-14T04:00:00.000Z',
        status: 'CONFIRMED',
      }),
    );
  });

  it('names itself, its zone and how often to look again, with stamps in UTC', async () => {
    const text = await textAt(venuePath);
    expect(text).toContain('X-WR-CALNAME:ビッグパレットふくしま 使用予定');
    expect(text.match(/BEGIN:VTIMEZONE\r\nTZID:Asia\/Tokyo/g)).toHaveLength(1);
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
    expect(text).toMatch(/DTSTAMP:\d{8}T\d{6}Z/);
    expect(text).toMatch(/LAST-MODIFIED:\d{8}T\d{6}Z/);
    expect(text).not.toMatch(/DTSTAMP:\d{8}T\d{6}\r/);
    expect(text).not.toContain('METHOD:');
  });

  it('says what it is before what it holds, and when it changed and was made', async () => {
    for (const path of [venuePath, busyPath, `${busyPath}?room=exhibition-hall`]) {
      const lines = (await textAt(path)).split('\r\n');
      const parts = lines.findIndex((line, at) => at > 0 && line.startsWith('BEGIN:'));
      const rest = lines.slice(parts);
      let depth = 0;
      const late = rest.filter((line) => {
        depth += Number(line.startsWith('BEGIN:')) - Number(line.startsWith('END:'));
        return depth === 0 && !/^(END:|$)/.test(line);
      });
      expect(late, path).toEqual([]);
    }
    expect(await textAt(busyPath)).toContain('DTSTAMP:20261124T010000Z');
    const { headers } = await house.call(venuePath);
    expect(headers.get('last-modified')).toBe('Tue, 24 Nov 2026 01:00:00 GMT');
    expect(headers.get('content-disposition')).toBe('inline; filename="big-palette.ics"');
  });

  it('shows closures as whole days that take no time of their own', async () => {
    const text = await textAt(venuePath);
    const closure = text.split('BEGIN:VEVENT').find((part) => part.includes('設備点検'));
    expect(closure).toContain('DTSTART;VALUE=DATE:20270301');
    expect(closure).toContain('DTEND;VALUE=DATE:20270303');
    expect(closure).toContain('TRANSP:TRANSPARENT');
  });

  it('hides the title of an event whose organizer did not agree to show it', async () => {
    const booking = await approved([useOn('2027-02-16', 'daytime')], { title: '秘密の内覧会' });
    expect((await eventOf(venuePath, booking))!.summary).toBe('使用あり');
    expect(await textAt(venuePath)).not.toContain('秘密');
  });

  it('does not show what is only held or requested', async () => {
    const held = await heldOn([useOn('2027-02-17', 'daytime')]);
    const asked = await requested([useOn('2027-02-18', 'daytime')]);
    expect(await eventOf(venuePath, held)).toBeUndefined();
    expect(await eventOf(venuePath, asked)).toBeUndefined();
  });

  it('keeps a cancelled event as cancelled, with a higher sequence, for 90 days', async () => {
    const booking = await approved([useOn('2027-05-20', 'daytime')]);
    const before = (await eventOf(venuePath, booking))!;
    const cancelled = await step(booking, 'cancel', manager, { reason: '主催者の都合' });
    const after = (await eventOf(venuePath, booking))!;
    expect(after).toMatchObject({ uid: before.uid, status: 'CANCELLED' });
    expect(after.sequence).toBe(cancelled.version);
    expect(after.sequence).toBeGreaterThan(before.sequence);
    const start = house.clock.now().toISOString();
    house.clock.set('2027-03-01T01:00:00Z');
    expect(await eventOf(venuePath, booking)).toBeUndefined();
    house.clock.set(start);
  });

  it('is not sent again while nothing has changed', async () => {
    const first = await house.call(venuePath);
    const tag = first.headers.get('etag')!;
    const again = await house.call(venuePath, { headers: { 'if-none-match': tag } });
    expect([again.status, again.body]).toEqual([304, '']);
    await approved([useOn('2027-02-20', 'daytime')]);
    const changed = await house.call(venuePath, { headers: { 'if-none-match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
    expect(changed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  });

  it.each([
    ['/calendars/venues/nowhere.ics', 'venues.unknown'],
    ['/calendars/venues/big-palette.txt', 'calendars.unknown'],
    ['/calendars/venues/nowhere/freebusy.ics', 'venues.unknown'],
    ['/calendars/venues/big-palette/freebusy.ics?room=nowhere', 'rooms.unknown'],
  ])('%s names nothing', async (path, code) => {
    const { status, body } = await house.call(path);
    expect([status, body.error.code]).toEqual([404, code]);
  });
});

describe('free and busy times', () => {
  const busyAt = async (path: string) => {
    const text = await textAt(path);
    const root = new ICAL.Component(ICAL.parse(text));
    const part = root.getFirstSubcomponent('vfreebusy')!;
    return part.getAllProperties('freebusy').map((property) => {
      const period = property.getFirstValue() as ICAL.Period;
      return `${property.getFirstParameter('fbtype')} ${period.start.toICALString()}/${period.end.toICALString()}`;
    });
  };

  it('tell certain, tentative and closed times of the venue and of one room', async () => {
    await approved([useOn('2027-04-05', 'morning'), useOn('2027-04-05', 'afternoon')]);
    await heldOn([
      { room: 'exhibition-hall', configuration: 'b', date: '2027-04-06', band: 'evening' },
    ]);
    const house_ = await busyAt(busyPath);
    expect(house_).toContain('BUSY 20270405T000000Z/20270405T080000Z');
    expect(house_).toContain('BUSY-TENTATIVE 20270406T080000Z/20270406T120000Z');
    const room = await busyAt(`${busyPath}?room=exhibition-hall`);
    expect(room).toContain('BUSY 20270405T000000Z/20270405T080000Z');
    const { body } = await house.call('/api/venues/big-palette/rooms');
    const elsewhere = body.rooms.find(({ code }: { code: string }) => code !== 'exhibition-hall');
    expect(await busyAt(`${busyPath}?room=${elsewhere.code}`)).not.toContain(
      'BUSY 20270405T000000Z/20270405T080000Z',
    );
  });

  it('have no line over 75 octets and nobody’s title', async () => {
    const text = await textAt(busyPath);
    const longest = Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)));
    expect(longest).toBeLessThanOrEqual(75);
    expect(text).not.toContain('SUMMARY');
  });
});

describe('the feed of an organizer', () => {
  it('shows holds and requests as tentative with their deadline, approvals as certain', async () => {
    const held = await heldOn([useOn('2027-03-10', 'daytime')]);
    const asked = await requested([useOn('2027-03-11', 'daytime')]);
    const sure = await approved([useOn('2027-03-12', 'daytime')]);
    const { path } = await makeFeed();
    expect(await eventOf(path, held)).toMatchObject({
      status: 'TENTATIVE',
      summary: '【仮予約】秋の住宅フェア',
    });
    expect(await eventOf(path, asked)).toMatchObject({ status: 'TENTATIVE' });
    expect(await eventOf(path, sure)).toMatchObject({
      status: 'CONFIRMED',
      summary: '秋の住宅フェア',
    });
    const text = (await textAt(path)).replaceAll('\r\n ', '');
    expect(text).toContain('仮予約の期限は令和8年12月8日(火)です');
    expect(seenByIcalJs(await textAt(path)).sort(byUid)).toEqual(
      seenByNodeIcal(await textAt(path)).sort(byUid),
    );
  });

  it('shows nothing of others', async () => {
    const { path } = await makeFeed(stranger);
    expect(await eventsAt(path)).toEqual([]);
    expect((await house.call(path)).headers.get('cache-control')).toBe('no-store');
  });

  it('stops for good when it is revoked', async () => {
    const feed = await makeFeed();
    const revoked = await house.call(`/api/calendars/feeds/${feed.id}/revoke`, {
      as: organizer,
      json: {},
    });
    expect(revoked.status).toBe(200);
    expect(revoked.body.feed.revokedAt).toBe(house.clock.now().toISOString());
    const again = await house.call(`/api/calendars/feeds/${feed.id}/revoke`, {
      as: organizer,
      json: {},
    });
    expect(again.body.feed).toEqual(revoked.body.feed);
    const { status, body } = await house.call(feed.path);
    expect([status, body.error.code]).toEqual([410, 'calendars.feed_revoked']);
  });

  it('opens only by its token, of which only a hash is kept', async () => {
    const feed = await makeFeed();
    const token = feed.path.slice('/calendars/feeds/'.length, -'.ics'.length);
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = await house.house.database.db.select().from(calendarFeeds);
    expect(JSON.stringify(rows)).not.toContain(token);
    const other = `/calendars/feeds/${'x'.repeat(43)}.ics`;
    const { status, body } = await house.call(other);
    expect([status, body.error.code]).toEqual([404, 'calendars.unknown']);
  });

  it('tells its address once', async () => {
    const feed = await makeFeed();
    const { body } = await house.call('/api/calendars/feeds', { as: organizer });
    const listed = body.feeds.find(({ id }: { id: string }) => id === feed.id);
    expect(listed).toEqual({
      id: feed.id,
      name: '事務局の予定表',
      organizationId: organizer.organizationId,
      createdAt: house.clock.now().toISOString(),
      revokedAt: null,
    });
  });

  it('is made and revoked by members only', async () => {
    const json = { organizationId: organizer.organizationId, name: '盗み見' };
    const made = await house.call('/api/calendars/feeds', { as: stranger, json });
    expect([made.status, made.body.error.code]).toEqual([404, 'organizations.unknown']);
    const feed = await makeFeed();
    for (const id of [feed.id, 'fed_1']) {
      const path = `/api/calendars/feeds/${id}/revoke`;
      const revoked = await house.call(path, { as: stranger, json: {} });
      expect([revoked.status, revoked.body.error.code]).toEqual([404, 'calendars.unknown']);
    }
    expect((await house.call('/api/calendars/feeds')).status).toBe(401);
    expect((await house.call(feed.path)).status).toBe(200);
  });
});

describe('what is on', () => {
  const eventsFrom = async (from: string, days = 2) =>
    (await house.call(`/api/calendars/events?from=${from}&days=${days}`)).body;

  it('names each public event once a day with all its rooms, and not its set-up', async () => {
    await approved(
      [
        useOn('2027-05-25', 'daytime', { phase: 'setup' }),
        useOn('2027-05-26', 'morning'),
        useOn('2027-05-26', 'afternoon'),
        { room: 'convention-hall', configuration: 'a', date: '2027-05-26', band: 'afternoon' },
      ],
      { isPublic: true, title: '花と緑の見本市' },
    );
    expect(await eventsFrom('2027-05-25')).toEqual({
      from: '2027-05-25',
      to: '2027-05-26',
      events: [
        {
          venueId: 'big-palette',
          venueNameJa: 'ビッグパレットふくしま',
          venueNameEn: 'Big Palette Fukushima',
          title: '花と緑の見本市',
          usedOn: '2027-05-26',
          startsAt: '2027-05-26T00:00:00.000Z',
          endsAt: '2027-05-26T08:00:00.000Z',
          roomNamesJa: ['多目的展示ホール', 'コンベンションホール'],
          roomNamesEn: ['Exhibition Hall', 'Convention Hall'],
        },
      ],
    });
  });

  it('tells nothing of what is not public or not approved', async () => {
    await approved([useOn('2027-05-27', 'daytime')], { title: '社内の式典' });
    await heldOn([useOn('2027-05-28', 'daytime')], { isPublic: true });
    expect((await eventsFrom('2027-05-27')).events).toEqual([]);
  });

  it('is a week from today unless asked otherwise, and at most a month', async () => {
    const { body } = await house.call('/api/calendars/events');
    const today = body.from as string;
    expect(Date.parse(body.to) - Date.parse(today)).toBe(6 * 86_400_000);
    const { status } = await house.call('/api/calendars/events?days=32');
    expect(status).toBe(400);
  });
});
