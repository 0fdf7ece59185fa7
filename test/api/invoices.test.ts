import { eq, inArray } from 'drizzle-orm';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { documents } from '#db/schema/documents.ts';
import { invoiceCharges } from '#db/schema/invoices.ts';
import { mails } from '#db/schema/outbox.ts';
import { taxInside } from '#api/shared/money.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;
let desk: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  stranger = await house.organizer('会津写真愛好会');
  manager = await house.staff('manager');
  desk = await house.staff('desk');
});

afterAll(() => house.close());

const approvedOn = async (date: string, as = organizer, configuration = 'a') => {
  const uses = [{ room: 'exhibition-hall', configuration, date, band: 'daytime' }];
  const json = askHold(as.organizationId, { uses, title: `見本市 ${date}` });
  const { body } = await house.call('/api/bookings', { as, json });
  const { id } = body.booking;
  for (const [step, who] of [['request', as] as const, ['approve', manager] as const]) {
    const known = await house.call(`/api/bookings/${id}`, { as: manager });
    const { version } = known.body.booking;
    const { status } = await house.call(`/api/bookings/${id}/${step}`, {
      as: who,
      json: { version },
    });
    expect(status).toBe(200);
  }
  await house.runJobs();
  return id as string;
};

const chargesOf = async (as: Person, organizationId = organizer.organizationId) => {
  const query = new URLSearchParams({ venue: 'big-palette', organization: organizationId });
  return house.call(`/api/invoices/charges?${query.toString()}`, { as });
};

const invoiceOver = async (bookingIds: readonly string[], as: Person = manager) => {
  const { body } = await chargesOf(as);
  const chosen = body.charges.filter((charge: { billingAccountId: string }) =>
    bookingIds.includes(charge.billingAccountId),
  );
  const json = {
    venue: 'big-palette',
    organization: organizer.organizationId,
    chargeIds: chosen.map(({ chargeId }: { chargeId: string }) => chargeId),
  };
  return { ...(await house.call('/api/invoices', { as, json })), chosen, json };
};

const papersOf = async (bookingId: string, kind: string) => {
  const { body } = await house.call(`/api/bookings/${bookingId}/documents`, { as: manager });
  return body.documents.filter((paper: { kind: string }) => paper.kind === kind) as {
    id: string;
    number: string;
    reissues: unknown[];
  }[];
};

const contentOf = async (id: string) => {
  const [row] = await house.house.database.db.select().from(documents).where(eq(documents.id, id));
  return row!;
};

const textOf = async (id: string, as: Person = manager, query = '') => {
  const response = await house.app.request(`/api/documents/${id}.pdf${query}`, {
    headers: { cookie: as.cookie },
  });
  expect(response.status).toBe(200);
  const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
  const { text } = await extractText(pdf, { mergePages: true });
  return text.normalize('NFKC').replace(/\s+/g, '');
};

const standingOf = async (documentId: string) => {
  const { verificationCode } = await contentOf(documentId);
  const { status, body } = await house.call(`/api/documents/verifications/${verificationCode}`);
  expect(status).toBe(200);
  return body.document;
};

