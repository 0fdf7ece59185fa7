import { describe, expect, test } from 'vitest';
import { catalogueFiles } from '#db/seeds/catalogue.ts';
import { readCatalogueFile } from '#db/seeds/catalogue/read.ts';
import { catalogueRows, type CatalogueRows } from '#db/seeds/catalogue/rows.ts';

const files = catalogueFiles();
const venues = files.map((file) => [file.venue.code, catalogueRows(file)] as const);
const rowsOf = (venueId: string) => venues.find(([id]) => id === venueId)![1];
const bigPalette = rowsOf('big-palette');

const downTo = (amount: number, unit: number) => Math.floor(amount / unit) * unit;

const priceOf = (
  rows: CatalogueRows,
  configurationId: string,
  bandCode: string,
  customerClass = 'standard',
) =>
  rows.tariffPrices.find(
    (price) =>
      price.configurationId === configurationId &&
      price.bandCode === bandCode &&
      price.customerClass === customerClass,
  )!;

const areaOf = (rows: CatalogueRows, configurationId: string) =>
  rows.configurations.find(({ id }) => id === configurationId)!.areaSqm!;

describe('published figures', () => {
  test.each([
    ['exhibition-hall.all', 721_600],
    ['exhibition-hall.a', 217_800],
    ['exhibition-hall.b', 189_200],
    ['exhibition-hall.c', 314_600],
    ['convention-hall.all', 220_000],
  ])('%s costs %i yen for two slots', (name, feeYen) => {
    for (const band of ['daytime', 'afternoon_evening']) {
      expect(priceOf(bigPalette, `big-palette.${name}`, band)).toMatchObject({
        feeYen,
        publication: 'published',
        source: expect.stringContaining('price.html'),
      });
    }
  });

  test('no other price is published', () => {
    const published = venues.flatMap(([, rows]) =>
      rows.tariffPrices.filter((price) => price.publication === 'published'),
    );
    expect(published).toHaveLength(10);
  });

  test('cooling, heating and wired LAN of the whole exhibition hall', () => {
    const hall = bigPalette.tariffExtras.filter(
      ({ configurationId }) => configurationId === 'big-palette.exhibition-hall.all',
    );
    expect(hall).toMatchObject([
      { code: 'cooling', unit: 'hour', unitFeeYen: 30_030, publication: 'published' },
      { code: 'heating', unit: 'hour', unitFeeYen: 15_191, publication: 'published' },
      { code: 'wired_lan', unit: 'room_day', unitFeeYen: 9_000, publication: 'published' },
    ]);
  });

  test('wired LAN is to be had in every indoor room', () => {
    const outdoors = bigPalette.rooms.filter((room) => room.roomClass === 'outdoor');
    const indoors = bigPalette.configurations.filter(
      ({ roomId }) => !outdoors.some(({ id }) => id === roomId),
    );
    const lan = bigPalette.tariffExtras.filter(({ code }) => code === 'wired_lan');
    expect(lan.map(({ configurationId }) => configurationId).toSorted()).toEqual(
      indoors.map(({ id }) => id).toSorted(),
    );
    expect(new Set(lan.map(({ unitFeeYen }) => unitFeeYen))).toEqual(new Set([9_000]));
  });

  test('the exhibition hall opens 24 months before from two parts on, 12 months for one', () => {
    const months = bigPalette.configurations
      .filter(({ roomId }) => roomId === 'big-palette.exhibition-hall')
      .map(({ code, opensMonthsBefore }) => [code, opensMonthsBefore]);
    expect(months).toEqual([
      ['all', 24],
      ['a+b', 24],
      ['b+c', 24],
      ['a', 12],
      ['b', 12],
      ['c', 12],
    ]);
  });

  test('areas and capacities stand as published and do not add up', () => {
    expect(areaOf(bigPalette, 'big-palette.exhibition-hall.all')).toBe(5_495);
    expect(areaOf(bigPalette, 'big-palette.exhibition-hall.a')).toBe(1_670);
    expect(areaOf(bigPalette, 'big-palette.exhibition-hall.b')).toBe(1_444);
    expect(areaOf(bigPalette, 'big-palette.exhibition-hall.c')).toBe(2_375);
    const seats = bigPalette.configurationLayouts.find(
      ({ configurationId, layout }) =>
        configurationId === 'big-palette.exhibition-hall.all' && layout === 'theatre',
    );
    expect(seats).toMatchObject({ capacity: 5_500, publication: 'published' });
  });

  test('the plan of fiscal year 2024', () => {
    const plan = venues.flatMap(([, rows]) =>
      rows.occupancyPlans
        .filter(({ fiscalYear }) => fiscalYear === 2024)
        .map(({ figureId, plannedRateBp }) => [figureId, plannedRateBp]),
    );
    expect(plan).toEqual([
      ['big-palette.exhibition-hall', 4_000],
      ['big-palette.convention-hall', 5_500],
      ['corasse.sme-hall', 6_000],
      ['corasse.city-plaza', 6_500],
    ]);
  });

  test('later years say that they are carried over', () => {
    for (const [, rows] of venues) {
      for (const plan of rows.occupancyPlans.filter(({ fiscalYear }) => fiscalYear > 2024)) {
        expect(plan.source).toContain('暫定');
      }
    }
  });
});

