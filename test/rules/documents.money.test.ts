import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { toBuffer } from 'bwip-js/node';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { slipBarcode } from '#api/adapters/paper_codes.ts';
import { creditsOf, creditTaxes, type InvoicedCharge } from '#api/documents/rules/credits.ts';
import { checkDigitOf, slipDigits, slipReference } from '#api/documents/rules/slip.ts';
import {
  cleanCode,
  maskedName,
  spelledCode,
  standingOf,
} from '#api/documents/rules/verification.ts';
import { taxesPerRate } from '#api/invoices/rules.ts';
import { sumYen, taxInside } from '#api/shared/money.ts';
import { localDay } from '#api/shared/time.ts';

const at = (taxRateBp: number) => (amountYen: number) => ({ amountYen, taxRateBp });
const standard = at(1_000);
const reduced = at(800);
const untaxed = at(0);

describe('tax of a paper', () => {
  test('is rounded once per rate, not per line: 3 × 105 yen hold 28 yen of tax, not 27', () => {
    const lines = [105, 105, 105].map(standard);
    expect(taxesPerRate(lines)).toEqual([{ taxRateBp: 1_000, totalYen: 315, taxYen: 28 }]);
    expect(sumYen(lines.map(({ amountYen }) => taxInside(amountYen)))).toBe(27);
  });

  test('over 37 lines at 10 % is one rounding', () => {
    const lines = Array.from({ length: 37 }, (_, i) => standard(1_001 + i * 13));
    const totalYen = sumYen(lines.map(({ amountYen }) => amountYen));
    expect(totalYen).toBe(45_695);
    expect(taxesPerRate(lines)).toEqual([{ taxRateBp: 1_000, totalYen, taxYen: 4_154 }]);
    expect(sumYen(lines.map(({ amountYen }) => taxInside(amountYen)))).toBeLessThan(4_154);
  });

  test('at several rates is one rounding for each, highest first, and none for what is not taxed', () => {
    const lines = [reduced(1_080), untaxed(5_000), standard(110), reduced(109), standard(1_099)];
    expect(taxesPerRate(lines)).toEqual([
      { taxRateBp: 1_000, totalYen: 1_209, taxYen: 109 },
      { taxRateBp: 800, totalYen: 1_189, taxYen: 88 },
      { taxRateBp: 0, totalYen: 5_000, taxYen: 0 },
    ]);
  });

  test('differs from the exact share by less than a yen per rate, however many lines there are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            amountYen: fc.integer({ min: 0, max: 1_000_000 }),
            taxRateBp: fc.constantFrom(1_000, 800, 0),
          }),
          { maxLength: 60 },
        ),
        (lines) => {
          const taxes = taxesPerRate(lines);
          expect(sumYen(taxes.map(({ totalYen }) => totalYen))).toBe(
            sumYen(lines.map(({ amountYen }) => amountYen)),
          );
          for (const { taxRateBp, totalYen, taxYen } of taxes) {
            const exact = (totalYen * taxRateBp) / (10_000 + taxRateBp);
            expect(exact - taxYen).toBeGreaterThanOrEqual(0);
            expect(exact - taxYen).toBeLessThan(1);
          }
        },
      ),
    );
  });
});

const issuedOn = localDay('2026-12-01');

const invoiced = (changes: Partial<InvoicedCharge> = {}): InvoicedCharge => ({
  chargeId: 'chg_1',
  taxRateBp: 1_000,
  billedYen: 315,
  standingYen: 0,
  creditedYen: 0,
  invoice: {
    number: 'R08-BP-I-000001',
    issuedOn,
    taxes: taxesPerRate([standard(315)]),
    creditedYen: 0,
  },
  ...changes,
});

describe('a credit note', () => {
  test('waits until the money has gone back', () => {
    expect(creditsOf([invoiced()], -315)).toEqual([]);
    expect(creditsOf([invoiced()], 0)).toMatchObject([{ amountYen: 315 }]);
    expect(creditsOf([invoiced({ creditedYen: 315 })], 0)).toEqual([]);
    expect(creditsOf([invoiced({ standingYen: 315 })], 315)).toEqual([]);
  });

  test('restores an invoice at several rates to zero, tax included', () => {
    const taxes = taxesPerRate([standard(217_805), reduced(1_089), untaxed(3_000)]);
    const invoice = { number: 'R08-BP-I-000002', issuedOn, taxes, creditedYen: 0 };
    const credits = creditsOf(
      [
        invoiced({ billedYen: 217_805, invoice }),
        invoiced({ chargeId: 'chg_2', taxRateBp: 800, billedYen: 1_089, invoice }),
        invoiced({ chargeId: 'chg_3', taxRateBp: 0, billedYen: 3_000, invoice }),
      ],
      0,
    );
    expect(creditTaxes(credits)).toEqual(taxes);
  });

  test('in parts gives back as much tax as the invoice held, also where its tax was not the plain share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.array(fc.integer({ min: 1, max: 500_000 }), { maxLength: 8 }),
        fc.constantFrom(1_000, 800),
        fc.constantFrom(0, 1),
        (billedYen, cuts, taxRateBp, odd) => {
          const taxYen = taxInside(billedYen, taxRateBp) + odd;
          const taxes = [{ taxRateBp, totalYen: billedYen, taxYen }];
          let creditedYen = 0;
          let givenBackYen = 0;
          for (const cut of [...cuts, billedYen]) {
            const standingYen = Math.max(0, billedYen - creditedYen - cut);
            const invoice = { number: 'R08-BP-I-000003', issuedOn, taxes, creditedYen };
            const credits = creditsOf(
              [invoiced({ taxRateBp, billedYen, standingYen, creditedYen, invoice })],
              0,
            );
            creditedYen += sumYen(credits.map(({ amountYen }) => amountYen));
            givenBackYen += sumYen(creditTaxes(credits).map((tax) => tax.taxYen));
          }
          expect([creditedYen, givenBackYen]).toEqual([billedYen, taxYen]);
        },
      ),
    );
  });
});