describe('a combined invoice', () => {
  it('asks once for many bookings, with all six items and one tax per rate', async () => {
    const bookings = [await approvedOn('2027-01-12'), await approvedOn('2027-01-13')];
    const { status, body, chosen } = await invoiceOver(bookings, desk);
    expect([status, chosen.length]).toEqual([201, 2]);
    const { invoice } = body;
    expect(invoice).toMatchObject({
      totalYen: 435_600,
      chargeCount: 2,
      voidedAt: null,
      mayVoid: true,
    });
    expect(invoice.taxes).toEqual([
      { taxRateBp: 1_000, totalYen: 435_600, taxYen: taxInside(435_600) },
    ]);
    await house.runJobs();
    for (const booking of bookings) expect(await papersOf(booking, 'invoice')).toHaveLength(2);
    const paper = (await papersOf(bookings[0]!, 'invoice')).at(-1)!;
    const text = await textOf(paper.id, organizer);
    for (const item of [
      '合算請求書',
      '郡山見本市実行委員会',
      '登録番号',
      '令和9年1月12日(火)から令和9年1月13日(水)まで',
      '435,600',
      '10%対象(税込)',
      '39,600円',
      '見本市2027-01-13',
      '確認コード',
    ]) {
      expect(text).toContain(item);
    }
    const told = await house.house.database.db
      .select()
      .from(mails)
      .where(eq(mails.topic, 'documents.issued'));
    expect(told.some(({ subject }) => subject.includes('合算請求書'))).toBe(true);
    const [single] = await papersOf(bookings[0]!, 'invoice');
    expect(await standingOf(single!.id)).toMatchObject({
      standing: 'replaced',
      replacedBy: paper.number,
    });
  });

  it('takes each charge once; voided it gives them back and stays on record', async () => {
    const booking = await approvedOn('2027-01-14');
    const { body, json } = await invoiceOver([booking], organizer);
    await house.runJobs();
    const again = await house.call('/api/invoices', { as: manager, json });
    expect([again.status, again.body.error.code]).toEqual([409, 'invoices.already_invoiced']);
    const path = `/api/invoices/${body.invoice.id}/void`;
    const refused = await house.call(path, { as: organizer, json: {} });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'accounts.forbidden']);
    const voided = await house.call(path, { as: desk, json: {} });
    expect(voided.body.invoice).toMatchObject({ mayVoid: false, totalYen: 217_800 });
    const twice = await house.call(path, { as: desk, json: {} });
    expect([twice.status, twice.body.error.code]).toEqual([409, 'invoices.already_voided']);
    const paper = (await papersOf(booking, 'invoice')).at(-1)!;
    expect(await standingOf(paper.id)).toMatchObject({ standing: 'voided' });
    expect((await invoiceOver([booking])).status).toBe(201);
    const entries = await house.house.database.db
      .select()
      .from(auditEntries)
      .where(inArray(auditEntries.action, ['invoices.issue', 'invoices.void']));
    expect(entries.length).toBeGreaterThanOrEqual(4);
  });

  it('takes nothing that was paid, or that is another’s', async () => {
    const booking = await approvedOn('2027-01-15');
    const { chosen } = await invoiceOver([]);
    expect(chosen).toEqual([]);
    const before = (await chargesOf(manager)).body.charges as {
      billingAccountId: string;
      chargeId: string;
    }[];
    const { chargeId } = before.find(({ billingAccountId }) => billingAccountId === booking)!;
    const paid = await house.call(`/api/bookings/${booking}/payments`, {
      as: manager,
      json: { method: 'cash' },
    });
    expect(paid.status).toBe(201);
    const json = {
      venue: 'big-palette',
      organization: organizer.organizationId,
      chargeIds: [chargeId],
    };
    const late = await house.call('/api/invoices', { as: manager, json });
    expect([late.status, late.body.error.code]).toEqual([409, 'invoices.charge_not_open']);
    const others = await house.call('/api/invoices', {
      as: stranger,
      json: { ...json, organization: stranger.organizationId },
    });
    expect([others.status, others.body.error.code]).toEqual([409, 'invoices.charge_not_open']);
  });

  it('of two who ask at the same moment, one gets it', async () => {
    const booking = await approvedOn('2027-01-16');
    const answers = await Promise.all([invoiceOver([booking]), invoiceOver([booking], organizer)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const live = await house.house.database.db
      .select()
      .from(invoiceCharges)
      .where(eq(invoiceCharges.chargeId, answers[0]!.chosen[0].chargeId));
    expect(live.filter(({ isLive }) => isLive)).toHaveLength(1);
  });

  it('is seen by its organizer and the staff of its venue only', async () => {
    const booking = await approvedOn('2027-01-17');
    const { body } = await invoiceOver([booking]);
    const path = `/api/invoices/${body.invoice.id}`;
    const elsewhere = await house.staff('manager', 'corasse');
    for (const as of [stranger, elsewhere]) {
      const seen = await house.call(path, { as });
      expect([seen.status, seen.body.error.code]).toEqual([404, 'invoices.unknown']);
      expect((await chargesOf(as)).status).toBe(404);
      expect((await house.call('/api/invoices', { as })).body.invoices).toEqual([]);
    }
    expect((await house.call(path, { as: organizer })).body.invoice.lines).toHaveLength(1);
    const list = await house.call('/api/invoices?venue=big-palette', { as: organizer });
    expect(list.body.invoices[0].id).toBe(body.invoice.id);
    expect((await house.call('/api/invoices/inv_1', { as: manager })).status).toBe(404);
  });
});

