import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookingVersions, consents } from '#db/schema/amendments.ts';
import { bookingQuotes, occupancies } from '#db/schema/bookings.ts';
import { mails } from '#db/schema/outbox.ts';
import { adjustCharge } from '#api/booking_charges/actions/adjust.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

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

const meeting = (date: string, more: Record<string, unknown> = {}) => ({
  room: 'exhibition-hall',
  configuration: 'a',
  date,
  band: 'daytime',
  ...more,
});

const hold = async (uses: unknown[], as: Organizer = organizer) => {
  const { status, body } = await house.call('/api/bookings', {
    as,
    json: askHold(as.organizationId, { uses }),
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.booking;
};

interface ShownUse {
  readonly id: string;
  readonly roomId: string;
  readonly configurationId: string;
  readonly usedOn: string;
  readonly bandCode: string;
  readonly phase: string;
}

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly purpose: string;
  readonly attendance: number | null;
  readonly admissionMaxYen: number;
  readonly isCommercial: boolean;
  readonly isPublic: boolean;
  readonly uses: readonly ShownUse[];
}

/** A booking as it is, to be changed from there. */
const askFrom = (booking: Shown, changes: Record<string, unknown> = {}) => ({
  title: booking.title,
  purpose: booking.purpose,
  ...(booking.attendance === null ? {} : { attendance: booking.attendance }),
  admissionMaxYen: booking.admissionMaxYen,
  isCommercial: booking.isCommercial,
  isPublic: booking.isPublic,
  uses: booking.uses.map((use) => useFrom(use)),
  ...changes,
});

const useFrom = (use: ShownUse, changes: Record<string, unknown> = {}) => ({
  id: use.id,
  room: use.roomId,
  configuration: use.configurationId,
  date: use.usedOn,
  band: use.bandCode,
  phase: use.phase,
  ...changes,
});

const amend = (booking: Shown, asked: object, as: Person = organizer, more: object = {}) =>
  house.call(`/api/bookings/${booking.id}/amendments`, {
    as,
    json: { version: booking.version, asked, ...more },
  });

const preview = (booking: Shown, asked: object, as: Person = organizer) =>
  house.call(`/api/bookings/${booking.id}/amendments/preview`, { as, json: { asked } });

const view = async (id: string, as: Person = organizer) =>
  (await house.call(`/api/bookings/${id}`, { as })).body.booking;

const step = (id: string, name: string, as: Person, json: object = {}) =>
  house.call(`/api/bookings/${id}/${name}`, { as, json });

const liveCells = (bookingId: string) =>
  house.house.database.db
    .select()
    .from(occupancies)
    .where(eq(occupancies.bookingId, bookingId))
    .then((rows) => rows.filter(({ releasedAt }) => releasedAt === null));

const consent = { givenBy: '佐藤', channel: 'phone', note: '隣の区画へ移ることを電話で確認' };

describe('changing a held booking', () => {
  it('shows changes and difference before, and takes nothing', async () => {
    const booking = await hold([meeting('2027-02-01')]);
    const asked = askFrom(booking, {
      uses: [useFrom(booking.uses[0], { configuration: 'a+b' }), meeting('2027-02-02')],
    });
    const { status, body } = await preview(booking, asked);
    expect(status).toBe(200);
    expect(body.changes.uses.map(({ kind }: { kind: string }) => kind)).toEqual(['moved', 'added']);
    expect(body.changes.uses[0].before.configurationNameJa).not.toBe('');
    expect(body.oldTotalYen).toBe(booking.quote.totalYen);
    expect(body.differenceYen).toBe(body.quote.totalYen - booking.quote.totalYen);
    expect(body).toMatchObject({ blocked: null, needsApproval: false, needsConsent: false });
    expect(await view(booking.id)).toEqual(booking);
  });

  it('moves, adds and drops uses; cells of what stays keep their rows', async () => {
    const booking = await hold([meeting('2027-02-03'), meeting('2027-02-04')]);
    const before = await liveCells(booking.id);
    const [kept, dropped] = booking.uses;
    const { status, body } = await amend(
      booking,
      askFrom(booking, { title: '春の住宅フェア', uses: [useFrom(kept), meeting('2027-02-05')] }),
    );
    expect([status, body.outcome]).toEqual([200, 'amended']);
    expect(body.booking).toMatchObject({ version: 2, title: '春の住宅フェア', state: 'held' });
    expect(body.booking.uses.map(({ usedOn }: { usedOn: string }) => usedOn)).toEqual([
      '2027-02-03',
      '2027-02-05',
    ]);
    const after = await liveCells(booking.id);
    const rowOf = (rows: typeof before, useId: string) =>
      rows.find((row) => row.useId === useId)?.id;
    expect(rowOf(after, kept.id)).toBe(rowOf(before, kept.id));
    expect(after.some(({ useId }) => useId === dropped.id)).toBe(false);
    const freed = await hold([meeting('2027-02-04')], stranger);
    expect(freed.state).toBe('held');
    const quotes = await house.house.database.db
      .select()
      .from(bookingQuotes)
      .where(eq(bookingQuotes.bookingId, booking.id));
    expect(quotes.map(({ bookingVersion }) => bookingVersion).sort()).toEqual([1, 2]);
  });

  it('costs what was shown: at another price nothing is changed', async () => {
    const booking = await hold([meeting('2027-01-20')]);
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0]), meeting('2027-01-21')] });
    const { quote } = (await preview(booking, asked)).body;
    const refused = await amend(booking, asked, organizer, { totalYen: quote.totalYen - 1 });
    expect([refused.status, refused.body.error.code]).toEqual([
      409,
      'bookings.amendment_price_changed',
    ]);
    const made = await amend(booking, asked, organizer, { totalYen: quote.totalYen });
    expect(made.status).toBe(200);
  });

  it('does not stand in its own way', async () => {
    const booking = await hold([meeting('2027-02-06')]);
    const wider = useFrom(booking.uses[0], { configuration: 'all', band: 'all_day' });
    const { status } = await amend(booking, askFrom(booking, { uses: [wider] }));
    expect(status).toBe(200);
  });

  it('keeps the promised price where only words change', async () => {
    const booking = await hold([meeting('2027-02-08')]);
    const { body } = await amend(booking, askFrom(booking, { title: '別の名前', attendance: 30 }));
    expect(body.differenceYen).toBe(0);
    expect(body.booking.quote).toEqual(booking.quote);
  });

  it('tells the organizer what changed and what it costs', async () => {
    const booking = await hold([meeting('2027-02-09')]);
    const more = askFrom(booking, { uses: [useFrom(booking.uses[0]), meeting('2027-02-10')] });
    await amend(booking, more);
    const rows = await house.house.database.db
      .select()
      .from(mails)
      .where(eq(mails.subjectId, booking.id));
    const mail = rows.find(({ topic }) => topic === 'bookings.amended')!;
    expect(mail.body).toContain('追加：2027年2月10日(水)');
    expect(mail.body).toContain('217,800円の増額');
  });

  it('names what is in the way and leaves the booking as it was', async () => {
    await hold([meeting('2027-02-12')], stranger);
    const booking = await hold([meeting('2027-02-11')]);
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0], { date: '2027-02-12' })] });
    const shown = await preview(booking, asked);
    expect(shown.body.blocked.blocked[0]).toMatchObject({ date: '2027-02-12', state: 'held' });
    const { status, body } = await amend(booking, asked);
    expect([status, body.error.code]).toEqual([409, 'bookings.slot_taken']);
    expect(body.error.detail.alternatives.length).toBeGreaterThan(0);
    expect(await view(booking.id)).toEqual(booking);
  });

  it('gives a freed time to whoever stands in line', async () => {
    const booking = await hold([meeting('2027-02-15'), meeting('2027-02-16')]);
    const option = await house.call('/api/bookings', {
      as: stranger,
      json: {
        ...askHold(stranger.organizationId, { uses: [meeting('2027-02-16')] }),
        mode: 'option',
      },
    });
    expect(option.status).toBe(201);
    await amend(booking, askFrom(booking, { uses: [useFrom(booking.uses[0])] }));
    expect(await view(option.body.booking.id, stranger)).toMatchObject({ state: 'held' });
  });
});

