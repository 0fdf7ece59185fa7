import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dunOverdue } from '#api/receivables/actions/dun.ts';
import {
  openTestApp,
  testNow,
  type Answer,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import {
  fileOf,
  overwrite,
  recordsOfFile,
  transferOf,
  writeFile,
  writeRecords,
} from '#test/fixtures/bank_files.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';
import type { Entry } from '#api/transfers/rules/entry.ts';

let app: TestApp;
let organizer: Organizer;
let manager: Person;
let finance: Person;
let desk: Person;
let elsewhere: Person;
let reference = 100;
let dayOfUse = 0;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, manager, finance, desk, elsewhere] = await Promise.all([
    app.organizer('コオリヤマ商事'),
    app.staff('manager'),
    app.staff('finance'),
    app.staff('desk'),
    app.staff('finance', 'corasse'),
  ]);
});
afterAll(() => app.close());

const fullYen = 217_800;

const book = async () => {
  dayOfUse += 1;
  const date = `2027-02-${String(dayOfUse).padStart(2, '0')}`;
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const booking = await makeApprovedBooking(app, { organizer, manager }, { uses });
  await app.runJobs();
  return booking as { id: string; number: string };
};

const send = async (bytes: Uint8Array, as: Person = finance, headers = {}) => {
  const response = await app.app.request('/api/transfers/imports?name=nyukin.txt', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', cookie: as.cookie, ...headers },
    body: bytes.slice().buffer,
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};

/** A transfer with a reference of its own, unless the test names one. */
const transfer = (changes: Partial<Entry> = {}) =>
  transferOf({ reference: String((reference += 1)).padStart(6, '0'), ...changes });

const lineOf = async (entry: Entry) => {
  const [row] = await app.sql`select id from bank_lines
    where reference = ${entry.reference} and amount_yen = ${entry.amountYen}
      and is_cancelled = ${entry.isCancelled}`;
  return row!['id'] as string;
};

const view = async (id: string, as: Person = finance) => app.call(`/api/transfers/${id}`, { as });

const act = (id: string, verb: string, json: object = {}, as: Person = finance) =>
  app.call(`/api/transfers/${id}/${verb}`, { as, json });

const bring = async (changes: Partial<Entry> = {}) => {
  const entry = transfer(changes);
  const sent = await send(writeFile(fileOf([entry])));
  expect(sent.status).toBe(201);
  return { entry, id: await lineOf(entry) };
};

const balanceOf = async (billingAccountId: string) => {
  const { body } = await app.call(`/api/bookings/${billingAccountId}/payments`, { as: finance });
  return body.charge.balanceYen as number;
};

const potOf = async (id: string) => {
  const [row] = await app.sql`select coalesce(-sum(e.amount_yen), 0)::int as pot
    from bank_lines l join money_events e on e.payment_id = l.payment_id
    where l.id = ${id} and e.billing_account_id is null`;
  return row!['pot'] as number;
};

const countLines = async () => {
  const [row] = await app.sql`select count(*)::int as count from bank_lines`;
  return row!['count'] as number;
};

describe('a file of the bank', () => {
  test('is read by finance, and its money waits in the pot', async () => {
    const entry = transfer();
    const bytes = writeFile(fileOf([entry]), 'A', '\r\n');
    const sent = await send(bytes);
    expect(sent.status).toBe(201);
    expect(sent.body.import).toMatchObject({ lineCount: 1, knownCount: 0, totalYen: fullYen });
    const id = await lineOf(entry);
    expect(await potOf(id)).toBe(fullYen);
    const { line } = (await view(id)).body;
    expect(line).toMatchObject({
      state: 'open',
      leftYen: fullYen,
      payerName: entry.payerName,
      account: { number: '1010001', publication: 'provisional' },
    });
    const imports = await app.call('/api/transfers/imports', { as: finance });
    expect(imports.body.imports[0]).toMatchObject({ fileName: 'nyukin.txt', lineCount: 1 });
    const [audited] = await app.sql`select count(*)::int as count from audit_entries
      where action = 'transfers.import' and subject_id = ${sent.body.import.id}`;
    expect(audited!['count']).toBe(1);
    expect((await send(bytes)).body.error.code).toBe('transfers.file_known');
  });

  test('that overlaps an earlier one brings what is new only', async () => {
    const [first, twin] = [transfer({ reference: '' }), transfer({ reference: '' })];
    const before = await send(writeFile(fileOf([first])));
    expect(before.body.import).toMatchObject({ lineCount: 1, knownCount: 0 });
    const third = transfer();
    const after = await send(writeFile(fileOf([first, twin, third])));
    expect(after.body.import).toMatchObject({
      lineCount: 3,
      knownCount: 1,
      totalYen: 2 * fullYen,
    });
  });

  test('sent again under the same key answers the same', async () => {
    const bytes = writeFile(fileOf([transfer()]));
    const key = { 'idempotency-key': 'a-file-of-the-bank' };
    const [one, again] = [await send(bytes, finance, key), await send(bytes, finance, key)];
    expect(one.status).toBe(201);
    expect(again).toEqual(one);
  });

  test('is refused whole when it is damaged, or nothing of it can be used', async () => {
    const before = await countLines();
    const good = transfer();
    const records = recordsOfFile(fileOf([good, transfer()]));
    const cut = writeRecords(records).subarray(0, 500);
    expect((await send(cut)).body.error.code).toBe('transfers.line_length');
    const noDay = overwrite(recordsOfFile(fileOf([good])), { at: 1, from: 7, letters: '081131' });
    const refused = await send(writeRecords(noDay));
    expect(refused.status).toBe(422);
    expect(refused.body.error).toMatchObject({
      code: 'transfers.field_wrong',
      detail: { line: 2, field: 'bookedOn', found: '081131' },
    });
    expect(refused.body.error.message).toContain('2行目の「勘定日」');
    const wrongSum = [...records];
    wrongSum[3] = records[3]!.replace('000002', '000003');
    expect((await send(writeRecords(wrongSum))).body.error.code).toBe('transfers.sum_differs');
    expect((await send(writeRecords(records.slice(1)))).body.error.code).toBe(
      'transfers.line_order',
    );
    expect((await send(new Uint8Array())).body.error.code).toBe('transfers.file_empty');
    expect(await countLines()).toBe(before);
    expect((await send(writeFile(fileOf([good])))).status).toBe(201);
  });

  test('is read though one of its entries has no day, which is named', async () => {
    const [good, bad] = [transfer(), transfer({ amountYen: 5_000 })];
    const records = overwrite(recordsOfFile(fileOf([good, bad])), {
      at: 2,
      from: 7,
      letters: '081131',
    });
    const note = { kind: 'entry_skipped', lineNumber: 3, field: 'bookedOn', found: '081131' };
    const sent = await send(writeRecords(records));
    expect(sent.status).toBe(201);
    expect(sent.body.import).toMatchObject({
      lineCount: 1,
      totalYen: fullYen,
      notes: [{ ...note, amountYen: 5_000 }],
    });
    const { body } = await app.call('/api/transfers/imports', { as: finance });
    const kept = body.imports.find(({ id }: { id: string }) => id === sent.body.import.id);
    expect(kept.notes).toMatchObject([note]);
    const mended = await send(writeFile(fileOf([good, bad])));
    expect(mended.body.import).toMatchObject({ knownCount: 1, totalYen: 5_000, notes: [] });
  });

  test('is read though it tells of accounts that are not ours, which are named', async () => {
    const own = fileOf([transfer()]);
    const strange = fileOf([transfer()], { number: '0007770' });
    const both = { ...own, accounts: [...own.accounts, ...strange.accounts] };
    const sent = await send(writeFile(both));
    expect(sent.status).toBe(201);
    expect(sent.body.import).toMatchObject({
      totalYen: fullYen,
      notes: [{ kind: 'account_skipped', lineNumber: 4, number: '0007770' }],
    });
  });

  test('that an editor saved anew in UTF-8 or UTF-16, with a mark at its beginning, is read', async () => {
    const textOf = (entry: Entry) =>
      new TextDecoder('shift_jis').decode(writeFile(fileOf([entry]), 'A', '\r\n'));
    const [plain, marked, wide] = [transfer(), transfer(), transfer()];
    const sent = [
      await send(new Uint8Array(Buffer.from(textOf(plain), 'utf8'))),
      await send(new Uint8Array(Buffer.from(`\ufeff${textOf(marked)}`, 'utf8'))),
      await send(new Uint8Array(Buffer.from(`\ufeff${textOf(wide)}`, 'utf16le'))),
    ];
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
    const { line } = (await view(await lineOf(marked))).body;
    expect(line).toMatchObject({ payerName: marked.payerName, amountYen: fullYen });
  });

  test('about an account of others is refused with its number', async () => {
    const strange = fileOf([transfer()], { number: '7654321' });
    const refused = await send(writeFile(strange));
    expect(refused.body.error).toMatchObject({
      code: 'transfers.account_unknown',
      detail: { line: 1, kindCode: '1', number: '7654321' },
    });
    const own = await send(writeFile(fileOf([transfer()])), elsewhere);
    expect(own.body.error.code).toBe('transfers.account_unknown');
    expect((await send(writeFile(fileOf([transfer()])), desk)).body.error.code).toBe(
      'accounts.forbidden',
    );
  });

  test('of the other kind does not bring the same money again', async () => {
    const bookedOn = '2026-10-05' as Entry['bookedOn'];
    await bring({ bookedOn });
    const statement = fileOf([transfer({ bookedOn })], { fileKind: 'account_statement' });
    const refused = await send(writeFile(statement));
    expect(refused.body.error.code).toBe('transfers.other_kind_read');
  });

  test('keeps what went out as lines only', async () => {
    const bookedOn = '2026-09-07' as Entry['bookedOn'];
    const out = transfer({ bookedOn, isIncoming: false, amountYen: 330 });
    const statement = fileOf([out, transfer({ bookedOn })], { fileKind: 'account_statement' });
    expect((await send(writeFile(statement))).body.import).toMatchObject({ totalYen: fullYen });
    const id = await lineOf(out);
    expect((await view(id)).body.line).toMatchObject({ state: 'outgoing', paymentId: null });
    expect((await act(id, 'ignore', { reason: '手数料' })).body.error.code).toBe(
      'transfers.not_incoming',
    );
  });

  test('holds what the bank said unchanged', async () => {
    const { id } = await bring();
    await expect(app.sql`update bank_lines set amount_yen = 1 where id = ${id}`).rejects.toThrow(
      'is frozen',
    );
    await expect(app.sql`delete from bank_lines where id = ${id}`).rejects.toThrow('is frozen');
    await expect(app.sql`update bank_imports set total_yen = 1`).rejects.toThrow();
  });
});

describe('an entry the bank took back', () => {
  const cancelOf = (entry: Entry): Entry => ({ ...entry, isCancelled: true });

  test('leaves the pot, in the same file or a later one', async () => {
    const together = transfer();
    await send(writeFile(fileOf([together, cancelOf(together)])));
    const { entry, id } = await bring();
    await send(writeFile(fileOf([cancelOf(entry)])));
    for (const lineId of [await lineOf(together), id]) {
      expect((await view(lineId)).body.line.state).toBe('taken_back');
      expect(await potOf(lineId)).toBe(0);
    }
    const { id: billingAccountId } = await book();
    const parts = [{ billingAccountId, amountYen: 1_000 }];
    expect((await act(id, 'allocate', { parts })).body.error.code).toBe('transfers.taken_back');
    const [row] = await app.sql`select payment_id from bank_lines where id = ${id}`;
    await expect(app.sql`insert into allocations (id, payment_id, billing_account_id, amount_yen, actor,
      created_at) values ('alc_x', ${row!['payment_id'] as string}, ${billingAccountId}, 1, '{}', now())`).rejects.toThrow(
      'used for more than it is',
    );
  });

  test('waits for a person where it pays for something', async () => {
    const { entry, id } = await bring();
    const { id: billingAccountId } = await book();
    const parts = [{ billingAccountId, amountYen: 1_000 }];
    const allocated = await act(id, 'allocate', { parts });
    await send(writeFile(fileOf([cancelOf(entry)])));
    expect((await view(id)).body.line.state).toBe('conflict');
    const open = await app.call('/api/transfers?view=open', { as: finance });
    expect(open.body.lines.map((line: { id: string }) => line.id)).toContain(id);
    expect((await act(id, 'take-cancelled-back')).body.error.code).toBe('transfers.in_use');
    const { allocationId } = allocated.body.line.allocations[0];
    const freed = await act(id, 'take-back', { allocationId });
    expect(freed.body.line).toMatchObject({ state: 'taken_back', allocations: [] });
    expect(await balanceOf(billingAccountId)).toBe(fullYen);
    expect(await potOf(id)).toBe(0);
  });

  test('and is told of first, finds its entry later', async () => {
    const entry = transfer({ amountYen: 54_321 });
    await send(writeFile(fileOf([cancelOf(entry)])));
    const cancellation = await lineOf(cancelOf(entry));
    expect((await view(cancellation)).body.line.state).toBe('unpaired');
    await send(writeFile(fileOf([entry])));
    expect((await view(cancellation)).body.line.state).toBe('cancellation');
    expect((await view(await lineOf(entry))).body.line.state).toBe('taken_back');
  });
});

describe('a correction of a statement', () => {
  const bookedOn = '2026-08-03' as Entry['bookedOn'];
  const deposit = (changes: Partial<Entry> = {}) => transfer({ bookedOn, ...changes });
  const correctionOf = (entry: Entry, changes: Partial<Entry> = {}): Entry => ({
    ...entry,
    reference: String((reference += 1)).padStart(6, '0'),
    isCancelled: true,
    ...changes,
  });
  const sendStatement = (...entries: Entry[]) =>
    send(writeFile(fileOf(entries, { fileKind: 'account_statement' })));

  test('takes the deposit before it back, and nothing is left to allocate', async () => {
    const entry = deposit();
    const correction = correctionOf(entry);
    const sent = await sendStatement(entry, correction);
    expect(sent.status).toBe(201);
    const id = await lineOf(entry);
    expect((await view(id)).body.line).toMatchObject({ state: 'taken_back', leftYen: 0 });
    expect((await view(await lineOf(correction))).body.line.state).toBe('cancellation');
    expect(await potOf(id)).toBe(0);
  });

  test('of money that pays for something waits for a person, as a cancellation does', async () => {
    const entry = deposit({ amountYen: 7_700 });
    await sendStatement(entry);
    const id = await lineOf(entry);
    const { id: billingAccountId } = await book();
    const parts = [{ billingAccountId, amountYen: 7_700 }];
    const allocated = await act(id, 'allocate', { parts });
    await sendStatement(correctionOf(entry, { payerName: '' }));
    expect((await view(id)).body.line.state).toBe('conflict');
    const { allocationId } = allocated.body.line.allocations[0];
    const freed = await act(id, 'take-back', { allocationId });
    expect(freed.body.line).toMatchObject({ state: 'taken_back', allocations: [] });
    expect(await balanceOf(billingAccountId)).toBe(fullYen);
  });

  test('does not take back the deposit of another payer, nor one that came after it', async () => {
    const entry = deposit({ amountYen: 8_800 });
    const later = deposit({ amountYen: 9_900 });
    const [strange, early] = [correctionOf(entry, { payerName: 'ｱｲﾂﾞ ﾊﾅｺ' }), correctionOf(later)];
    expect((await sendStatement(entry, strange, early, later)).status).toBe(201);
    for (const one of [strange, early]) {
      expect((await view(await lineOf(one))).body.line.state).toBe('unpaired');
    }
    expect((await view(await lineOf(later))).body.line.state).toBe('open');
  });

  test('stands in a file with more going out than anybody may own with us', async () => {
    const out = deposit({ isIncoming: false, amountYen: 30_000_000_000 });
    const sent = await sendStatement(deposit({ amountYen: 33_000 }), out);
    expect(sent.body.import).toMatchObject({ totalYen: 33_000, lineCount: 2 });
    expect((await view(await lineOf(out))).body.line).toMatchObject({
      state: 'outgoing',
      amountYen: 30_000_000_000,
    });
  });
});

describe('a cancellation of nothing we know', () => {
  test('waits for a person, and is set aside without moving money', async () => {
    const lost = transfer({ isCancelled: true, amountYen: 4_321 });
    await send(writeFile(fileOf([lost])));
    const id = await lineOf(lost);
    const open = await app.call('/api/transfers', { as: finance });
    expect(open.body.lines.map((line: { id: string }) => line.id)).toContain(id);
    const seen = await act(id, 'ignore', { reason: '元の入金は前の年度です' });
    expect(seen.body.line.state).toBe('cancellation');
    const [row] = await app.sql`select count(*)::int as count from money_events
      where amount_yen in (4321, -4321)`;
    expect(row!['count']).toBe(0);
  });
});

describe('the money of an entry', () => {
  test('pays for the booking it names, with one button', async () => {
    const { id: billingAccountId, number } = await book();
    const { id } = await bring({ message: number });
    const listed = await app.call('/api/transfers', { as: finance });
    const { best } = listed.body.lines.find((line: { id: string }) => line.id === id);
    expect(best).toMatchObject({
      isLikely: true,
      restYen: 0,
      parts: [{ debt: { billingAccountId, number }, amountYen: fullYen }],
    });
    expect(best.reasons).toEqual(expect.arrayContaining(['number', 'balance']));
    const parts = [{ billingAccountId, amountYen: fullYen }];
    const done = await act(id, 'allocate', { parts });
    expect(done.body.line).toMatchObject({
      state: 'done',
      leftYen: 0,
      allocations: [{ number, amountYen: fullYen }],
    });
    expect(await balanceOf(billingAccountId)).toBe(0);
    expect((await act(id, 'allocate', { parts })).body.error.code).toBe('payments.already_used');
  });

  test('pays for the booking of the paper it names, and not for the one of the same number', async () => {
    const [one, other] = [await book(), await book()];
    const issued = await app.call(`/api/bookings/${one.id}/payment-notices`, {
      as: finance,
      json: {},
    });
    expect(issued.status).toBe(201);
    const papers = await app.call(`/api/bookings/${one.id}/documents`, { as: finance });
    const numberOf = (kind: string) =>
      papers.body.documents.find((paper: { kind: string }) => paper.kind === kind)
        ?.number as string;
    for (const message of [numberOf('invoice'), numberOf('payment_notice')]) {
      const { id } = await bring({ message, payerName: 'ﾀﾞﾚｶ' });
      const [best] = (await view(id)).body.line.proposals;
      expect(best).toMatchObject({
        isLikely: true,
        reasons: ['paper', 'balance'],
        parts: [{ debt: { number: one.number } }],
      });
    }
    const message = `${one.number} ${other.number.split('-')[2]!}`;
    const { id } = await bring({ message, amountYen: 2 * fullYen });
    expect((await view(id)).body.line.proposals[0].parts).toHaveLength(2);
  });

  test('ends a voucher that is still open for what it pays', async () => {
    const { id: billingAccountId } = await book();
    const person = { name: '郡山 太郎', email: 'taro@example.jp', phone: '0249478010' };
    const started = await app.call(`/api/bookings/${billingAccountId}/payments`, {
      as: organizer,
      json: { method: 'konbini', ...person },
    });
    expect(started.status).toBe(201);
    const { id } = await bring();
    const done = await act(id, 'allocate', { parts: [{ billingAccountId, amountYen: fullYen }] });
    expect(done.status).toBe(200);
    await app.runJobs();
    const seen = await app.call(`/api/payments/${started.body.attempt.id}`, { as: organizer });
    expect(seen.body.attempt.state).toBe('cancelled');
  });

  test('pays for several bookings in parts, and what is left stays', async () => {
    const [one, other] = [await book(), await book()];
    const { id } = await bring({ amountYen: 2 * fullYen });
    const shared = await act(id, 'allocate', {
      parts: [
        { billingAccountId: one.id, amountYen: fullYen },
        { billingAccountId: other.id, amountYen: 100_000 },
      ],
    });
    expect(shared.body.line).toMatchObject({ state: 'open', leftYen: 117_800 });
    expect(await balanceOf(other.id)).toBe(117_800);
    const back = shared.body.line.allocations.find(
      ({ number }: { number: string }) => number === one.number,
    );
    const freed = await act(id, 'take-back', { allocationId: back.allocationId });
    expect(freed.body.line.leftYen).toBe(117_800 + fullYen);
    expect(await balanceOf(one.id)).toBe(fullYen);
    const again = await act(id, 'take-back', { allocationId: back.allocationId });
    expect(again.body.error.code).toBe('payments.already_used');
  });

  test('never pays more than is owed, nor what is not there', async () => {
    const [one, other] = [await book(), await book()];
    const { id } = await bring({ amountYen: fullYen + 1_000 });
    const pay = (billingAccountId: string, amountYen: number) =>
      act(id, 'allocate', { parts: [{ billingAccountId, amountYen }] });
    const tooMuch = await pay(one.id, fullYen + 1);
    expect(tooMuch.body.error).toMatchObject({
      code: 'transfers.more_than_owed',
      detail: { number: one.number, owedYen: fullYen },
    });
    expect((await pay(one.id, fullYen)).status).toBe(200);
    expect((await pay(other.id, 1_001)).body.error.code).toBe('payments.already_used');
    expect((await pay('bkg_00000000000000000000000000', 1)).body.error.code).toBe(
      'transfers.debt_not_found',
    );
  });

  test('is looked up a booking by its number, as people type it', async () => {
    const { number } = await book();
    const { id } = await bring();
    const find = (text: string) =>
      app.call(`/api/transfers/${id}/debts?number=${encodeURIComponent(text)}`, { as: finance });
    expect((await find(` ${number.toLowerCase()} `)).body.debt).toMatchObject({
      number,
      owedYen: fullYen,
    });
    const [era, prefix, position] = number.split('-') as [string, string, string];
    const short = `${era.replace('0', '').toLowerCase()}－${prefix}－${Number(position)}`;
    expect((await find(short)).body.debt).toMatchObject({ number });
    expect((await find('R08-BP-999999')).body.error.code).toBe('transfers.debt_not_found');
  });

  test('that is no organizer’s is set aside, and taken up again', async () => {
    const { id } = await bring();
    const { id: billingAccountId } = await book();
    const parts = [{ billingAccountId, amountYen: 1 }];
    const aside = await act(id, 'ignore', { reason: '預金利息' });
    expect(aside.body.line).toMatchObject({ state: 'ignored', ignoredReason: '預金利息' });
    expect(await potOf(id)).toBe(0);
    expect((await act(id, 'allocate', { parts })).body.error.code).toBe('transfers.ignored');
    expect((await act(id, 'take-up')).body.line).toMatchObject({ state: 'open', leftYen: fullYen });
    expect(await potOf(id)).toBe(fullYen);
    await act(id, 'allocate', { parts });
    expect((await act(id, 'ignore', { reason: '預金利息' })).body.error.code).toBe(
      'transfers.in_use',
    );
  });

  test('of nobody is proposed for a refund, and is not used meanwhile', async () => {
    const { id } = await bring();
    const { id: billingAccountId } = await book();
    const asked = await act(id, 'refund', { amountYen: fullYen, note: '誤って振り込まれたため' });
    expect(asked.body.line).toMatchObject({ state: 'done', leftYen: 0, refundYen: fullYen });
    const parts = [{ billingAccountId, amountYen: 1 }];
    expect((await act(id, 'allocate', { parts })).body.error.code).toBe('payments.already_used');
    const [refund] = await app.sql`select r.reason, r.state from refunds r
      join bank_lines l on l.payment_id = r.payment_id where l.id = ${id}`;
    expect(refund).toMatchObject({ reason: 'unmatched', state: 'proposed' });
  });
});

describe('a payment that is a little short', () => {
  /** An entry of so much less than the booking owes, allocated with what is then left taken off. */
  const payShort = async (billingAccountId: string, shortYen: number, rebateYen = shortYen) => {
    const amountYen = fullYen - shortYen;
    const { id } = await bring({ amountYen });
    const parts = [{ billingAccountId, amountYen, rebateYen }];
    return { id, done: await act(id, 'allocate', { parts }) };
  };

  test('is settled by the clerk who allocates it, up to the limit, with a credit note of its tax', async () => {
    const { id: billingAccountId } = await book();
    const { id, done } = await payShort(billingAccountId, 440);
    expect(done.status).toBe(200);
    expect(done.body.line).toMatchObject({
      state: 'done',
      rebateLimit: { yenMost: 1_000, publication: 'provisional' },
      allocations: [{ amountYen: fullYen - 440, rebateYen: 440 }],
    });
    expect(await balanceOf(billingAccountId)).toBe(0);
    await app.runJobs();
    const { documents } = (
      await app.call(`/api/bookings/${billingAccountId}/documents`, { as: finance })
    ).body;
    const notes = documents.filter(({ kind }: { kind: string }) => kind === 'credit_note');
    expect(notes).toHaveLength(1);

    const { allocationId } = done.body.line.allocations[0];
    await act(id, 'take-back', { allocationId });
    expect(await balanceOf(billingAccountId)).toBe(fullYen);
  });

  test('is not settled by one person beyond the limit', async () => {
    const { id: billingAccountId } = await book();
    const { done } = await payShort(billingAccountId, 1_001);
    expect([done.status, done.body.error]).toMatchObject([
      422,
      {
        code: 'transfers.rebate_too_large',
        detail: { mostYen: 1_000 },
        fields: [{ path: 'parts.0.rebateYen' }],
      },
    ]);
    expect(await balanceOf(billingAccountId)).toBe(fullYen);
  });

  test('owes nothing again for a charge that was reversed meanwhile', async () => {
    const { id: billingAccountId } = await book();
    const { id, done } = await payShort(billingAccountId, 440);
    await app.runJobs();
    const { booking } = (await app.call(`/api/bookings/${billingAccountId}`, { as: manager })).body;
    const ended = { version: booking.version, reason: '災害', ground: 'force_majeure' };
    const { status } = await app.call(`/api/bookings/${billingAccountId}/cancel`, {
      as: manager,
      json: ended,
    });
    expect(status).toBe(200);
    await app.runJobs();
    const proposed =
      await app.sql`select id from refunds where billing_account_id = ${billingAccountId}`;
    for (const refund of proposed) {
      const path = `/api/refunds/${refund['id'] as string}/reject`;
      await app.call(path, { as: manager, json: { reason: '別の予約に充てるため' } });
    }
    const { allocationId } = done.body.line.allocations[0];
    expect((await act(id, 'take-back', { allocationId })).status).toBe(200);
    const [{ yen } = {}] = await app.sql`select coalesce(sum(e.amount_yen), 0)::int as yen
      from money_events e join charges c on c.id = e.charge_id
      where c.billing_account_id = ${billingAccountId}
        and e.kind in ('charged', 'charge_reduced', 'charge_reversed', 'rebated')`;
    expect(yen).toBe(0);
  });

  test('is settled by exactly what is left, or by nothing', async () => {
    const { id: billingAccountId, number } = await book();
    for (const rebateYen of [439, 441]) {
      const { done } = await payShort(billingAccountId, 440, rebateYen);
      expect([done.status, done.body.error]).toMatchObject([
        409,
        { code: 'transfers.rebate_not_the_rest', detail: { number, restYen: 440 } },
      ]);
    }
    expect(await balanceOf(billingAccountId)).toBe(fullYen);
  });

  test('cannot be settled beyond the limit in the database either', async () => {
    const { id: billingAccountId } = await book();
    await payShort(billingAccountId, 1_000);
    const again = app.sql`insert into money_events
      select (e).* from (
        select jsonb_populate_record(m, ${app.sql.json({ id: 'mev_twice', cause: 'rebated:allocation:all_x:chg_x', amount_yen: -1 })}) as e
        from money_events m
        where m.billing_account_id = ${billingAccountId} and m.kind = 'rebated' limit 1) one`;
    await expect(again).rejects.toMatchObject({ constraint_name: 'rebates_within_limit' });
  });

  test.each([
    [499, 0],
    [500, 1],
  ])('of %i yen is dunned %i times', async (shortYen, times) => {
    const { id: billingAccountId } = await book();
    const amountYen = fullYen - shortYen;
    const { id } = await bring({ amountYen });
    await act(id, 'allocate', { parts: [{ billingAccountId, amountYen }] });
    app.clock.set('2027-03-20T03:00:00Z');
    await dunOverdue(app.contextOf({ kind: 'job', name: 'receivables.dun' }));
    app.clock.set(testNow);
    const { dunnings } = (await app.call(`/api/bookings/${billingAccountId}/debt`, { as: finance }))
      .body;
    expect(dunnings).toHaveLength(times);
  });
});

describe('entries of the bank', () => {
  test('are finance’s of the venue only', async () => {
    const { id } = await bring();
    expect((await view(id, elsewhere)).body.error.code).toBe('transfers.unknown');
    expect((await view(id, desk)).status).toBe(404);
    expect((await view(id, organizer)).status).toBe(404);
    expect((await view('bln_unknown')).status).toBe(404);
    expect((await act(id, 'ignore', { reason: 'x' }, desk)).status).toBe(404);
    for (const path of ['', '/imports', '/accounts']) {
      expect((await app.call(`/api/transfers${path}`, { as: desk })).status).toBe(403);
      expect((await app.call(`/api/transfers${path}`, { as: organizer })).status).toBe(403);
    }
    const other = await app.call('/api/transfers?view=all', { as: elsewhere });
    expect(other.body.total).toBe(0);
    const accounts = await app.call('/api/transfers/accounts', { as: elsewhere });
    expect(accounts.body.accounts).toMatchObject([{ venueId: 'corasse' }]);
  });

  test('are listed by what became of them', async () => {
    const totals = await Promise.all(
      ['open', 'done', 'aside', 'all'].map(async (name) => {
        const { body } = await app.call(`/api/transfers?view=${name}`, { as: finance });
        return body.total as number;
      }),
    );
    expect(totals[0]! + totals[1]! + totals[2]!).toBe(totals[3]);
    expect(Math.min(...totals)).toBeGreaterThan(0);
  });

  test('are found by payer, amount, day and number, however they are typed', async () => {
    const { id: billingAccountId, number } = await book();
    const { id } = await bring({ payerName: 'ｻｶﾞｽ ﾋﾄ', amountYen: 43_210 });
    await act(id, 'allocate', { parts: [{ billingAccountId, amountYen: 43_210 }] });
    const find = async (query: Record<string, string>) => {
      const asked = new URLSearchParams({ view: 'all', ...query }).toString();
      const { body } = await app.call(`/api/transfers?${asked}`, { as: finance });
      return body.lines.map((line: { id: string }) => line.id) as string[];
    };
    const day = { from: '2026-11-20', to: '2026-11-20' };
    for (const query of [
      { query: 'さがすひと' },
      { query: 'サガス　ヒト', amount: '４３，２１０円' },
      { query: number.toLowerCase(), amount: '43210', ...day },
    ]) {
      expect(await find(query as Record<string, string>)).toEqual([id]);
    }
    expect(await find({ query: 'さがすひと', amount: '1' })).toEqual([]);
    expect(await find({ query: 'さがすひと', to: '2026-11-19' })).toEqual([]);
    const refused = await app.call('/api/transfers?amount=abc', { as: finance });
    expect(refused.body.error.fields).toMatchObject([{ path: 'amount' }]);
  });

  test('and the ledger agree to the yen', async () => {
    const [row] = await app.sql`select
      (select coalesce(sum(amount_yen), 0)::int from payments where cause like 'bank_line:%') as received,
      (select coalesce(sum(l.amount_yen), 0)::int from bank_lines l
        where l.is_incoming and not l.is_cancelled) as told`;
    expect(row!['received']).toBe(row!['told']);
  });
});
