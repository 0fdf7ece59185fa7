import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentsJobs } from '#api/documents/jobs.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { faultOfSql } from '#test/fixtures/sql.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;
let desk: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  manager = await house.staff('manager');
  desk = await house.staff('desk');
});

afterAll(() => house.close());

interface Paper {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly replacedBy: string | null;
}

const asJob = () => house.contextOf({ kind: 'job', name: 'documents.test' });

const step = async (id: string, name: string, as: Person, json: object) => {
  const { status, body } = await house.call(`/api/bookings/${id}/${name}`, { as, json });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.booking;
};

const requestedOn = async (date: string, changes: object = {}, as = organizer) => {
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const json = askHold(as.organizationId, { uses, ...changes });
  const { body } = await house.call('/api/bookings', { as, json });
  return step(body.booking.id, 'request', as, { version: 1 });
};

const approvedOn = async (date: string, changes: object = {}, as = organizer) => {
  const { id, version } = await requestedOn(date, changes, as);
  return step(id, 'approve', manager, { version });
};

const issuePapers = (bookingId: string) =>
  documentsJobs['documents.issue_papers'](asJob(), { bookingId });

const papersOf = async (bookingId: string): Promise<Paper[]> =>
  (await house.call(`/api/bookings/${bookingId}/documents`, { as: desk })).body.documents;

const invoiceOn = async (date: string) => {
  const booking = await approvedOn(date);
  await issuePapers(booking.id);
  const invoice = (await papersOf(booking.id)).find(({ kind }) => kind === 'invoice')!;
  return { booking, invoice };
};

const correct = (id: string, json: object, as: Person = desk) =>
  house.call(`/api/documents/${id}/correct`, { as, json });

const other = { addressee: '郡山見本市実行委員会 経理部', reason: '宛名の申し出' };

const printed = async (id: string): Promise<string> => {
  const response = await house.app.request(`/api/documents/${id}.pdf`, {
    headers: { cookie: desk.cookie },
  });
  expect(response.status).toBe(200);
  const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
  return (await extractText(pdf, { mergePages: true })).text.normalize('NFKC');
};

const codeOf = async (id: string): Promise<string> => {
  const [row] = await house.sql`select verification_code from documents where id = ${id}`;
  return row!['verification_code'] as string;
};

const verified = async (id: string) =>
  (await house.call(`/api/documents/verifications/${await codeOf(id)}`)).body.document;