describe('what may not be changed', () => {
  const codeOf = async (answer: ReturnType<typeof amend>) => {
    const { status, body } = await answer;
    return [status, body.error?.code];
  };

  it('from a stale page', async () => {
    const booking = await hold([meeting('2027-03-01')]);
    await amend(booking, askFrom(booking, { title: '一度目' }));
    expect(await codeOf(amend(booking, askFrom(booking, { title: '二度目' })))).toEqual([
      409,
      'bookings.stale_version',
    ]);
  });

  it('by somebody else, who does not learn that it exists', async () => {
    const booking = await hold([meeting('2027-03-02')]);
    for (const path of ['amendments', 'versions', 'looks']) {
      const { status } = await house.call(`/api/bookings/${booking.id}/${path}`, { as: stranger });
      expect(status).toBe(404);
    }
    expect((await amend(booking, askFrom(booking, { title: '乗っ取り' }), stranger)).status).toBe(
      404,
    );
    expect((await preview(booking, askFrom(booking), stranger)).status).toBe(404);
    const split = { version: 1, useIds: [booking.uses[0].id] };
    expect((await step(booking.id, 'split', stranger, split)).status).toBe(404);
    expect((await step(booking.id, 'copy', stranger, { firstDay: '2027-04-01' })).status).toBe(404);
  });

  it('with a use of another booking', async () => {
    const other = await hold([meeting('2027-03-03')], stranger);
    const booking = await hold([meeting('2027-03-04')]);
    const asked = askFrom(booking, { uses: [useFrom(other.uses[0])] });
    expect(await codeOf(amend(booking, asked))).toEqual([404, 'bookings.unknown_use']);
  });

  it('when nothing is different', async () => {
    const booking = await hold([meeting('2027-03-05')]);
    expect(await codeOf(amend(booking, askFrom(booking)))).toEqual([
      422,
      'bookings.nothing_changed',
    ]);
  });

  it('into one room and time twice', async () => {
    const booking = await hold([meeting('2027-03-06')]);
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0]), meeting('2027-03-06')] });
    expect(await codeOf(amend(booking, asked))).toEqual([422, 'bookings.overlapping_uses']);
  });

  it('once it has been withdrawn', async () => {
    const booking = await hold([meeting('2027-03-07')]);
    await step(booking.id, 'withdraw', organizer, { version: 1 });
    const asked = askFrom(booking, { title: '遅い' });
    expect(await codeOf(amend({ ...booking, version: 2 }, asked))).toEqual([
      409,
      'bookings.not_allowed_in_state',
    ]);
  });
});

