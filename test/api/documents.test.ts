import { eq, sql } from 'drizzle-orm';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf } from '#db/client.server.ts';
import { documents } from '#db/schema/documents.ts';
import { mails } from '#db/schema/outbox.ts';
import { charges, paymentAttempts } from '#db/schema/payments.ts';
import { venueIssuers } from '#db/schema/venues.ts';
import { documentsJobs } from '#api/documents/jobs.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  stranger = await house.organizer('会津写真愛好会');
  manager = await house.staff('manager');
  await house.house.database.db.insert(venueIssuers).values({
    venueId: 'big-palette',
    effectiveFrom: '2026-11-24',
    name: '公益財団法人福島県産業振興センター',
    address: '福島県福島市三河南町1番20号',
    registrationNumber: 'T1234567890123',
    publication: 'published',
    source: '試験',
  });
});

afterAll(() => house.close());

const step = async (id: string, name: string, as: Person, json: object) => {
  const { status, body } = await house.call(`/api/bookings/${id}/${name}`, { as, json });
  expect(status).toBe(200);
  return body.booking;
};

const requestedOn = async (date: string) => {
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const json = askHold(organizer.organizationId, { uses });
  const { body } = await house.call('/api/bookings', { as: organizer, json });
  return step(body.booking.id, 'request', organizer, { version: 1 });
};

const approvedOn = async (date: string) => {
  const requested = await requestedOn(date);
  return step(requested.id, 'approve', manager, { version: requested.version });
};

const asJob = () => house.contextOf({ kind: 'job', name: 'documents.test' });

const issuePapers = (bookingId: string) =>
  documentsJobs['documents.issue_papers'](asJob(), { bookingId });

const paperedOn = async (date: string) => {
  const booking = await approvedOn(date);
  await issuePapers(booking.id);
  return booking;
};

const paidOn = async (date: string) => {
  const booking = await paperedOn(date);
  const path = `/api/bookings/${booking.id}/payments`;
  const { status, body } = await house.call(path, { as: manager, json: { method: 'cash' } });
  expect(status).toBe(201);
  await house.runJobs();
  return { booking, attemptId: body.attempt.id };
};

const listOf = async (bookingId: string, as: Person = organizer) => {
  const { body } = await house.call(`/api/bookings/${bookingId}/documents`, { as });
  return body.documents as { id: string; kind: string; number: string; issuedAt: string }[];
};

const fetchPdf = async (documentId: string, as: Person = organizer) => {
  const response = await house.app.request(`/api/documents/${documentId}.pdf`, {
    headers: { cookie: as.cookie },
  });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
};

const textOf = async (bytes: Uint8Array) => {
  const pdf = await getDocumentProxy(bytes.slice());
  const { text } = await extractText(pdf, { mergePages: true });
  return text.normalize('NFKC').replace(/\s+/g, '');
};

const paperOf = async (bookingId: string, kind: string) => {
  const found = (await listOf(bookingId)).find((document) => document.kind === kind);
  const { bytes } = await fetchPdf(found!.id);
  return { ...found!, bytes, text: await textOf(bytes) };
};

describe('papers of an approval', () => {
  it('are an approval letter and an invoice, numbered per year, venue and kind', async () => {
    const booking = await approvedOn('2027-01-12');
    await house.runJobs();
    const issued = await listOf(booking.id);
    expect(issued.map(({ kind }) => kind).sort()).toEqual(['approval_letter', 'invoice']);
    const numbers = issued.map(({ number }) => number).sort();
    expect(numbers[0]).toMatch(/^R08-BP-A-\d{6}$/);
    expect(numbers[1]).toMatch(/^R08-BP-I-\d{6}$/);
  });

  it('are issued once, however often the job runs, and the organizer is told once', async () => {
    const booking = await paperedOn('2027-01-13');
    await issuePapers(booking.id);
    await Promise.all([issuePapers(booking.id), issuePapers(booking.id)]);
    expect(await listOf(booking.id)).toHaveLength(2);
    const sent = await house.house.database.db
      .select()
      .from(mails)
      .where(eq(mails.subjectId, booking.id));
    const told = sent.filter(({ topic }) => topic === 'documents.issued');
    expect(told).toHaveLength(1);
    expect(told[0]!.body).toContain(`http://localhost:3000/bookings/${booking.id}`);
  });

  it('are numbered without gaps', async () => {
    const bookings = [await paperedOn('2027-01-14'), await paperedOn('2027-01-15')];
    const counted = await Promise.all(
      bookings.map(async ({ id }) => Number((await paperOf(id, 'invoice')).number.slice(-6))),
    );
    expect(counted[1]).toBe(counted[0]! + 1);
  });

  it('ask the amount that was charged, and make the charge if nobody has yet', async () => {
    const booking = await approvedOn('2027-01-16');
    await issuePapers(booking.id);
    const { body } = await house.call(`/api/bookings/${booking.id}/payments`, { as: organizer });
    expect(body.charge.amountYen).toBe(217_800);
    expect(await listOf(booking.id)).toHaveLength(2);
  });

  it('are not issued for a booking that is not approved', async () => {
    const booking = await requestedOn('2027-01-17');
    await issuePapers(booking.id);
    expect(await listOf(booking.id)).toEqual([]);
  });
});

