import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#api/shared/error.ts';
import { dayOfEra } from '#api/transfers/rules/era.ts';
import {
  readBankFile,
  type AccountEntries,
  type BankFile,
  type Entry,
} from '#api/transfers/rules/file.ts';
import { localDay } from '#api/shared/time.ts';
import {
  fileOf,
  paletteAccount,
  recordsOfFile,
  transferOf,
  writeFile,
  writeRecords,
} from '#test/fixtures/bank_files.ts';

const today = '2026-11-24';

const codeOf = (file: Uint8Array) => {
  try {
    readBankFile(file, today);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, detail: error.options.detail };
    throw error;
  }
  return 'read';
};

const withNumbers = (file: BankFile): BankFile => {
  let line = 0;
  const next = () => (line += 1);
  return {
    ...file,
    accounts: file.accounts.map((account) => {
      const lineNumber = next();
      const entries = account.entries.map((entry) => ({ ...entry, lineNumber: next() }));
      next();
      return { ...account, lineNumber, entries };
    }),
  };
};

const second: AccountEntries = {
  ...fileOf([transferOf({ amountYen: 12_000, payerName: 'ﾕ)ｱｲﾂﾞ', reference: '000009' })])
    .accounts[0]!,
  branchCode: '102',
  number: '1020001',
};
const two: BankFile = {
  kind: 'transfer_notice',
  accounts: [
    fileOf([
      transferOf(),
      transferOf({ reference: '000002', isCancelled: true, message: 'R08-BP-000123' }),
    ]).accounts[0]!,
    second,
  ],
};

describe('a notice of incoming transfers', () => {
  test.each([
    ['A', ''],
    ['A', '\r\n'],
    ['B', ''],
    ['B', '\r\n'],
  ] as const)('of two accounts is read in format %s with breaks %j', (format, lineBreak) => {
    expect(readBankFile(writeFile(two, format, lineBreak), today)).toEqual(withNumbers(two));
  });

  test('holds amounts of twelve digits only in format B', () => {
    const large = fileOf([transferOf({ amountYen: 2_147_483_647 })]);
    expect(readBankFile(writeFile(large, 'B'), today)).toEqual(withNumbers(large));
  });

  test('may say nothing happened', () => {
    const quiet = fileOf([]);
    expect(readBankFile(writeFile(quiet), today)).toEqual(withNumbers(quiet));
  });

  test('may write kanji in Shift_JIS, and end with a mark of the end', () => {
    const bytes = [...writeFile(fileOf([transferOf({ payerName: '    ' })]), 'A', '\r\n'), 0x1a];
    // 振込 in Shift_JIS, where the name of the payer stands in the second record.
    bytes.splice(202 + 49, 4, 0x90, 0x55, 0x8d, 0x9e);
    const [account] = readBankFile(Uint8Array.from(bytes), today).accounts;
    expect(account!.entries[0]!.payerName).toBe('振込');
  });
});

describe('an account statement', () => {
  const statement = fileOf(
    [
      transferOf({ reference: '00000001' }),
      transferOf({ reference: '00000002', isIncoming: false, amountYen: 330 }),
    ],
    { fileKind: 'account_statement' },
  );

  test.each(['', '\r\n'] as const)('is read with breaks %j', (lineBreak) => {
    expect(readBankFile(writeFile(statement, 'A', lineBreak), today)).toEqual(
      withNumbers(statement),
    );
  });

  test('that does not come to its balance is refused', () => {
    const records = recordsOfFile(statement);
    records[3] = records[3]!.replace('01217470', '01217471');
    expect(codeOf(writeRecords(records))).toMatchObject({
      code: 'transfers.sum_differs',
      detail: { line: 4, field: 'balance', expected: 1_217_470, found: 1_217_471 },
    });
  });

  test('that counts other entries, records or accounts is refused', () => {
    const records = recordsOfFile(statement);
    const broken = (at: number, from: number, digit: string) =>
      records.map((record, index) =>
        index === at ? record.slice(0, from) + digit + record.slice(from + 1) : record,
      );
    expect(codeOf(writeRecords(broken(3, 60, '3')))).toMatchObject({
      detail: { line: 4, field: 'dataCount', expected: 2, found: 3 },
    });
    expect(codeOf(writeRecords(broken(4, 10, '9')))).toMatchObject({
      detail: { line: 5, field: 'recordCount' },
    });
    expect(codeOf(writeRecords(broken(4, 15, '2')))).toMatchObject({
      detail: { line: 5, field: 'accountCount', expected: 1, found: 2 },
    });
  });
});

const broken = (at: number, from: number, replacement: string) => {
  const records = recordsOfFile(two);
  const record = records[at]!;
  records[at] = record.slice(0, from) + replacement + record.slice(from + replacement.length);
  return writeRecords(records, '\r\n');
};