describe('an approved booking', () => {
  it('changed by its organizer waits for the manager, who may accept', async () => {
    const booking = await makeApprovedBooking(
      house,
      { organizer, manager },
      {
        uses: [meeting('2027-03-10')],
      },
    );
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0]), meeting('2027-03-11')] });
    const { status, body } = await amend(booking, asked, organizer, { reason: '出展が増えた' });
    expect([status, body.outcome]).toEqual([200, 'proposed']);
    expect(body.booking.uses).toHaveLength(1);
    const second = await amend(booking, asked);
    expect([second.status, second.body.error.code]).toEqual([409, 'bookings.amendment_pending']);
    const [open] = (await house.call(`/api/bookings/${booking.id}/amendments`, { as: manager }))
      .body.amendments;
    expect(open).toMatchObject({
      state: 'proposed',
      reason: '出展が増えた',
      differenceYen: 217_800,
    });
    expect(open.allowedActions).toEqual(['accept', 'decline']);
    const path = `amendments/${open.id}`;
    expect((await step(booking.id, `${path}/accept`, organizer)).status).toBe(404);
    const accepted = await step(booking.id, `${path}/accept`, manager);
    expect(accepted.status).toBe(200);
    expect(accepted.body.booking).toMatchObject({ state: 'approved', version: 4 });
    expect((await liveCells(booking.id)).every(({ state }) => state === 'approved')).toBe(true);
    const again = await step(booking.id, `${path}/decline`, manager, { reason: '遅れて' });
    expect([again.status, again.body.error.code]).toEqual([409, 'bookings.amendment_decided']);
  });

  it('declined needs a reason, which the organizer is told', async () => {
    const booking = await makeApprovedBooking(
      house,
      { organizer, manager },
      {
        uses: [meeting('2027-03-12')],
      },
    );
    await amend(booking, askFrom(booking, { title: '別の催し' }));
    const [open] = (await house.call(`/api/bookings/${booking.id}/amendments`, { as: organizer }))
      .body.amendments;
    expect(open.allowedActions).toEqual(['withdraw']);
    const path = `amendments/${open.id}/decline`;
    const silent = await step(booking.id, path, manager);
    expect([silent.status, silent.body.error.code]).toEqual([422, 'bookings.reason_required']);
    expect((await step(booking.id, path, manager, { reason: '目的が異なる' })).status).toBe(200);
    const rows = await house.house.database.db
      .select()
      .from(mails)
      .where(eq(mails.subjectId, booking.id));
    expect(rows.find(({ topic }) => topic === 'bookings.amendment_declined')?.body).toContain(
      '目的が異なる',
    );
  });

  it('whose proposal was overtaken ends stale, and nothing is lost', async () => {
    const booking = await makeApprovedBooking(
      house,
      { organizer, manager },
      {
        uses: [meeting('2027-03-15')],
      },
    );
    await amend(booking, askFrom(booking, { title: '案' }));
    const [open] = (await house.call(`/api/bookings/${booking.id}/amendments`, { as: manager }))
      .body.amendments;
    await house.sql`insert into audit_entries (id, happened_at, actor, action, subject_id)
      values ('aud_other', now(), '{}', 'bookings.other', ${booking.id})`;
    await house.sql`update bookings set version = version + 1 where id = ${booking.id}`;
    const { status, body } = await step(booking.id, `amendments/${open.id}/accept`, manager);
    expect([status, body.error.code]).toEqual([409, 'bookings.amendment_stale']);
    expect((await view(booking.id)).title).toBe(booking.title);
    const [ended] = (await house.call(`/api/bookings/${booking.id}/amendments`, { as: manager }))
      .body.amendments;
    expect(ended.state).toBe('stale');
  });
});