describe('a paper with a wrong addressee', () => {
  it('is replaced by a corrected one that names it, and says so itself', async () => {
    const { booking, invoice } = await invoiceOn('2027-03-02');
    const { status, body } = await correct(invoice.id, other);
    expect(status).toBe(201);
    const corrected = body.document;
    expect(corrected.number).not.toBe(invoice.number);
    const text = await printed(corrected.id);
    expect(text).toContain('郡山見本市実行委員会 経理部');
    expect(text).toContain('訂正版');
    expect(text).toContain(invoice.number);
    expect(await verified(invoice.id)).toMatchObject({
      standing: 'replaced',
      replacedBy: corrected.number,
    });
    expect((await verified(corrected.id)).standing).toBe('valid');
    const marks = (await papersOf(booking.id))
      .filter(({ kind }) => kind === 'invoice')
      .map(({ number, replacedBy }) => [number, replacedBy]);
    expect(marks).toEqual([
      [invoice.number, corrected.number],
      [corrected.number, null],
    ]);
  });

  it('is replaced once: another correction starts from the one that holds', async () => {
    const { invoice } = await invoiceOn('2027-03-03');
    const first = (await correct(invoice.id, other)).body.document;
    const again = await correct(invoice.id, other);
    expect([again.status, again.body.error.code]).toEqual([409, 'documents.does_not_hold']);
    const second = await correct(first.id, { ...other, addressee: '郡山見本市' });
    expect(second.status).toBe(201);
    expect((await verified(invoice.id)).replacedBy).toBe(second.body.document.number);
    expect((await verified(first.id)).standing).toBe('replaced');
  });

  it('is replaced once however many ask at the same time, and the database forbids a second', async () => {
    const { invoice } = await invoiceOn('2027-03-04');
    const answers = await Promise.all([1, 2, 3, 4].map(() => correct(invoice.id, other)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const fault = await house.sql`
      insert into documents select (jsonb_populate_record(documents, jsonb_build_object(
        'id', 'doc_second', 'number', 'X-1', 'cause', 'x', 'verification_code', 'x'))).*
      from documents where replaces_id = ${invoice.id}`.catch(faultOfSql);
    expect(fault).toMatchObject({ code: '23505' });
  });

  it('follows what it was issued for: a corrected invoice of a charge taken back is void', async () => {
    const { booking, invoice } = await invoiceOn('2027-03-05');
    const { body } = await correct(invoice.id, other);
    await house.sql`update charges set reversed_at = now() where billing_account_id = ${booking.id}`;
    expect((await verified(body.document.id)).standing).toBe('voided');
    const late = await correct(body.document.id, other);
    expect([late.status, late.body.error.code]).toEqual([409, 'documents.does_not_hold']);
  });

  it('is not handed out again once it is replaced', async () => {
    const { invoice } = await invoiceOn('2027-03-06');
    await correct(invoice.id, other);
    const { status, body } = await house.call(`/api/documents/${invoice.id}/reissue`, {
      as: desk,
      json: { reason: '紛失' },
    });
    expect([status, body.error.code]).toEqual([409, 'documents.does_not_hold']);
  });

  it('is corrected by the venue, with a reason and with something to correct', async () => {
    const { invoice } = await invoiceOn('2027-03-07');
    expect((await correct(invoice.id, other, organizer)).status).toBe(403);
    const stranger = await house.organizer('会津写真愛好会');
    expect((await correct(invoice.id, other, stranger)).status).toBe(404);
    const silent = await correct(invoice.id, { addressee: '郡山見本市' });
    expect(silent.body.error.fields[0].path).toBe('reason');
    const nothing = await correct(invoice.id, { reason: '念のため' });
    expect([nothing.status, nothing.body.error.code]).toEqual([
      422,
      'documents.nothing_to_correct',
    ]);
    const [entry] = await house.sql`
      select count(*)::int as entries from audit_entries where action = 'documents.correct'
        and after ->> 'replaces' = ${invoice.number}`;
    expect(entry!['entries']).toBe(0);
  });

  it('prints the organizer as it is called now, where nothing else is said', async () => {
    const person = await house.organizer('まちがった会');
    const booking = await approvedOn('2027-03-08', {}, person);
    await issuePapers(booking.id);
    await house.sql`update organizations set name = 'ただしい会', addressee = 'ただしい会 会計'
      where id = ${person.organizationId}`;
    const [letter, invoice] = await papersOf(booking.id);
    const renamed = await correct(letter!.id, { reason: '名称変更', takesCurrent: true });
    expect(await printed(renamed.body.document.id)).toMatch(/ただしい会\s*御中/);
    const billed = await correct(invoice!.id, { reason: '名称変更', takesCurrent: true });
    expect(await printed(billed.body.document.id)).toContain('ただしい会 会計');
  });
});

describe('a receipt', () => {
  const receiptOn = async (date: string) => {
    const { booking } = await invoiceOn(date);
    const cash = await house.call(`/api/bookings/${booking.id}/payments`, {
      as: desk,
      json: { method: 'cash' },
    });
    expect(cash.status, JSON.stringify(cash.body)).toBe(201);
    await documentsJobs['documents.issue_receipt'](asJob(), { attemptId: cash.body.attempt.id });
    return (await papersOf(booking.id)).find(({ kind }) => kind === 'receipt')!;
  };

  it('is corrected to another addressee and proviso, and never are two valid for the same money', async () => {
    const receipt = await receiptOn('2027-03-10');
    const { body } = await correct(receipt.id, { ...other, proviso: '会場使用料' });
    const text = await printed(body.document.id);
    expect(text).toContain('但し、会場使用料として');
    const standings = [receipt.id, body.document.id].map(
      async (id) => (await verified(id)).standing,
    );
    expect(await Promise.all(standings)).toEqual(['replaced', 'valid']);
  });

  it('can be corrected, a slip for the store cannot: its digits are of its number', async () => {
    const person = await house.organizer('払込票の会');
    const room = { room: 'small-meeting-2-3', configuration: '2', band: 'morning' };
    const uses = [{ ...room, date: '2027-03-09' }];
    const booking = await approvedOn('2027-03-09', { uses }, person);
    await issuePapers(booking.id);
    const path = `/api/bookings/${booking.id}/payment-slips`;
    const made = await house.call(path, { as: desk, json: {} });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const { status, body } = await correct(made.body.document.id, other);
    expect([status, body.error.code]).toEqual([422, 'documents.not_correctable']);
  });

  it('has a proviso, an invoice has none', async () => {
    const { invoice } = await invoiceOn('2027-03-11');
    const { status, body } = await correct(invoice.id, {
      reason: '但し書き',
      proviso: '会場使用料',
    });
    expect([status, body.error.code]).toEqual([422, 'documents.no_proviso']);
    expect(body.error.fields[0].path).toBe('proviso');
  });
});

describe('letters the font of the papers lacks', () => {
  it('are named where a paper is asked for, and no paper with boxes is issued', async () => {
    const booking = await requestedOn('2027-03-12', { title: '春の🎉まつり' });
    const { status, body } = await house.call(`/api/bookings/${booking.id}/quotations`, {
      as: organizer,
      json: {},
    });
    expect([status, body.error.code]).toEqual([422, 'documents.letters_missing']);
    expect(body.error.message).toContain('🎉');
    expect(body.error.message).toContain('春の🎉まつり');
    expect(body.error.detail).toMatchObject({ letters: ['🎉'] });
    expect(await papersOf(booking.id)).toEqual([]);
  });

  it('in a correction name the field', async () => {
    const { invoice } = await invoiceOn('2027-03-13');
    const { body } = await correct(invoice.id, { ...other, addressee: '한글 상사' });
    expect(body.error.code).toBe('documents.letters_missing');
    expect(body.error.fields[0].path).toBe('addressee');
  });

  it('keep the papers of an approval back until they are mended, and the history says why', async () => {
    const booking = await approvedOn('2027-03-14', { title: '🎉の会' });
    await expect(issuePapers(booking.id)).rejects.toMatchObject({
      code: 'documents.letters_missing',
    });
    await expect(issuePapers(booking.id)).rejects.toMatchObject({
      code: 'documents.letters_missing',
    });
    const entries = await house.sql`
      select after from audit_entries
      where subject_id = ${booking.id} and action = 'documents.refuse_issue'`;
    expect(entries.map(({ after }) => after)).toMatchObject([{ letters: ['🎉'] }]);
    await house.sql`update bookings set title = '祝いの会' where id = ${booking.id}`;
    await issuePapers(booking.id);
    expect((await papersOf(booking.id)).map(({ kind }) => kind)).toContain('approval_letter');
  });

  it('are few: names with old forms, signs and variation selectors are printed', async () => {
    const title = '髙﨑𠮷①㈱ ～〜―－ 葛\u{e0100}城 Ærø';
    const booking = await requestedOn('2027-03-15', { title });
    const { status } = await house.call(`/api/bookings/${booking.id}/quotations`, {
      as: organizer,
      json: {},
    });
    expect(status).toBe(201);
  });
});
