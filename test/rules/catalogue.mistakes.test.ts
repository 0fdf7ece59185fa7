import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCatalogueFile } from '#db/seeds/catalogue/read.ts';

const text = fs.readFileSync('test/fixtures/apio-iwate.yaml', 'utf8');

const closed = (from: string, to: string, more = '') =>
  `closedDays:\n  spring: { from: ${from}, to: ${to}, reasonJa: 点検, reasonEn: Works, source: not-read }\n${more}`;
const replaced = (old: string, fresh: string) => {
  expect(text).toContain(old);
  return text.replace(old, fresh);
};
const lineOf = (content: string, part: string) => {
  const at = content.split('\n').findIndex((line) => line.includes(part)) + 1;
  expect(at, part).toBeGreaterThan(0);
  return at;
};

const refusal = (content: string) => {
  try {
    readCatalogueFile('hall.yaml', content);
  } catch (error) {
    expect((error as Error).name).toBe('CatalogueError');
    return (error as Error).message;
  }
  return 'accepted';
};

/** What stands in the file, what it is changed to, and where and as what it is refused. */
const mistakes: [string, string, string, string][] = [
  ['closedDays: {}', closed('02-31', '03-02'), 'closedDays.spring.from', 'not a day of every year'],
  ['closedDays: {}', closed('02-27', '02-29'), 'closedDays.spring.to', 'not a day of every year'],
  ['closedDays: {}', closed('04-31', '05-02'), 'closedDays.spring.from', 'not a day of every year'],
  [
    'closedDays: {}',
    closed(
      '03-01',
      '03-05',
      '  again: { from: 03-05, to: 03-06, reasonJa: 点検, reasonEn: Works, source: not-read }\n',
    ),
    'closedDays.again',
    'overlaps closedDays.spring',
  ],
  [
    'closedDays: {}',
    closed(
      '12-29',
      '01-03',
      '  again: { from: 01-03, to: 01-06, reasonJa: 点検, reasonEn: Works, source: not-read }\n',
    ),
    'closedDays.again',
    'overlaps closedDays.spring',
  ],
  [
    'monthDays: [{ from: 12-29, to: 01-03 }]',
    'monthDays: [{ from: 02-30, to: 03-01 }]',
    'tariffs.2024-04.holidayRule.monthDays.0.from',
    'not a month and day',
  ],
  [
    'effectiveFrom: 2024-04-01\n    taxRateBp',
    'effectiveFrom: 0000-01-01\n    taxRateBp',
    'tariffs.2024-04.effectiveFrom',
    'not a day',
  ],
  [
    'effectiveFrom: 2024-04-01\n    taxRateBp',
    'effectiveFrom: 2024-04-01\n    effectiveUntil: 2023-03-31\n    taxRateBp',
    'tariffs.2024-04.effectiveUntil',
    'before effectiveFrom',
  ],
  [
    'starts: 13:00, ends: 17:00',
    'starts: 17:00, ends: 13:00',
    'slots.afternoon.ends',
    'not after starts',
  ],
  [
    'starts: 13:00, ends: 17:00',
    'starts: 12:00, ends: 17:00',
    'slots.afternoon.starts',
    'before the end of the slot before it',
  ],
  ['starts: 17:00, ends: 21:00', 'starts: 17:00, ends: 24:30', 'slots.evening.ends', 'not a time'],
  ['opensAtTime: 09:00', 'opensAtTime: 24:00', 'venue.bookingRules.opensAtTime', 'not a time'],
  [
    'slots: [morning, afternoon, evening]',
    'slots: [morning, evening]',
    'bands.all_day.slots',
    'not neighbours',
  ],
  [
    'slots: [morning, afternoon, evening]',
    'slots: [morning, morning]',
    'bands.all_day.slots.1',
    'twice',
  ],
  ['cells: [all]', 'cells: [all, all]', 'cells.1', 'twice'],
  ['holdDays: 14', 'holdDays: 99999999999', 'venue.bookingRules.holdDays', ''],
  ['monthsBefore: 12', 'monthsBefore: 9000000000', 'opens.monthsBefore', ''],
  ['morning: { weekday: 47100', 'morning: { weekday: 4710000000000', 'price-page.morning', ''],
  ['sortOrder: 10', 'sortOrder: 9000000000', 'venue.sortOrder', ''],
  ['source: price-page\n    cells', 'source: constructor\n    cells', 'source', 'not a key'],
  ['cells: [all]', 'cells: [constructor]', 'configurations.all.cells.0', 'not a code'],
  ['nameEn: Whole hall', 'nameEn: "Whole\\0hall"', 'configurations.all.nameEn', 'control'],
  ['nameEn: Whole hall', 'nameEn: "Whole \\ud800 hall"', 'configurations.all.nameEn', 'control'],
];