describe('staff who move an event', () => {
  it('need the organizer’s word on record', async () => {
    const booking = await hold([meeting('2027-03-20')]);
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0], { configuration: 'b' })] });
    expect((await preview(booking, asked, desk)).body.needsConsent).toBe(true);
    const { body } = await amend(booking, asked, desk, { consent, reason: '設備の点検' });
    expect(body.outcome).toBe('amended');
    const [row] = await house.house.database.db
      .select()
      .from(consents)
      .where(eq(consents.bookingId, booking.id));
    expect(row).toMatchObject(consent);
    const { versions } = (
      await house.call(`/api/bookings/${booking.id}/versions`, { as: organizer })
    ).body;
    expect(versions).toHaveLength(2);
    expect(versions[0]).toMatchObject({
      version: 1,
      changedByKind: 'staff',
      reason: '設備の点検',
      consent: { givenBy: '佐藤', channel: 'phone' },
      differenceYen: -28_600,
    });
    expect(versions[0].changes.uses[0]).toMatchObject({
      kind: 'moved',
      fields: ['configurationId'],
    });
    expect(versions[1]).toMatchObject({ version: 2, isCurrent: true, changes: null });
  });

  it('write down a word that came by fax', async () => {
    const booking = await hold([meeting('2027-03-23')]);
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0], { configuration: 'b' })] });
    const byFax = { ...consent, channel: 'fax' };
    const { status } = await amend(booking, asked, desk, { consent: byFax, reason: '設備の点検' });
    expect(status).toBe(200);
    const [row] = await house.sql`select channel from consents where booking_id = ${booking.id}`;
    expect(row).toEqual({ channel: 'fax' });
  });

  it('without it propose, and the organizer’s yes on the page is the consent', async () => {
    const booking = await hold([meeting('2027-03-22')]);
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0], { configuration: 'c' })] });
    expect((await amend(booking, asked, desk, { reason: '工事' })).body.outcome).toBe('proposed');
    const [open] = (await house.call(`/api/bookings/${booking.id}/amendments`, { as: organizer }))
      .body.amendments;
    expect(open).toMatchObject({ proposedBy: 'staff', allowedActions: ['accept', 'decline'] });
    const path = `amendments/${open.id}/accept`;
    const unheard = await step(booking.id, path, desk);
    expect([unheard.status, unheard.body.error.code]).toEqual([422, 'bookings.consent_required']);
    expect((await step(booking.id, path, organizer)).status).toBe(200);
    const [row] = await house.house.database.db
      .select()
      .from(consents)
      .where(eq(consents.bookingId, booking.id));
    expect(row).toMatchObject({ channel: 'page' });
    expect((await view(booking.id)).uses[0].configurationId).toContain('.c');
  });

  it('may take their proposal back, and edit words without asking', async () => {
    const booking = await hold([meeting('2027-03-24')]);
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0], { configuration: 'c' })] });
    await amend(booking, asked, desk);
    const [open] = (await house.call(`/api/bookings/${booking.id}/amendments`, { as: desk })).body
      .amendments;
    const path = `amendments/${open.id}/withdraw`;
    expect((await step(booking.id, path, organizer)).status).toBe(404);
    expect((await step(booking.id, path, desk)).status).toBe(200);
    const words = await amend(booking, askFrom(booking, { title: '誤字を直した' }), desk);
    expect(words.body.outcome).toBe('amended');
  });

  it('an unknown proposal is not found', async () => {
    const booking = await hold([meeting('2027-03-25')]);
    const { status, body } = await step(booking.id, 'amendments/amd_nothing/accept', organizer);
    expect([status, body.error.code]).toEqual([404, 'bookings.unknown_amendment']);
  });
});