describe('a file is refused whole', () => {
  test.each([
    ['the count of transfers', broken(3, 6, '9'), 4, 'inCount'],
    ['the sum of transfers', broken(3, 18, '9'), 4, 'inSum'],
    ['the count of cancellations', broken(3, 24, '9'), 4, 'cancelledCount'],
    ['the sum of cancellations', broken(3, 36, '9'), 4, 'cancelledSum'],
  ])('when %s is another', (_, file, line, field) => {
    expect(codeOf(file)).toMatchObject({ code: 'transfers.sum_differs', detail: { line, field } });
  });

  test.each([
    ['a day that does not exist', broken(1, 7, '080230'), 2, 'bookedOn'],
    ['a day of another calendar', broken(1, 7, '261120'), 2, 'bookedOn'],
    ['a day that is no number', broken(1, 7, '08 120'), 2, 'bookedOn'],
    ['an amount with letters', broken(2, 19, '00000X7800'), 3, 'amount'],
    ['an amount of nothing', broken(2, 19, '0000000000'), 3, 'amount'],
    ['a kind of account nobody has', broken(0, 59, '7'), 1, 'accountKind'],
    ['days the wrong way round', broken(0, 10, '081121'), 1, 'lastOn'],
    ['a mark of cancellation nobody knows', broken(2, 127, '5'), 3, 'cancels'],
    ['the other kind in its second account', broken(4, 1, '03'), 5, 'fileKind'],
  ])('for %s', (_, file, line, field) => {
    expect(codeOf(file)).toMatchObject({ code: 'transfers.field_wrong', detail: { line, field } });
  });

  test('for bytes that are no letters', () => {
    const file = writeFile(two);
    file[200 + 49] = 0xff;
    expect(codeOf(file)).toMatchObject({
      code: 'transfers.field_wrong',
      detail: { line: 2, field: 'payerName' },
    });
  });

  test('when it is cut, in a record or between two', () => {
    const file = writeFile(two);
    const lines = recordsOfFile(two);
    expect(codeOf(file.subarray(0, 530))).toMatchObject({
      code: 'transfers.line_length',
      detail: { line: 3, found: 130 },
    });
    expect(codeOf(writeRecords(lines.slice(0, -1)))).toMatchObject({
      code: 'transfers.line_order',
      detail: { line: lines.length, expected: '1 / 9' },
    });
    expect(codeOf(writeRecords([lines[0]!, ...lines.slice(4)]))).toMatchObject({
      code: 'transfers.line_order',
      detail: { line: 2, found: '1', expected: '2 / 8' },
    });
    expect(codeOf(writeRecords([...lines, lines[0]!]))).toMatchObject({
      code: 'transfers.line_order',
      detail: { line: lines.length + 1 },
    });
  });

  test('when it is empty, of another kind, or in EBCDIC', () => {
    expect(codeOf(new Uint8Array())).toMatchObject({ code: 'transfers.file_empty' });
    expect(codeOf(writeRecords(['\r\n']))).toMatchObject({ code: 'transfers.file_empty' });
    expect(codeOf(broken(0, 1, '21'))).toMatchObject({ code: 'transfers.file_kind' });
    expect(codeOf(broken(0, 3, '1'))).toMatchObject({ code: 'transfers.file_ebcdic' });
    const ebcdic = new Uint8Array(400).fill(0x40);
    ebcdic[0] = 0xf1;
    expect(codeOf(ebcdic)).toMatchObject({ code: 'transfers.file_ebcdic' });
  });

  test('when the two amounts of format B differ', () => {
    const records = recordsOfFile(fileOf([transferOf()]), 'B');
    records[1] = records[1]!.slice(0, 19) + '0000217801' + records[1]!.slice(29);
    expect(codeOf(writeRecords(records))).toMatchObject({ detail: { line: 2, field: 'amount' } });
  });
});

describe('a day without its era', () => {
  test.each([
    ['081120', '2026-11-24', '2026-11-20'],
    ['080229', '2026-02-24', undefined],
    ['060229', '2024-03-01', '2024-02-29'],
    ['310430', '2019-05-10', '2019-04-30'],
    ['010501', '2019-05-10', '2019-05-01'],
    ['010430', '2019-05-10', undefined],
    ['310501', '2019-05-10', undefined],
    ['081301', '2026-11-24', undefined],
    ['090101', '2026-12-30', '2027-01-01'],
    ['051120', '2026-11-24', undefined],
  ])('%s, read on %s, is %s', (text, on, expected) => {
    expect(dayOfEra(text, localDay(on))).toBe(expected);
  });
});

const kana = [...'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ()-.ABCXYZ0189'];
const letters = (maxLength: number) => fc.string({ unit: fc.constantFrom(...kana), maxLength });
const day = fc
  .integer({ min: 0, max: 700 })
  .map((back) => new Date(Date.parse('2026-12-20') - back * 86_400_000).toISOString().slice(0, 10))
  .map(localDay);

const entryOf = (kind: BankFile['kind']): fc.Arbitrary<Entry> =>
  fc.record({
    lineNumber: fc.constant(0),
    reference: letters(6),
    bookedOn: day,
    valueOn: day,
    isIncoming: kind === 'transfer_notice' ? fc.constant(true) : fc.boolean(),
    isCancelled: kind === 'transfer_notice' ? fc.boolean() : fc.constant(false),
    amountYen: fc.integer({ min: 1, max: 2_147_483_647 }),
    payerCode: letters(10),
    payerName: letters(48),
    bankName: letters(15),
    branchName: letters(15),
    message: letters(20),
  });

const anyFile = fc
  .constantFrom('transfer_notice' as const, 'account_statement' as const)
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      accounts: fc.array(
        fc.array(entryOf(kind), { maxLength: 6 }).map((entries) => ({
          ...fileOf(entries).accounts[0]!,
          ...paletteAccount,
        })),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  );

describe('whatever the bank writes', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(
        anyFile,
        fc.constantFrom('A' as const, 'B' as const),
        fc.constantFrom('' as const, '\r\n' as const),
        (file, format, lineBreak) => {
          const read = readBankFile(writeFile(file, format, lineBreak), today);
          expect(read).toEqual(withNumbers(file));
        },
      ),
    );
  });

  test('and then loses a record, is never read', () => {
    fc.assert(
      fc.property(anyFile, fc.nat(), (file, at) => {
        const records = recordsOfFile(file);
        const left = records.filter((_, index) => index !== at % records.length);
        expect(codeOf(writeRecords(left))).not.toBe('read');
      }),
    );
  });
});
