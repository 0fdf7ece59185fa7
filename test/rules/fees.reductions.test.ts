import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteBooking } from '#api/fees/rules/quote.ts';
import type { PriceReduction } from '#api/fees/rules/steps.ts';
import { orThrow } from '#api/shared/result.ts';
import {
  bigPalette,
  bigPaletteTariff,
  hall,
  hallA,
  makeQuoteInput,
  meetingRoom,
} from '#test/fixtures/tariff.ts';

const reduce = (reducedBp: number, rest: Partial<PriceReduction> = {}): PriceReduction => ({
  groundCode: 'cohost',
  reducedBp,
  nameJa: '県の共催',
  nameEn: 'co-hosted by the prefecture',
  publication: 'published',
  source: '条例別表',
  ...rest,
});

type Uses = Parameters<typeof makeQuoteInput>[0];
type Rest = Parameters<typeof makeQuoteInput>[1];

const quote = (uses: Uses, rest: Rest = {}) =>
  orThrow(quoteBooking(makeQuoteInput(uses, rest), [bigPaletteTariff], bigPalette));

describe('a reduction', () => {
  it('is the last step of the room, with the yen it takes off', () => {
    const { lines, totalYen } = quote([{ configurationId: hallA }], { reduction: reduce(5_000) });
    expect(lines[0]!.steps.at(-1)).toEqual({
      code: 'reduction',
      ja: '減免（県の共催、50%）により108,900円を減額',
      en: 'reduction (co-hosted by the prefecture, 50%): ¥108,900 off',
      rateBp: 5_000,
      amountAfterYen: 108_900,
      publication: 'published',
    });
    expect(totalYen).toBe(108_900);
    expect(lines[0]!.baseYen).toBe(217_800);
  });

  it('follows after the rules of the tariff and drops the fraction once', () => {
    // 10,001 × 110 % × 1/2 = 5,500.55: dropped once, not after the surcharge.
    const uses = [{ configurationId: meetingRoom, bandCode: 'daytime' }];
    const { lines } = quote(uses, { admissionMaxYen: 500, reduction: reduce(5_000) });
    expect(lines[0]!.steps.map(({ code }) => code)).toEqual(['base', 'admission', 'reduction']);
    expect(lines[0]!.amountYen).toBe(5_500);
  });

  it('leaves cooling, heating and lines as they are', () => {
    const uses = [{ coolingMinutes: 60, heatingMinutes: 60, wiredLan: true }];
    const { lines } = quote(uses, { reduction: reduce(10_000) });
    expect(lines.map(({ kind, amountYen }) => [kind, amountYen])).toEqual([
      ['room', 0],
      ['cooling', 30_030],
      ['heating', 15_191],
      ['wired_lan', 9_000],
    ]);
  });

  it('that is provisional makes the price provisional and says why', () => {
    const reduction = reduce(5_000, { publication: 'provisional', source: '暫定の規則' });
    const { isProvisional, warnings } = quote([{ configurationId: hall }], { reduction });
    expect(isProvisional).toBe(true);
    expect(warnings).toMatchObject([{ code: 'fees.provisional_rule' }, {}]);
    expect(warnings[0]!.ja).toContain('暫定の規則');
  });

  it('never makes a price negative and never raises one', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 10_000 }),
        fc.nat({ max: 20_000 }),
        fc.constantFrom('event' as const, 'setup' as const),
        (reducedBp, admissionMaxYen, phase) => {
          const uses = [{ configurationId: hallA, phase, coolingMinutes: 30 }];
          const full = quote(uses, { admissionMaxYen });
          const less = quote(uses, { admissionMaxYen, reduction: reduce(reducedBp) });
          expect(less.lines[0]!.amountYen).toBeGreaterThanOrEqual(0);
          expect(less.totalYen).toBeLessThanOrEqual(full.totalYen);
          expect(less.lines[1]).toEqual(full.lines[1]);
        },
      ),
    );
  });
});