describe('splitting and copying', () => {
  it('makes two bookings of one; the cells follow without being free', async () => {
    const booking = await hold([meeting('2027-04-10'), meeting('2027-04-11')]);
    const before = (await liveCells(booking.id)).map(({ id }) => id);
    const [first, second] = booking.uses;
    const { status, body } = await step(booking.id, 'split', organizer, {
      version: 1,
      useIds: [second.id],
      title: '二日目',
    });
    expect(status).toBe(201);
    expect(body.booking).toMatchObject({ state: 'held', title: '二日目', version: 1 });
    expect(body.booking.number).not.toBe(booking.number);
    const kept = await view(booking.id);
    expect(kept.version).toBe(2);
    expect(kept.quote.totalYen + body.booking.quote.totalYen).toBe(booking.quote.totalYen);
    const after = [...(await liveCells(booking.id)), ...(await liveCells(body.booking.id))];
    expect(after.map(({ id }) => id).sort()).toEqual(before.sort());
    expect(kept.uses.map(({ id }: { id: string }) => id)).toEqual([first.id]);
  });

  it('refuses what cannot be parted', async () => {
    const booking = await hold([
      meeting('2027-04-12'),
      meeting('2027-04-12', { band: 'morning', phase: 'setup' }),
    ]);
    const [event, setup] = booking.uses;
    const split = (useIds: string[]) =>
      step(booking.id, 'split', organizer, { version: 1, useIds });
    expect((await split([setup.id])).body.error.code).toBe('bookings.split_shares_cells');
    expect((await split([event.id, setup.id])).body.error.code).toBe('bookings.split_needs_both');
    expect((await split(['use_00000000000000000000000000'])).body.error.code).toBe(
      'bookings.unknown_use',
    );
  });

  it('copies the event to another day as a new hold', async () => {
    const booking = await hold([meeting('2027-04-14'), meeting('2027-04-15')]);
    const { status, body } = await step(booking.id, 'copy', organizer, { firstDay: '2027-05-12' });
    expect(status).toBe(201);
    expect(body.booking.uses.map(({ usedOn }: { usedOn: string }) => usedOn)).toEqual([
      '2027-05-12',
      '2027-05-13',
    ]);
    expect(body.booking).toMatchObject({ originKind: 'copy', originBookingId: booking.id });
  });
});