describe('money that is no longer owed', () => {
  it('of an unpaid booking is given back on paper at once, tax included', async () => {
    const booking = await approvedOn('2027-01-19');
    const path = `/api/bookings/${booking}/cancel`;
    const known = await house.call(`/api/bookings/${booking}`, { as: manager });
    const cancelled = await house.call(path, {
      as: manager,
      json: { version: known.body.booking.version, reason: '主催者の都合', ground: 'operator' },
    });
    expect(cancelled.status).toBe(200);
    await house.runJobs();
    const [invoice] = await papersOf(booking, 'invoice');
    const notes = await papersOf(booking, 'credit_note');
    expect(notes).toHaveLength(1);
    const [before, note] = [await contentOf(invoice!.id), await contentOf(notes[0]!.id)];
    const taxesOf = (row: typeof before) => (row.content as { taxes: unknown }).taxes;
    expect(taxesOf(note)).toEqual(taxesOf(before));
    const text = await textOf(notes[0]!.id);
    for (const item of ['適格返還請求書', '返還年月日', 'もとの取引年月日', invoice!.number]) {
      expect(text).toContain(item);
    }
    expect(await standingOf(invoice!.id)).toMatchObject({ standing: 'voided' });
  });
});

describe('papers on request', () => {
  it('a quotation is the promised price until the hold ends, the same paper all day', async () => {
    const uses = [
      { room: 'exhibition-hall', configuration: 'a', date: '2027-01-20', band: 'daytime' },
    ];
    const json = askHold(organizer.organizationId, { uses });
    const { body } = await house.call('/api/bookings', { as: organizer, json });
    const path = `/api/bookings/${body.booking.id}/quotations`;
    const made = await house.call(path, { as: organizer, json: {} });
    expect([made.status, made.body.document.number]).toEqual([201, expect.stringMatching(/-Q-/)]);
    const again = await house.call(path, { as: desk, json: {} });
    expect(again.body.document.id).toBe(made.body.document.id);
    const text = await textOf(made.body.document.id, organizer);
    for (const item of ['見積書', '有効期限', '217,800', '19,800円']) expect(text).toContain(item);
    expect((await house.call(path, { as: stranger, json: {} })).status).toBe(404);
    const version = { version: body.booking.version };
    await house.call(`/api/bookings/${body.booking.id}/withdraw`, { as: organizer, json: version });
    const late = await house.call(path, { as: organizer, json: {} });
    expect([late.status, late.body.error.code]).toEqual([409, 'documents.no_longer_offered']);
  });

  it('a payment notice says what is to be paid by when; a slip is for the part due next', async () => {
    const booking = await approvedOn('2027-01-21');
    const notice = await house.call(`/api/bookings/${booking}/payment-notices`, {
      as: organizer,
      json: {},
    });
    expect(notice.status).toBe(201);
    expect(await textOf(notice.body.document.id)).toContain('納入通知書');
    const path = `/api/bookings/${booking}/payment-slips`;
    const refused = await house.call(path, { as: organizer, json: {} });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'accounts.forbidden']);
    const slips = [];
    for (const as of [desk, desk]) slips.push(await house.call(path, { as, json: {} }));
    const [first, second] = slips.map(({ body }) => body.document.id as string);
    const digits = [];
    for (const id of [first!, second!]) {
      digits.push((await contentOf(id)).content as { slipDigits: string });
    }
    expect(digits[0]!.slipDigits).toMatch(/^91900000\d{21}0\d{6}0217800\d$/);
    expect(digits[1]!.slipDigits).toMatch(/^91900000\d{21}1\d{6}0217800\d$/);
    const text = await textOf(first!);
    expect(text).toContain('払込期限');
    expect(text).toContain(digits[0]!.slipDigits.slice(2));
    expect(await standingOf(first!)).toMatchObject({ standing: 'replaced' });
    const cash = { as: manager, json: { method: 'cash' } };
    await house.call(`/api/bookings/${booking}/payments`, cash);
    for (const kind of ['payment-slips', 'payment-notices']) {
      const late = await house.call(`/api/bookings/${booking}/${kind}`, {
        as: desk,
        json: {},
      });
      expect([late.status, late.body.error.code]).toEqual([409, 'documents.nothing_due']);
    }
  });

  it('a great sum has a notice of its parts, and a slip for the first of them', async () => {
    const booking = await approvedOn('2027-03-10', organizer, 'all');
    const [notice] = await papersOf(booking, 'payment_notice');
    const text = await textOf(notice!.id);
    for (const item of ['納入通知書', '第1回', '第2回', '振込先']) expect(text).toContain(item);
    const path = `/api/bookings/${booking}/payment-slips`;
    const slip = await house.call(path, { as: desk, json: {} });
    expect(slip.status).toBe(201);
  });

  it('a slip above 300,000 yen is refused, and one nobody collects for', async () => {
    const booking = await approvedOn('2027-01-22', organizer, 'all');
    const path = `/api/bookings/${booking}/payment-slips`;
    const high = await house.call(path, { as: desk, json: {} });
    expect([high.status, high.body.error.code]).toEqual([422, 'documents.slip_too_high']);
    const real = await openTestApp({ settings: { isDemonstration: false } });
    try {
      const cheap = await approvedOn('2027-01-23');
      const uncollected = await real.call(`/api/bookings/${cheap}/payment-slips`, {
        as: desk,
        json: {},
      });
      expect([uncollected.status, uncollected.body.error.code]).toEqual([
        422,
        'documents.slip_not_contracted',
      ]);
    } finally {
      await real.close();
    }
  });
});