describe('an invoice as PDF', () => {
  it('shows the six items of a qualified invoice', async () => {
    const booking = await paperedOn('2027-01-18');
    const { text, number } = await paperOf(booking.id, 'invoice');
    expect(text).toContain('請求書');
    expect(text).toContain(number);
    expect(text).toContain('郡山見本市実行委員会');
    expect(text).toContain('御中');
    expect(text).toContain('公益財団法人福島県産業振興センター');
    expect(text).toContain('登録番号T1234567890123');
    expect(text).toContain('令和9年1月18日(月)');
    expect(text).toContain('217,800');
    expect(text).toContain('10%対象(税込)');
    expect(text).toContain('19,800円');
    expect(text).toContain('令和8年11月24日');
  });

  it('carries its fonts and is the same file every time', async () => {
    const booking = await paperedOn('2027-01-19');
    const { id, bytes } = await paperOf(booking.id, 'invoice');
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw).toMatch(/\/FontFile2/);
    expect(raw).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansJP-Bold/);
    expect(bytes.length).toBeLessThan(200_000);
    const again = await fetchPdf(id);
    expect(Buffer.compare(Buffer.from(bytes), Buffer.from(again.bytes))).toBe(0);
  });

  it('is served inline under its own name and kept by nobody in between', async () => {
    const booking = await paperedOn('2027-01-20');
    const { id, number } = await paperOf(booking.id, 'invoice');
    const { headers } = (await fetchPdf(id)).response;
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('cache-control')).toBe('no-store');
    const name = encodeURIComponent(`請求書_${number}.pdf`);
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="${number}.pdf"; filename*=UTF-8''${name}`,
    );
  });
});

describe('other papers as PDF', () => {
  it('an approval letter names the room, the time and the fee', async () => {
    const booking = await paperedOn('2027-01-21');
    const { text } = await paperOf(booking.id, 'approval_letter');
    expect(text).toContain('使用承認書');
    expect(text).toContain('多目的展示ホール');
    expect(text).toContain('9:00〜17:00');
    expect(text).toContain('217,800円(うち消費税19,800円)');
    expect(text).not.toContain('登録番号');
  });

  it('a receipt notes the way of payment and that no stamp is needed', async () => {
    const { booking, attemptId } = await paidOn('2027-01-22');
    await documentsJobs['documents.issue_receipt'](asJob(), { attemptId });
    const { text, number } = await paperOf(booking.id, 'receipt');
    expect(number).toMatch(/^R08-BP-R-\d{6}$/);
    expect(text).toContain('領収書');
    expect(text).toContain('支払方法現金');
    expect(text).toContain('217,800');
    expect(text).toContain('電子発行のため収入印紙は不要です');
    expect((await listOf(booking.id)).filter(({ kind }) => kind === 'receipt')).toHaveLength(1);
  });

  it('there is no receipt for money that has not arrived', async () => {
    const unknown = { attemptId: house.house.newId('attempt') };
    await expect(documentsJobs['documents.issue_receipt'](asJob(), unknown)).rejects.toThrow(
      'payments.unknown',
    );
    const booking = await paperedOn('2027-01-26');
    const attemptId = house.house.newId('attempt');
    const [charge] = await house.house.database.db
      .select()
      .from(charges)
      .where(eq(charges.billingAccountId, booking.id));
    await house.house.database.db.insert(paymentAttempts).values({
      id: attemptId,
      chargeId: charge!.id,
      billingAccountId: booking.id,
      method: 'konbini',
      state: 'pending',
      amountYen: charge!.amountYen,
      createdAt: house.clock.now(),
      updatedAt: house.clock.now(),
    });
    const pending = documentsJobs['documents.issue_receipt'](asJob(), { attemptId });
    await expect(pending).rejects.toThrow('no receipt');
  });

  it('a refusal letter gives reason, ground and remedies', async () => {
    const requested = await requestedOn('2027-01-23');
    await step(requested.id, 'refuse', manager, {
      version: requested.version,
      reason: '施設を損傷するおそれがあるため',
      ground: '福島県産業交流館条例',
    });
    await house.runJobs();
    const { text, number } = await paperOf(requested.id, 'refusal_letter');
    expect(number).toMatch(/^R08-BP-F-\d{6}$/);
    expect(text).toContain('不承認通知書');
    expect(text).toContain('施設を損傷するおそれがあるため');
    expect(text).toContain('福島県産業交流館条例');
    expect(text).toContain('審査請求');
  });
});

describe('whose papers they are', () => {
  it('the organizer and the staff of the venue read them, nobody else', async () => {
    const booking = await paperedOn('2027-01-24');
    const [paper] = await listOf(booking.id);
    const elsewhere = await house.staff('manager', 'corasse');
    expect((await fetchPdf(paper!.id, manager)).response.status).toBe(200);
    for (const as of [stranger, elsewhere]) {
      const file = await house.call(`/api/documents/${paper!.id}.pdf`, { as });
      expect([file.status, file.body.error.code]).toEqual([404, 'documents.unknown']);
      const list = await house.call(`/api/bookings/${booking.id}/documents`, { as });
      expect([list.status, list.body.error.code]).toEqual([404, 'documents.unknown']);
    }
    expect((await house.call(`/api/documents/${paper!.id}.pdf`)).status).toBe(401);
    expect((await house.call(`/api/bookings/${booking.id}/documents`)).status).toBe(401);
  });

  it.each(['/api/documents/doc_1.pdf', '/api/bookings/bkg_1/documents'])(
    '%s names nothing',
    async (path) => {
      const { status, body } = await house.call(path, { as: manager });
      expect([status, body.error.code]).toEqual([404, 'documents.unknown']);
    },
  );
});

describe('what was issued', () => {
  it('cannot be changed afterwards, and its fingerprint still fits', async () => {
    const booking = await paperedOn('2027-01-25');
    const db = house.house.database.db;
    const change = db
      .update(documents)
      .set({ content: sql`'{}'` })
      .where(eq(documents.bookingId, booking.id));
    await expect(change.catch((error: unknown) => faultOf(error)?.code)).resolves.toBe('23001');
    expect((await paperOf(booking.id, 'invoice')).text).toContain('請求書');
  });
});