describe('the one provisional rule', () => {
  test('is written alike in every tariff', () => {
    const tariffs = venues.flatMap(([, rows]) => rows.tariffs);
    expect(new Set(tariffs.map((tariff) => tariff.provisionalRuleJa)).size).toBe(1);
    expect(new Set(tariffs.map((tariff) => tariff.provisionalRuleEn)).size).toBe(1);
  });

  const twoSlotsProvisional = (rows: CatalogueRows, configurationId: string) => {
    const parts: Record<string, string[]> = {
      'big-palette.exhibition-hall.a+b': ['a', 'b'],
      'big-palette.exhibition-hall.b+c': ['b', 'c'],
    };
    const joined = parts[configurationId];
    if (!joined) return downTo(areaOf(rows, configurationId) * Math.ceil(220_000 / 953), 100);
    return joined
      .map((part) => priceOf(rows, `big-palette.exhibition-hall.${part}`, 'daytime').feeYen)
      .reduce((sum, feeYen) => sum + feeYen, 0);
  };

  const standardFee = (rows: CatalogueRows, id: string, band: string): number => {
    if (band === 'all_day')
      return standardFee(rows, id, 'daytime') + standardFee(rows, id, 'evening');
    if (band === 'evening') return downTo(standardFee(rows, id, 'afternoon_evening') / 2, 10);
    if (band === 'morning' || band === 'afternoon') {
      return downTo(standardFee(rows, id, 'daytime') / 2, 10);
    }
    const stored = priceOf(rows, id, band);
    return stored.publication === 'published' ? stored.feeYen : twoSlotsProvisional(rows, id);
  };

  test.each(venues)('gives every unpublished price of %s', (_, rows) => {
    const provisional = rows.tariffPrices.filter((price) => price.publication === 'provisional');
    expect(provisional.length).toBeGreaterThan(0);
    const wrong = provisional.filter((price) => {
      const standard = standardFee(rows, price.configurationId, price.bandCode);
      const due = price.customerClass === 'sme' ? downTo((standard * 8) / 10, 10) : standard;
      return price.feeYen !== due;
    });
    expect(wrong).toEqual([]);
  });

  test.each(venues)('gives every unpublished hour of cooling and heating of %s', (_, rows) => {
    const hourYen = { cooling: 30_030, heating: 15_191 };
    const hourly = rows.tariffExtras.filter(
      (extra) => extra.unit === 'hour' && extra.publication === 'provisional',
    );
    expect(hourly.length).toBeGreaterThan(0);
    const wrong = hourly.filter(({ code, configurationId, unitFeeYen }) => {
      const whole = hourYen[code as 'cooling' | 'heating'];
      return unitFeeYen !== downTo((whole * areaOf(rows, configurationId)) / 5_495, 10);
    });
    expect(wrong).toEqual([]);
  });

  test('small and medium enterprises have a price of their own at Corasse only', () => {
    const classes = venues.map(([id, rows]) => [
      id,
      rows.tariffPrices.some(({ customerClass }) => customerClass === 'sme'),
    ]);
    expect(classes).toEqual([
      ['big-palette', false],
      ['corasse', true],
      ['hightech-plaza', false],
    ]);
  });

  test.each(venues)('prices every configuration of %s in every band', (_, rows) => {
    for (const { id } of rows.configurations) {
      const own = rows.tariffPrices.filter(
        (price) => price.configurationId === id && price.customerClass === 'standard',
      );
      expect(own.map(({ bandCode }) => bandCode).toSorted()).toEqual(
        rows.bands.map(({ code }) => code).toSorted(),
      );
    }
  });
});

