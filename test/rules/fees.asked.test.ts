import { describe, expect, it } from 'vitest';
import { decideDays, resolveUses } from '#api/fees/rules/asked.ts';
import { askQuoteSchema, ruleConditionSchema, ruleOperationSchema } from '#api/fees/schema.ts';
import { orThrow } from '#api/shared/result.ts';
import { localDay } from '#api/shared/time.ts';
import { bigPalette, hall, hallA, makeUse } from '#test/fixtures/tariff.ts';

const asked = { room: 'exhibition-hall', date: '2027-02-14', band: 'daytime' };
const parse = (use: object, rest: object = {}) =>
  askQuoteSchema.parse({ venue: 'big-palette', uses: [{ ...asked, ...use }], ...rest });

const resolve = (...uses: object[]) =>
  resolveUses(
    uses.flatMap((use) => parse(use).uses),
    bigPalette,
  );

describe('what people ask for', () => {
  it('is the whole room in the event phase when nothing else is said', () => {
    expect(orThrow(resolve({}))).toEqual([makeUse()]);
  });

  it.each([
    [{ configuration: 'a' }, hallA],
    [{ configuration: hallA }, hallA],
    [{ room: 'big-palette.exhibition-hall', configuration: 'all' }, hall],
  ])('names a room and its part by code or by full id: %o', (use, configurationId) => {
    expect(orThrow(resolve(use))).toMatchObject([{ configurationId }]);
  });

  it('may be typed in full-width figures, with commas and a yen sign', () => {
    const { uses, admissionMaxYen } = parse(
      { date: '２０２７／２／１４', coolingHours: '２．５', attendance: '１，２００' },
      { admissionMaxYen: '３，０００円' },
    );
    expect(uses[0]).toMatchObject({ date: '2027-02-14', coolingHours: 2.5, attendance: 1_200 });
    expect(admissionMaxYen).toBe(3_000);
  });

  it.each(['三千', '1,00', '-5', '', '1e9', '3.5'])('is not a number of yen: %s', (text) => {
    expect(() => parse({}, { admissionMaxYen: text })).toThrow();
  });

  it('counts hours as minutes, a third of an hour as twenty', () => {
    const uses = orThrow(resolve({ coolingHours: 2.5, heatingHours: 0.3333 }));
    expect(uses).toMatchObject([{ coolingMinutes: 150, heatingMinutes: 20 }]);
  });

  it('names every unknown room, part and band at once', () => {
    const result = resolve({}, { room: 'pool' }, { configuration: 'z' }, { band: 'night' });
    const error = result.ok ? undefined : result.error;
    expect(error?.code).toBe('rooms.not_in_venue');
    expect(error?.options.fields?.map(({ path, code }) => [path, code])).toEqual([
      ['uses.1.room', 'rooms.not_in_venue'],
      ['uses.2.configuration', 'rooms.unknown_configuration'],
      ['uses.3.band', 'slots.unknown_band'],
    ]);
  });

  it('is refused for a day that has passed, not for today', () => {
    const use = makeUse();
    expect(decideDays([use], localDay('2027-02-14')).ok).toBe(true);
    const refused = decideDays([{ date: localDay('2027-02-15') }, use], localDay('2027-02-15'));
    expect(refused.ok ? undefined : refused.error).toMatchObject({
      code: 'fees.past_day',
      options: { fields: [{ path: 'uses.1.date' }] },
    });
  });

  it('is one to two hundred uses', () => {
    const uses = (count: number) => Array.from({ length: count }, () => asked);
    const isTaken = (count: number) =>
      askQuoteSchema.safeParse({ venue: 'big-palette', uses: uses(count) }).success;
    expect([0, 1, 200, 201].map(isTaken)).toEqual([false, true, true, false]);
  });
});

describe('rules of a tariff as data', () => {
  it('are read only in the forms the engine knows', () => {
    expect(ruleConditionSchema.safeParse({ phases: ['setup'] }).success).toBe(true);
    expect(ruleConditionSchema.safeParse({ weekday: 7 }).success).toBe(false);
    expect(ruleConditionSchema.safeParse({ isCommercial: false }).success).toBe(false);
    expect(ruleOperationSchema.safeParse({ kind: 'multiply', rateBp: 0.7 }).success).toBe(false);
    expect(ruleOperationSchema.safeParse({ kind: 'admission_tiers', tiers: [] }).success).toBe(
      false,
    );
  });
});