describe('traces', () => {
  it('show the organizer who of the staff looked, once an hour', async () => {
    const booking = await hold([meeting('2027-04-20')]);
    await view(booking.id, desk);
    await view(booking.id, desk);
    await view(booking.id, organizer);
    const { looks } = (await house.call(`/api/bookings/${booking.id}/looks`, { as: organizer }))
      .body;
    expect(looks).toHaveLength(1);
    expect(looks[0]).toMatchObject({ roles: ['desk'] });
  });

  it('of old versions cannot be changed', async () => {
    const booking = await hold([meeting('2027-04-21')]);
    await amend(booking, askFrom(booking, { title: '新しい名前' }));
    await expect(
      house.house.database.db
        .update(bookingVersions)
        .set({ reason: '書き換え' })
        .where(eq(bookingVersions.bookingId, booking.id)),
    ).rejects.toThrow();
  });
});

describe('the money of a changed booking', () => {
  const moneyOf = async (id: string) =>
    (await house.call(`/api/bookings/${id}/payments`, { as: organizer })).body;
  const papersOf = async (id: string) =>
    (await house.call(`/api/bookings/${id}/documents`, { as: organizer })).body.documents.map(
      ({ kind }: { kind: string }) => kind,
    );
  const ledgerOf = async (id: string) =>
    (
      await house.sql`select kind, amount_yen, cause from money_events where billing_account_id = ${id}
        order by recorded_at, id`
    ).map(({ kind, amount_yen: yen }) => `${kind} ${yen}`);

  const paidOn = async (date: string, ...more: unknown[]) => {
    const booking = await makeApprovedBooking(
      house,
      { organizer, manager },
      { uses: [meeting(date), ...more] },
    );
    await house.runJobs();
    const paid = await step(booking.id, 'payments', desk, { method: 'cash' });
    expect(paid.status).toBe(201);
    await house.runJobs();
    return view(booking.id);
  };

  it('is more for more: the extra is charged, invoiced and can be paid', async () => {
    const booking = await paidOn('2027-05-10');
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0]), meeting('2027-05-11')] });
    await amend(booking, asked, desk, { consent });
    await house.runJobs();
    const { charge, charges } = await moneyOf(booking.id);
    expect(charge).toMatchObject({
      amountYen: 435_600,
      taxYen: 39_600,
      paidYen: 217_800,
      balanceYen: 217_800,
    });
    expect(
      charges.map(({ kind, amountYen }: { kind: string; amountYen: number }) => [kind, amountYen]),
    ).toEqual([
      ['booking', 217_800],
      ['amendment', 217_800],
    ]);
    expect((await papersOf(booking.id)).sort()).toEqual([
      'approval_letter',
      'approval_letter',
      'invoice',
      'invoice',
      'receipt',
    ]);
    expect((await step(booking.id, 'payments', desk, { method: 'cash' })).status).toBe(201);
    expect((await moneyOf(booking.id)).charge.balanceYen).toBe(0);
  });

  it('is less for less: what was paid too much stands as a negative balance', async () => {
    const booking = await paidOn('2027-05-17', meeting('2027-05-18'));
    await amend(booking, askFrom(booking, { uses: [useFrom(booking.uses[0])] }), desk, { consent });
    await house.runJobs();
    expect(await ledgerOf(booking.id)).toEqual([
      'charged 435600',
      'received -435600',
      'charge_reduced -217800',
    ]);
    const { charge } = await moneyOf(booking.id);
    expect(charge).toMatchObject({ amountYen: 217_800, taxYen: 19_800, balanceYen: -217_800 });
    const more = await step(booking.id, 'payments', desk, { method: 'cash' });
    expect(more.body.error.code).toBe('payments.nothing_to_pay');
  });

  it('is less again after it was more: no charge stands below nothing', async () => {
    const booking = await paidOn('2027-06-21');
    const [first] = booking.uses;
    const added = [meeting('2027-06-22'), meeting('2027-06-23')];
    await amend(booking, askFrom(booking, { uses: [useFrom(first), ...added] }), desk, { consent });
    await house.runJobs();
    const grown = await view(booking.id);
    await amend(grown, askFrom(grown, { uses: [useFrom(grown.uses[0])] }), desk, { consent });
    await house.runJobs();
    const standing = await house.sql`
      select c.kind, sum(e.amount_yen)::int as yen from charges c
      join money_events e on e.charge_id = c.id and e.kind in ('charged', 'charge_reduced')
      where c.billing_account_id = ${booking.id} group by c.id order by c.created_at, c.id`;
    expect(standing.map(({ kind, yen }) => [kind, yen])).toEqual([
      ['booking', 217_800],
      ['amendment', 0],
    ]);
    expect((await moneyOf(booking.id)).charge.balanceYen).toBe(0);
  });

  it('is adjusted once for a version, however often the event is told', async () => {
    const booking = await paidOn('2027-05-24');
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0]), meeting('2027-05-25')] });
    await amend(booking, asked, desk, { consent });
    const context = house.contextOf({ kind: 'job', name: 'test' });
    await Promise.all([1, 2, 3].map(() => adjustCharge(context, { bookingId: booking.id })));
    await house.runJobs();
    const events = await ledgerOf(booking.id);
    expect(events.filter((event) => event === 'charged 217800')).toHaveLength(2);
  });

  it('goes back as a whole when the booking is cancelled', async () => {
    const booking = await paidOn('2027-05-30');
    const asked = askFrom(booking, { uses: [useFrom(booking.uses[0]), meeting('2027-05-31')] });
    const { body } = await amend(booking, asked, desk, { consent });
    await house.runJobs();
    await step(booking.id, 'cancel', organizer, {
      version: body.booking.version,
      reason: '中止になった',
    });
    await house.runJobs();
    expect((await moneyOf(booking.id)).charge).toMatchObject({
      isReversed: true,
      balanceYen: -217_800,
    });
  });

  it('of a booking split in two is charged on each', async () => {
    const booking = await paidOn('2027-06-07', meeting('2027-06-08'));
    const { body } = await step(booking.id, 'split', desk, {
      version: booking.version,
      useIds: [booking.uses[1].id],
    });
    await house.runJobs();
    expect((await moneyOf(booking.id)).charge.balanceYen).toBe(-217_800);
    expect((await moneyOf(body.booking.id)).charge.balanceYen).toBe(217_800);
  });
});

describe('deadlines', () => {
  it('uses that have begun stay as they were; after the deadline only staff change', async () => {
    const booking = await makeApprovedBooking(
      house,
      { organizer, manager },
      { uses: [meeting('2027-06-14'), meeting('2027-06-15')] },
    );
    house.clock.set('2027-06-14T05:00:00Z');
    const dropsPast = askFrom(booking, { uses: [useFrom(booking.uses[1])] });
    expect((await amend(booking, dropsPast, desk)).body.error.code).toBe('bookings.past_use_fixed');
    const words = askFrom(booking, { title: '当日の変更' });
    expect((await amend(booking, words)).body.error.code).toBe('bookings.amend_too_late');
    expect((await amend(booking, words, desk)).body.outcome).toBe('amended');
  });
});