const slip = {
  companyCode: '912345',
  reference: '012345678901234567890',
  reissue: 1,
  dueOn: null,
  bearsStamp: false,
  amountYen: 123_000,
};

const readBack = async (digits: string): Promise<string[]> => {
  const png = await toBuffer({
    ...slipBarcode(digits),
    scale: 3,
    backgroundcolor: 'FFFFFF',
    paddingwidth: 12,
    paddingheight: 4,
  });
  const found = await readBarcodes(new Uint8Array(png), { formats: ['Code128'] });
  return found.map(({ text }) => text.replaceAll(/\D/g, ''));
};

describe('a slip for convenience stores', () => {
  beforeAll(async () => {
    const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    const file = await readFile(path);
    const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  });

  test.each([
    ['9191234501234567890123456789010103310123000', 3],
    ['9194238617895391785393569273010307311031290', 3],
  ])('the check digit of %s is %i', (digits, check) => {
    expect(digits).toHaveLength(43);
    expect(checkDigitOf(digits)).toBe(check);
  });

  test('has 44 digits in their places', () => {
    const made = slipDigits({ ...slip, dueOn: localDay('2027-03-31') });
    const digits = made.ok ? made.value : '';
    expect(digits).toMatch(/^91912345012345678901234567890127033101230003?\d$/);
    expect(digits).toHaveLength(44);
    expect(digits.slice(30, 36)).toBe('270331');
    expect(slipDigits(slip)).toMatchObject({ ok: true, value: expect.stringContaining('999999') });
  });

  test('stops at 300,000 yen and says what else there is', () => {
    expect(slipDigits({ ...slip, amountYen: 300_000 }).ok).toBe(true);
    const refused = slipDigits({ ...slip, amountYen: 300_001 });
    expect(!refused.ok && refused.error.code).toBe('documents.slip_too_high');
    expect(!refused.ok && refused.error.sentences.ja).toContain('銀行振込');
  });

  test('names its paper and the booking in its own digits', () => {
    const reference = slipReference(1, 'R08-BP-P-000012', 'R08-BP-000123');
    expect(reference).toBe('00001' + '08' + '000012' + '08' + '000123');
    expect(reference).toHaveLength(21);
    expect(() => slipReference(1, 'nothing', 'R08-BP-000123')).toThrow(RangeError);
    expect(() => slipDigits({ ...slip, companyCode: '1234567' })).toThrow(RangeError);
  });

  test('is read back by a decoder of other hands', async () => {
    const examples = [
      '91912345012345678901234567890101033101230003',
      '91942386178953917853935692730103073110312903',
    ];
    for (const digits of examples) expect(await readBack(digits)).toEqual([digits]);
    const made = slipDigits({ ...slip, dueOn: localDay('2027-03-31'), amountYen: 217_800 });
    expect(await readBack(made.ok ? made.value : '')).toEqual([made.ok && made.value]);
  });
});

describe('whether a paper holds', () => {
  const today = localDay('2026-12-10');
  const whole = { isVoided: false, replacedBy: null, validUntil: null };

  test.each([
    [whole, 'valid'],
    [{ ...whole, validUntil: today }, 'valid'],
    [{ ...whole, validUntil: localDay('2026-12-09') }, 'expired'],
    [{ ...whole, replacedBy: 'R08-BP-I-000002', validUntil: localDay('2026-12-09') }, 'replaced'],
    [{ isVoided: true, replacedBy: 'R08-BP-I-000002', validUntil: null }, 'voided'],
  ] as const)('%o is %s', (fate, standing) => {
    expect(standingOf(fate, today)).toBe(standing);
  });

  test('is asked by a code however it is typed, and tells no name', () => {
    const code = '0123456789ABCDEF0123';
    expect(spelledCode(code)).toBe('01234-56789-ABCDE-F0123');
    expect(cleanCode(' 01234-56789 abcde－f0123 ')).toBe(code);
    expect(maskedName('郡山見本市実行委員会')).toBe('郡●●●');
    expect(maskedName('')).toBe('●●●');
  });
});