describe('every figure', () => {
  test.each(venues)('of %s names its source, and a derived one says so', (_, rows) => {
    const figures = Object.values(rows)
      .flat()
      .filter((row): row is { publication: string; source: string } => 'publication' in row);
    expect(figures.length).toBeGreaterThan(0);
    for (const { publication, source } of figures) {
      expect(source).not.toBe('');
      if (publication === 'published') expect(source).not.toMatch(/^暫定/);
    }
  });
});

describe('the plan of a room', () => {
  test.each(venues)(
    'of %s draws its cells in real proportion, apart from each other',
    (_, rows) => {
      for (const cell of rows.cells) {
        const part = rows.configurations.find(({ id, roomId }) => {
          const own = rows.configurationCells.filter(
            ({ configurationId }) => configurationId === id,
          );
          return roomId === cell.roomId && own.length === 1 && own[0]!.cellId === cell.id;
        })!;
        const drawn = cell.planWidth * cell.planHeight;
        expect(Math.abs(drawn / part.areaSqm! - 1), cell.id).toBeLessThan(0.02);
        const others = rows.cells.filter(
          ({ id, roomId }) => roomId === cell.roomId && id !== cell.id,
        );
        for (const other of others) {
          const isApart =
            cell.planX + cell.planWidth <= other.planX + 0.001 ||
            other.planX + other.planWidth <= cell.planX + 0.001 ||
            cell.planY + cell.planHeight <= other.planY + 0.001 ||
            other.planY + other.planHeight <= cell.planY + 0.001;
          expect(isApart, `${cell.id} and ${other.id}`).toBe(true);
        }
      }
    },
  );
});

describe('a wrong file', () => {
  const text = `
sources: { page: { publication: published, text: https://example.jp } }
venue: {}
`;
  test('is refused with its name and the place in it', () => {
    expect(() => readCatalogueFile('hall.yaml', text)).toThrow(
      /catalogue file hall\.yaml is wrong:[\s\S]*venue\.code: /,
    );
  });

  test('that is not YAML is refused with the line', () => {
    expect(() => readCatalogueFile('hall.yaml', 'a: 1\nb: [1')).toThrow(/hall\.yaml[\s\S]*line \d/);
  });

  test('cannot name a source or a cell that is not there, or leave a band without a price', () => {
    const copy = structuredClone(files[2]!);
    copy.rooms['techno-hall']!.source = 'hearsay';
    copy.rooms['techno-hall']!.configurations['all']!.cells = ['z'];
    const prices = copy.tariffs['2024-04']!.prices['techno-hall']!['all']!.standard!;
    delete prices['half-band']!.morning;
    const wrong = () => readCatalogueFile('hall.yaml', JSON.stringify(copy));
    expect(wrong).toThrow(/rooms\.techno-hall\.source: .*unknown source "hearsay"/);
    expect(wrong).toThrow(/rooms\.techno-hall\.configurations\.all\.cells\.0: .*unknown cell "z"/);
    expect(wrong).toThrow(
      /tariffs\.2024-04\.prices\.techno-hall\.all\.standard: .*band "morning" is priced 0 times/,
    );
  });
});
