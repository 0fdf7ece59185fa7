import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedCatalogue } from '#db/seeds/catalogue.ts';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe('the venues', () => {
  test('are open to everybody, with slots, bands and booking rules', async () => {
    const { status, body } = await app.call('/api/venues');
    expect(status).toBe(200);
    expect(body.venues.map((venue: { id: string }) => venue.id)).toEqual([
      'big-palette',
      'corasse',
      'hightech-plaza',
    ]);
    const [bigPalette, corasse] = body.venues;
    expect(bigPalette).toMatchObject({
      nameJa: 'ビッグパレットふくしま',
      officialName: '福島県産業交流館',
      phone: '024-947-8010',
      holdDays: 14,
      publication: 'published',
      roomCount: 12,
    });
    expect(corasse).toMatchObject({ publication: 'provisional', phone: null });
    expect(bigPalette.slots).toEqual([
      {
        code: 'morning',
        nameJa: '午前',
        nameEn: 'Morning',
        startsTime: '09:00',
        endsTime: '13:00',
      },
      {
        code: 'afternoon',
        nameJa: '午後',
        nameEn: 'Afternoon',
        startsTime: '13:00',
        endsTime: '17:00',
      },
      {
        code: 'evening',
        nameJa: '夜間',
        nameEn: 'Evening',
        startsTime: '17:00',
        endsTime: '21:00',
      },
    ]);
    expect(bigPalette.bands.at(-1)).toEqual({
      code: 'all_day',
      nameJa: '全日',
      nameEn: 'All day',
      slotCodes: ['morning', 'afternoon', 'evening'],
      startsTime: '09:00',
      endsTime: '21:00',
    });
  });

  test('keep to themselves how numbers are made', async () => {
    const { body } = await app.call('/api/venues');
    expect(body.venues[0]).not.toHaveProperty('numberPrefix');
    expect(body.venues[0]).not.toHaveProperty('sortOrder');
  });

  test('stay as they are when the catalogue is written again', async () => {
    const before = await app.call('/api/venues/corasse/rooms');
    await seedCatalogue(app.house.database);
    const after = await app.call('/api/venues/corasse/rooms');
    expect(after.body).toEqual(before.body);
  });
});

describe('the rooms of a venue', () => {
  test('come with cells, configurations and capacities, the whole first', async () => {
    const { status, body } = await app.call('/api/venues/big-palette/rooms');
    expect(status).toBe(200);
    expect(body.venue).toEqual({
      id: 'big-palette',
      nameJa: 'ビッグパレットふくしま',
      nameEn: 'Big Palette Fukushima',
    });
    expect(body.rooms.map((room: { code: string }) => room.code)).toEqual([
      'exhibition-hall',
      'convention-hall',
      'outdoor',
      'multipurpose-1',
      'multipurpose-2',
      'mid-meeting',
      'small-meeting-1',
      'small-meeting-2-3',
      'training',
      'presentation',
      'special-meeting',
      'special-room',
    ]);
    const [hall] = body.rooms;
    expect(hall.cells.map((cell: { id: string }) => cell.id)).toEqual([
      'big-palette.exhibition-hall.a',
      'big-palette.exhibition-hall.b',
      'big-palette.exhibition-hall.c',
    ]);
    expect(hall.configurations[0]).toMatchObject({
      id: 'big-palette.exhibition-hall.all',
      isWhole: true,
      areaSqm: 5_495,
      areaPublication: 'published',
      opensMonthsBefore: 24,
      cellIds: [
        'big-palette.exhibition-hall.a',
        'big-palette.exhibition-hall.b',
        'big-palette.exhibition-hall.c',
      ],
    });
    expect(hall.configurations[0].layouts[0]).toMatchObject({
      layout: 'theatre',
      capacity: 5_500,
      publication: 'published',
    });
    expect(hall.configurations[1]).toMatchObject({ code: 'a+b', areaPublication: 'provisional' });
  });

  test('of the city stand beside those of the prefecture', async () => {
    const { body } = await app.call('/api/venues/corasse/rooms');
    const city = body.rooms.filter((room: { ownerBody: string }) => room.ownerBody === 'city');
    expect(city.length).toBeGreaterThan(0);
    for (const room of city) {
      expect(room.publication).toBe('provisional');
      expect(room.nameJa).toContain('仮称');
    }
  });

  test('can be asked for one by one', async () => {
    const { status, body } = await app.call('/api/venues/big-palette/rooms/small-meeting-2-3');
    expect(status).toBe(200);
    expect(body.room.configurations.map((one: { code: string }) => one.code)).toEqual([
      'all',
      '2',
      '3',
    ]);
  });

  test('of a venue nobody knows are not found', async () => {
    const { status, body } = await app.call('/api/venues/tokyo-dome/rooms');
    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      code: 'venues.unknown',
      message: '「tokyo-dome」という施設はありません。施設の一覧からお選びください。',
    });
  });

  test('are not found under another venue', async () => {
    const { status, body } = await app.call('/api/venues/corasse/rooms/convention-hall', {
      headers: { 'accept-language': 'en' },
    });
    expect(status).toBe(404);
    expect(body.error.code).toBe('rooms.unknown');
    expect(body.error.message).toContain('no room “convention-hall”');
  });
});