describe('a paper in somebody’s hand', () => {
  it('can be verified by anybody, who learns no name', async () => {
    const booking = await approvedOn('2027-01-24');
    const [invoice] = await papersOf(booking, 'invoice');
    const document = await standingOf(invoice!.id);
    expect(document).toMatchObject({
      standing: 'valid',
      number: invoice!.number,
      amountYen: 217_800,
      recipientMasked: '郡●●● 御中',
      reissuedCount: 0,
    });
    expect(JSON.stringify(document)).not.toContain('郡山見本市');
    const unknown = await house.call('/api/documents/verifications/00000-00000-00000-00000');
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'documents.unknown_code']);
  });

  it('is handed out again with a mark; the original stays as it is', async () => {
    const booking = await approvedOn('2027-01-25');
    const [invoice] = await papersOf(booking, 'invoice');
    const path = `/api/documents/${invoice!.id}/reissue`;
    const json = { reason: '紛失のため' };
    const refused = await house.call(path, { as: organizer, json });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'accounts.forbidden']);
    for (const position of [1, 2]) {
      const { status, body } = await house.call(path, { as: desk, json });
      expect([status, body.position]).toEqual([201, position]);
    }
    expect(await textOf(invoice!.id, organizer)).not.toContain('再発行');
    expect(await textOf(invoice!.id, organizer, '?reissue=1')).toContain('再発行令和8年11月24日');
    const third = await house.call(`/api/documents/${invoice!.id}.pdf?reissue=3`, { as: desk });
    expect([third.status, third.body.error.code]).toEqual([404, 'documents.unknown']);
    expect((await papersOf(booking, 'invoice'))[0]!.reissues).toHaveLength(2);
    expect((await standingOf(invoice!.id)).reissuedCount).toBe(2);
  });

  it('stands in the list of its organizer, by kind', async () => {
    const { body } = await house.call('/api/documents?kind=quotation', { as: organizer });
    expect(body.documents.length).toBeGreaterThan(0);
    expect(new Set(body.documents.map(({ kind }: { kind: string }) => kind))).toEqual(
      new Set(['quotation']),
    );
    expect((await house.call('/api/documents', { as: stranger })).body.total).toBe(0);
    expect((await house.call('/api/documents', { as: desk })).body.total).toBeGreaterThan(10);
  });
});
