import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phases } from '#api/fees/schema.ts';
import { quoteBooking } from '#api/fees/rules/quote.ts';
import { assembleTariff } from '#api/fees/rules/tariff.ts';
import { orThrow } from '#api/shared/result.ts';
import { localDay } from '#api/shared/time.ts';
import {
  bands,
  bigPalette,
  bigPaletteParts,
  hall,
  hallA,
  makeQuoteInput,
  testOvertime,
} from '#test/fixtures/tariff.ts';

const phase = fc.constantFrom(...phases);

const use = fc.record({
  configurationId: fc.constantFrom(hall, hallA),
  date: fc.constantFrom(...['2027-02-14', '2027-02-15', '2028-02-29'].map(localDay)),
  bandCode: fc.constantFrom(...bands.map(({ code }) => code)),
  phase,
  earlyMinutes: fc.constantFrom(0, 0, 15, 150, 540),
  lateMinutes: fc.constantFrom(0, 0, 45, 240, 720),
  coolingMinutes: fc.nat({ max: 720 }),
  wiredLan: fc.boolean(),
});

const uses = fc.array(use, { minLength: 1, maxLength: 8 });
const circumstances = fc.record({
  admissionMaxYen: fc.nat({ max: 20_000 }),
  isCommercial: fc.boolean(),
});

type Uses = Parameters<typeof makeQuoteInput>[0];
type Rest = Parameters<typeof makeQuoteInput>[1];

const tariff = assembleTariff({ ...bigPaletteParts, overtime: testOvertime });

const quote = (asked: Uses, rest?: Rest) =>
  orThrow(quoteBooking(makeQuoteInput(asked, rest), [tariff], bigPalette));

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe('every quote', () => {
  it('is the sum of its lines, whole and never negative', () => {
    fc.assert(
      fc.property(uses, circumstances, (asked, rest) => {
        const { lines, totalYen, taxYen } = quote(asked, rest);
        expect(totalYen).toBe(sum(lines.map(({ amountYen }) => amountYen)));
        for (const { amountYen, steps } of lines) {
          expect(Number.isSafeInteger(amountYen) && amountYen >= 0).toBe(true);
          expect(steps.at(-1)!.amountAfterYen).toBe(amountYen);
        }
        expect(taxYen).toBe(Math.floor((totalYen * 10) / 110));
      }),
    );
  });

  it('is the same in whichever order the uses are given', () => {
    const withOrder = uses.chain((asked) =>
      fc.tuple(
        fc.constant(asked),
        fc.shuffledSubarray(asked, { minLength: asked.length, maxLength: asked.length }),
      ),
    );
    fc.assert(
      fc.property(withOrder, circumstances, ([asked, shuffled], rest) => {
        const one = quote(asked, rest);
        const other = quote(shuffled, rest);
        const told = ({ reasonJa, amountYen, bandCode }: (typeof one.lines)[number]) => ({
          reasonJa,
          amountYen,
          bandCode,
        });
        expect(other.lines.map(told)).toEqual(one.lines.map(told));
        expect(other.totalYen).toBe(one.totalYen);
      }),
    );
  });

  it('costs the same for one band as for its slots asked one by one', () => {
    fc.assert(
      fc.property(use, circumstances, (asked, rest) => {
        const { slotCodes } = bands.find(({ code }) => code === asked.bandCode)!;
        const split = slotCodes.map((bandCode, place) => ({
          ...asked,
          bandCode,
          coolingMinutes: place === 0 ? asked.coolingMinutes : 0,
          earlyMinutes: place === 0 ? asked.earlyMinutes : 0,
          lateMinutes: place === slotCodes.length - 1 ? asked.lateMinutes : 0,
        }));
        expect(quote(split, rest).totalYen).toBe(quote([asked], rest).totalYen);
      }),
    );
  });

  it('has the same rooms at the same price whatever is added before and after them', () => {
    fc.assert(
      fc.property(uses, circumstances, (asked, rest) => {
        const within = asked.map((one) => ({ ...one, earlyMinutes: 0, lateMinutes: 0 }));
        const rooms = (all: Uses) => quote(all, rest).lines.filter(({ kind }) => kind === 'room');
        expect(rooms(asked)).toEqual(rooms(within));
      }),
    );
  });

  it('says it is provisional exactly when a line is, and then warns', () => {
    fc.assert(
      fc.property(uses, circumstances, (asked, rest) => {
        const { lines, isProvisional, warnings } = quote(asked, rest);
        const provisional = lines.flatMap(({ publication }, index) =>
          publication === 'provisional' ? [index] : [],
        );
        expect(isProvisional).toBe(provisional.length > 0);
        const warned = new Set(warnings.flatMap(({ lineIndexes }) => lineIndexes));
        expect([...warned].sort((one, other) => one - other)).toEqual(provisional);
      }),
    );
  });
});