describe('a value of a venue file that the calendar, the clock or the database does not have', () => {
  it.each(mistakes)('%j as %j is refused at %s', (old, fresh, place, sentence) => {
    const said = refusal(replaced(old, fresh));
    expect(said).toContain(`${place}`);
    expect(said).toContain(sentence);
  });

  it('is told with its line, in both languages', () => {
    const wrong = replaced('closedDays: {}', closed('02-31', '03-02'));
    expect(refusal(wrong)).toMatch(
      new RegExp(
        `hall\\.yaml[^\\n]*誤り[^\\n]*\\n  ${lineOf(wrong, 'spring:')}行目 / line ${lineOf(wrong, 'spring:')}, closedDays\\.spring\\.from: .*毎年.* / `,
      ),
    );
  });

  it('is told with the line where it is missing', () => {
    const wrong = replaced('    opensAtTime: 09:00\n', '');
    expect(refusal(wrong)).toContain(
      `line ${lineOf(wrong, '  bookingRules:')}, venue.bookingRules.opensAtTime: `,
    );
  });

  it('one entry may stand for a month and day of a leap year in a tariff’s holidays', () => {
    const leap = replaced('{ from: 12-29, to: 01-03 }', '{ from: 02-20, to: 02-29 }');
    expect(refusal(leap)).toBe('accepted');
  });
});

describe('entries of a list that would fall on one row', () => {
  const issuer = `  - effectiveFrom: 2024-04-01
    name: アピオ岩手
    address: 岩手県
    registrationNumber: T0000000000000
    source: issuer
`;
  const parking = `parking:
  - { startsOn: 2027-01-01, spaces: 3, reasonJa: 工事, reasonEn: Works, source: not-read }
  - { startsOn: 2027-01-01, spaces: 4, reasonJa: 工事, reasonEn: Works, source: not-read }
`;
  const metered = `{ rooms: [exhibition-hall], utility: water, terms: [{ effectiveFrom: 2024-04-01, feeIncludes: true, source: not-read }] }`;
  it.each([
    [replaced(issuer, issuer + issuer), 'issuers.1.effectiveFrom'],
    [`${text}\n${parking}`, 'parking.1.startsOn'],
    [`${text}\nutilities: [${metered}, ${metered}]\n`, 'utilities.1'],
    [
      replaced(
        'extras: {}',
        'extras: { cooling: { unit: hour, fees: { price-page: { exhibition-hall.all: 100 }, not-read: { exhibition-hall.all: 200 } } } }',
      ),
      'tariffs.2024-04.extras.cooling.fees.not-read.exhibition-hall.all',
    ],
  ])('are refused: %#', (content, place) => {
    expect(refusal(content)).toContain(place);
    expect(refusal(content)).toContain('twice');
  });

  it('a parking period may not end before it starts', () => {
    const wrong = `${text}\nparking: [{ startsOn: 2027-01-02, endsOn: 2027-01-01, spaces: 3, reasonJa: 工事, reasonEn: Works, source: not-read }]\n`;
    expect(refusal(wrong)).toContain('parking.0.endsOn');
  });
});

describe('a file that is no text of a venue', () => {
  it.each([
    ['', '(top)'],
    ['- 1', '(top)'],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]`,
      'hall.yaml',
    ],
    ['sources: {}\nsources: {}', 'line 2'],
  ])('%j is refused, not thrown about', (content, place) => {
    expect(refusal(content)).toContain(place);
  });
});
