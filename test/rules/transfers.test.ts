import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#api/shared/error.ts';
import { dayOfEra } from '#api/transfers/rules/era.ts';
import type { AccountEntries, BankFile, Entry } from '#api/transfers/rules/entry.ts';
import { readBankFile } from '#api/transfers/rules/file.ts';
import { localDay } from '#api/shared/time.ts';
import {
  fileOf,
  overwrite,
  paletteAccount,
  recordsOfFile,
  transferOf,
  writeFile,
  writeRecords,
} from '#test/fixtures/bank_files.ts';

const today = '2026-11-24';

const read = (file: Uint8Array) => readBankFile(file, today, () => true);

const codeOf = (file: Uint8Array) => {
  try {
    read(file);
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
  notes: [],
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
    ['A', '\n'],
    ['B', ''],
    ['B', '\r\n'],
    ['B first', ''],
    ['B blank', '\r\n'],
  ] as const)('of two accounts is read in format %s with breaks %j', (format, lineBreak) => {
    expect(read(writeFile(two, format, lineBreak))).toEqual(withNumbers(two));
  });

  test('holds amounts of twelve digits only in format B', () => {
    const large = fileOf([transferOf({ amountYen: 2_147_483_647 })]);
    expect(read(writeFile(large, 'B'))).toEqual(withNumbers(large));
  });

  test('may say nothing happened', () => {
    const quiet = fileOf([]);
    expect(read(writeFile(quiet))).toEqual(withNumbers(quiet));
  });

  test('may write kanji in Shift_JIS, and end with a mark of the end', () => {
    const bytes = [...writeFile(fileOf([transferOf({ payerName: '    ' })]), 'A', '\r\n'), 0x1a];
    // 振込 in Shift_JIS, where the name of the payer stands in the second record.
    bytes.splice(202 + 49, 4, 0x90, 0x55, 0x8d, 0x9e);
    const [account] = read(Uint8Array.from(bytes)).accounts;
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
    expect(read(writeFile(statement, 'A', lineBreak))).toEqual(withNumbers(statement));
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
    const broken = (at: number, from: number, letters: string) =>
      overwrite(records, { at, from, letters });
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

const broken = (at: number, from: number, letters: string) =>
  writeRecords(overwrite(recordsOfFile(two), { at, from, letters }), '\r\n');

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
    ['an amount with letters', broken(2, 19, '00000X7800'), 3, 'amount'],
    ['a span in another calendar', broken(0, 10, '261120'), 1, 'firstOn'],
    ['days the wrong way round', broken(0, 10, '081121'), 1, 'lastOn'],
    ['a mark of cancellation nobody knows', broken(2, 127, '5'), 3, 'cancels'],
    ['the other kind in its second account', broken(4, 1, '03'), 5, 'fileKind'],
  ])('for %s', (_, file, line, field) => {
    expect(codeOf(file)).toMatchObject({ code: 'transfers.field_wrong', detail: { line, field } });
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

describe('what cannot be used is named, and the rest of the file is read', () => {
  const statementOf = (entries: readonly Entry[]) =>
    fileOf(entries, { fileKind: 'account_statement' });
  const deposit = transferOf({ reference: '00000001' });

  test('an account that is not ours, whatever stands in its entries', () => {
    const records = overwrite(recordsOfFile(two), { at: 5, from: 7, letters: 'ｶｶｶｶｶｶ' });
    const ownBranch = ({ branchCode }: { branchCode: string }) => branchCode === '101';
    const { accounts, notes } = readBankFile(writeRecords(records), today, ownBranch);
    expect(accounts.map(({ number }) => number)).toEqual(['1010001']);
    expect(notes).toEqual([
      {
        kind: 'account_skipped',
        lineNumber: 5,
        bankCode: '9998',
        branchCode: '102',
        kindCode: '1',
        number: '1020001',
      },
    ]);
  });

  test('an account of a kind that money is not transferred to', () => {
    expect(read(broken(4, 59, '6'))).toMatchObject({
      accounts: [{ number: '1010001' }],
      notes: [{ kind: 'account_skipped', lineNumber: 5, kindCode: '6' }],
    });
  });

  test.each([
    ['a day that does not exist', 7, '080230', 'bookedOn', '080230'],
    ['a day of another calendar', 7, '261120', 'bookedOn', '261120'],
    ['a day that is no number', 7, '08 120', 'bookedOn', '08 120'],
  ])('an entry with %s', (_, from, letters, field, found) => {
    const { accounts, notes } = read(broken(1, from, letters));
    expect(accounts[0]!.entries.map(({ reference }) => reference)).toEqual(['000002']);
    expect(notes).toEqual([
      { kind: 'entry_skipped', lineNumber: 2, field, found, amountYen: 217_800 },
    ]);
  });

  test('an entry of nothing, and one of more than anybody may own with us', () => {
    const file = fileOf([transferOf(), transferOf({ amountYen: 0 })]);
    expect(read(writeFile(file))).toMatchObject({
      accounts: [{ entries: [{ amountYen: 217_800 }] }],
      notes: [{ kind: 'entry_skipped', lineNumber: 3, field: 'amount', amountYen: 0 }],
    });
    const most = fileOf([transferOf({ amountYen: 3_000_000_000 })]);
    expect(read(writeFile(most, 'B')).notes).toMatchObject([{ field: 'amount', lineNumber: 2 }]);
  });

  test('what went out is kept with all its twelve digits', () => {
    const out = transferOf({ isIncoming: false, amountYen: 300_000_000_000 });
    const file = statementOf([deposit, out]);
    expect(read(writeFile(file)).accounts[0]!.entries[1]).toMatchObject({
      isIncoming: false,
      amountYen: 300_000_000_000,
    });
  });

  test.each([
    ['zeros', '00000000000000'],
    ['spaces', '              '],
  ])('balances that the bank leaves out as %s are not checked, which is noted', (_, balance) => {
    const records = overwrite(recordsOfFile(statementOf([deposit])), {
      at: 0,
      from: 115,
      letters: balance,
    });
    const file = writeRecords(overwrite(records, { at: 2, from: 40, letters: balance }));
    expect(read(file)).toMatchObject({
      accounts: [{ entries: [{ amountYen: 217_800 }] }],
      notes: [{ kind: 'balance_unchecked', lineNumber: 3 }],
    });
  });

  test('counts and sums that the bank may leave out are not missed', () => {
    const notice = overwrite(recordsOfFile(fileOf([transferOf()])), {
      at: 2,
      from: 19,
      letters: ' '.repeat(18),
    });
    expect(read(writeRecords(notice)).accounts[0]!.entries).toHaveLength(1);
    const statement = overwrite(recordsOfFile(statementOf([deposit])), {
      at: 3,
      from: 1,
      letters: ' '.repeat(15),
    });
    expect(read(writeRecords(statement)).accounts[0]!.entries).toHaveLength(1);
  });

  test('a correction of a statement takes money back', () => {
    const correction = transferOf({ reference: '00000002', isCancelled: true });
    expect(read(writeFile(statementOf([deposit, correction]))).accounts[0]!.entries).toMatchObject([
      { isIncoming: true, isCancelled: false },
      { isIncoming: true, isCancelled: true, amountYen: 217_800 },
    ]);
  });

  test('the value day stands for a day of entry left out, and the other way round', () => {
    const days = (from: number, letters: string) =>
      read(broken(1, from, letters)).accounts[0]!.entries[0];
    const both = { bookedOn: '2026-11-20', valueOn: '2026-11-20' };
    expect(days(7, '000000')).toMatchObject(both);
    expect(days(13, '      ')).toMatchObject(both);
    expect(days(13, '991399')).toMatchObject(both);
  });

  test('letters that are none, or were cut in half, do not lose the entry', () => {
    const file = writeFile(two);
    file.set([0x90, 0x55, 0x8d], 200 + 94);
    file[200 + 62] = 0;
    const [entry] = read(file).accounts[0]!.entries;
    expect(entry!.payerName).toMatch(/^ｶ\)ｺｵﾘﾔﾏｼﾖｳｼﾞ +振〓$/);
  });

  test('spaces lost or added at the ends of lines, empty records, and the fill of a block', () => {
    const records = recordsOfFile(two);
    const trimmed = writeRecords(
      records.map((record) => record.trimEnd()),
      '\n',
    );
    expect(read(trimmed)).toEqual(withNumbers(two));
    const wider = writeRecords(
      [...records.map((record) => `${record}  `), ' '.repeat(200)],
      '\r\n',
    );
    expect(read(wider)).toEqual(withNumbers(two));
    const filled = [
      ...writeRecords([...records, ' '.repeat(200)]),
      ...Array<number>(48).fill(0),
      0x1a,
    ];
    expect(read(Uint8Array.from(filled))).toEqual(withNumbers(two));
    const short = writeRecords(records).subarray(0, 200 * (records.length - 1) + 1);
    expect(read(short)).toEqual(withNumbers(two));
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
      notes: fc.constant([]),
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
        fc.constantFrom('' as const, '\r\n' as const, '\n' as const),
        (file, format, lineBreak) => {
          expect(read(writeFile(file, format, lineBreak))).toEqual(withNumbers(file));
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
