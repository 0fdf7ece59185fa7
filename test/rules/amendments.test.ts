import { describe, expect, it } from 'vitest';
import type { Quote } from '#api/fees/rules/quote.ts';
import {
  askOf,
  decideAmendment,
  decideUseIds,
  diffClaims,
  needsApproval,
  needsConsent,
  shiftedAsk,
  type AmendPolicy,
} from '#api/bookings/rules/amendment.ts';
import { amendmentMail, differenceWords } from '#api/bookings/rules/amendment_mails.ts';
import type { Booking, BookingUse } from '#api/bookings/rules/booking.ts';
import {
  changesBetween,
  isMoving,
  isRepriced,
  isUnchanged,
  namedChanges,
  quoteAfter,
} from '#api/bookings/rules/changes.ts';
import { allowedAnswers, decideAnswer, type Proposed } from '#api/bookings/rules/proposal.ts';
import { decideApart, decideSplit } from '#api/bookings/rules/split.ts';
import type { Actor } from '#api/shared/actor.ts';
import type { AccountId, BookingId, OrganizationId, UseId } from '#api/shared/ids.ts';
import { localDay } from '#api/shared/time.ts';
import { plainBooking } from '#test/fixtures/plain_booking.ts';

const now = new Date('2026-11-24T01:00:00Z');

const organizer: Actor = {
  kind: 'organizer',
  accountId: 'acc_1' as AccountId,
  organizationIds: ['org_1' as OrganizationId],
};
const stranger: Actor = { ...organizer, organizationIds: ['org_2' as OrganizationId] };
const staff = (role: 'desk' | 'manager' | 'finance'): Actor => ({
  kind: 'staff',
  accountId: 'acc_2' as AccountId,
  roles: { 'big-palette': [role] },
});

const makeUse = (id: string, day: string, changes: Partial<BookingUse> = {}): BookingUse => ({
  id: id as UseId,
  position: 0,
  roomId: 'big-palette.exhibition-hall',
  configurationId: 'big-palette.exhibition-hall.a',
  usedOn: localDay(day),
  bandCode: 'daytime',
  startsAt: new Date(`${day}T00:00:00Z`),
  endsAt: new Date(`${day}T08:00:00Z`),
  phase: 'event',
  layout: null,
  attendance: null,
  earlyMinutes: 0,
  lateMinutes: 0,
  coolingMinutes: 90,
  heatingMinutes: 0,
  wiredLan: false,
  ...changes,
});

const makeBooking = (changes: Partial<Booking> = {}): Booking =>
  plainBooking(
    [makeUse('use_1', '2027-02-01'), makeUse('use_2', '2027-02-02', { position: 1 })],
    now,
    { version: 3, title: '住宅フェア', ...changes },
  );

const policy: AmendPolicy = {
  amendDeadlineDays: 7,
  amendmentsNeedApproval: true,
  approverRoles: ['manager'],
  zone: 'Asia/Tokyo',
};

const codeOf = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? 'ok' : result.error!.code;

describe('what is different', () => {
  const booking = makeBooking();
  const [first, second] = booking.uses as [BookingUse, BookingUse];

  it('is told use by use: moved, changed, added, dropped', () => {
    const uses = [{ ...first, usedOn: localDay('2027-02-05') }, makeUse('use_3', '2027-02-06')];
    const changes = changesBetween(booking, { ...booking, title: '別名', uses });
    expect(changes.fields).toEqual([{ field: 'title', before: '住宅フェア', after: '別名' }]);
    expect(changes.uses.map(({ kind, useId }) => `${kind} ${useId}`)).toEqual([
      'moved use_1',
      'added use_3',
      'dropped use_2',
    ]);
    expect(changes.uses[0]).toMatchObject({ fields: ['usedOn'] });
    expect(isMoving(changes)).toBe(true);
  });

  it('is nothing for the same content in another order', () => {
    const changes = changesBetween(booking, { ...booking, uses: [second, first] });
    expect(isUnchanged(changes)).toBe(true);
  });

  it('of layout and attendance neither moves nor reprices', () => {
    const uses = [{ ...first, layout: 'theatre', attendance: 40 }, second];
    const changes = changesBetween(booking, { ...booking, uses });
    expect(changes.uses.map(({ kind }) => kind)).toEqual(['changed']);
    expect([isMoving(changes), isRepriced(changes)]).toEqual([false, false]);
    const [promised, priced] = [{ totalYen: 1 } as Quote, { totalYen: 2 } as Quote];
    expect(quoteAfter(changes, promised, priced)).toBe(promised);
  });

  it('of phase, admission or reduction reprices', () => {
    const priced = [
      { ...booking, uses: [{ ...first, phase: 'setup' as const }, second] },
      { ...booking, admissionMaxYen: 500 },
      { ...booking, reduction: { nameJa: '学校' } as Booking['reduction'] },
    ];
    for (const content of priced) {
      expect(isRepriced(changesBetween(booking, content))).toBe(true);
    }
  });

  it('is written in words with a sign', () => {
    const changes = changesBetween(booking, { ...booking, isPublic: true, uses: [first] });
    const name = {
      configurationId: first.configurationId,
      configurationNameJa: 'A',
      configurationNameEn: 'A',
      roomNameJa: '展示ホール',
      roomNameEn: 'Hall',
    };
    const facts = {
      changes: namedChanges(changes, [name]),
      differenceYen: -28_600,
      reason: '縮小',
    };
    const to = { name: '佐藤', language: 'ja' as const, publicUrl: 'http://localhost' };
    const { subject, body } = amendmentMail('amended', booking, facts, to);
    expect(subject).toContain('R08-BP-000001');
    expect(body).toContain('・公開カレンダーへの掲載：いいえ → はい');
    expect(body).toContain('・取りやめ：2027年2月2日(火) 展示ホール A');
    expect(body).toContain('利用料金：28,600円の減額');
    expect(differenceWords(0).ja).toBe('変わりません');
    expect(differenceWords(1_000)).toEqual({ ja: '1,000円の増額', en: '¥1,000 more' });
  });
});

describe('asking again', () => {
  it('for what a booking has gives the same booking', () => {
    const asked = askOf(makeBooking());
    expect(asked.uses.map(({ id, coolingHours }) => [id, coolingHours])).toEqual([
      ['use_1', 1.5],
      ['use_2', 1.5],
    ]);
    expect(codeOf(decideUseIds(makeBooking(), asked))).toBe('ok');
  });

  it('names each use once, and only its own', () => {
    const asked = askOf(makeBooking());
    const twice = { uses: [asked.uses[0]!, asked.uses[0]!] };
    expect(codeOf(decideUseIds(makeBooking(), twice))).toBe('bookings.unknown_use');
  });

  it('for another first day keeps the distances between the days', () => {
    const { uses } = shiftedAsk(makeBooking(), localDay('2028-02-28'));
    expect(uses.map(({ date }) => date)).toEqual(['2028-02-28', '2028-02-29']);
    expect(uses.every((use) => !('id' in use))).toBe(true);
  });
});

describe('a change', () => {
  const decide = (booking: Booking, changes: Record<string, unknown> = {}) =>
    decideAmendment(booking, {
      actor: organizer,
      now,
      version: booking.version,
      policy,
      content: { ...booking, title: '別名' },
      ...changes,
    });

  it('makes the next version', () => {
    const decided = decide(makeBooking());
    expect(decided.ok && decided.value.booking).toMatchObject({ version: 4, title: '別名' });
  });

  it('is refused from a stale page, in an ended booking, to a stranger, after the hold', () => {
    expect(codeOf(decide(makeBooking(), { version: 2 }))).toBe('bookings.stale_version');
    for (const state of ['in_use', 'expired', 'cancelled', 'waiting'] as const) {
      expect(codeOf(decide(makeBooking({ state })))).toBe('bookings.not_allowed_in_state');
    }
    expect(codeOf(decide(makeBooking(), { actor: stranger }))).toBe('bookings.unknown');
    expect(codeOf(decide(makeBooking(), { actor: staff('finance') }))).toBe('bookings.unknown');
    expect(codeOf(decide(makeBooking({ holdExpiresAt: now })))).toBe('bookings.hold_expired');
  });

  it('comes before the deadline of the rooms; staff may be later, but not change the past', () => {
    const booking = makeBooking({ state: 'approved' });
    const late = { now: new Date('2027-01-26T00:00:00Z') };
    expect(codeOf(decide(booking, late))).toBe('bookings.amend_too_late');
    expect(codeOf(decide(booking, { ...late, actor: staff('desk') }))).toBe('ok');
    const during = { now: new Date('2027-02-01T02:00:00Z'), actor: staff('desk') };
    expect(codeOf(decide(booking, during))).toBe('ok');
    const dropped = { ...during, content: { ...booking, uses: booking.uses.slice(1) } };
    expect(codeOf(decide(booking, dropped))).toBe('bookings.past_use_fixed');
  });

  it('to an earlier day ends the hold with the first use at the latest', () => {
    const booking = makeBooking();
    const soon = makeUse('use_1', '2026-12-04');
    const decided = decide(booking, { content: { ...booking, uses: [soon] } });
    expect(decided.ok && decided.value.booking.holdExpiresAt).toEqual(soon.startsAt);
  });

  it('of an approved booking waits for approval where the rooms say so', () => {
    const approved = makeBooking({ state: 'approved' });
    expect(needsApproval(approved, 'organizer', policy)).toBe(true);
    expect(needsApproval(approved, 'staff', policy)).toBe(false);
    expect(needsApproval(makeBooking(), 'organizer', policy)).toBe(false);
  });

  it('by staff needs consent when it moves or costs more, not for words', () => {
    const booking = makeBooking();
    const words = changesBetween(booking, { ...booking, title: '別名' });
    const moves = changesBetween(booking, { ...booking, uses: booking.uses.slice(1) });
    expect(needsConsent(words, 'staff', 0)).toBe(false);
    expect(needsConsent(words, 'staff', 1)).toBe(true);
    expect(needsConsent(moves, 'staff', -1)).toBe(true);
    expect(needsConsent(moves, 'organizer', 0)).toBe(false);
  });

  it('leaves claims alone whose cell, time and use stay', () => {
    const claim = {
      cellId: 'a',
      useId: 'use_1',
      from: new Date('2027-02-01T00:00:00Z'),
      until: new Date('2027-02-01T08:00:00Z'),
    };
    const other = { ...claim, cellId: 'b' };
    const live = [
      { ...claim, id: 1 },
      { ...other, id: 2 },
    ];
    const { released, taken } = diffClaims(live, [claim, { ...claim, isBuffer: true as const }]);
    expect(released.map(({ id }) => id)).toEqual([2]);
    expect(taken).toEqual([{ ...claim, isBuffer: true }]);
  });
});

describe('an answer to a proposal', () => {
  const proposed = (changes: Partial<Proposed> = {}): Proposed => ({
    bookingVersion: 3,
    proposedBy: 'organizer',
    state: 'proposed',
    ...changes,
  });
  const answers = (by: Proposed['proposedBy'], actor: Actor) =>
    allowedAnswers(proposed({ proposedBy: by }), { booking: makeBooking(), actor, policy });

  it('is the other side’s; taking back is one’s own', () => {
    expect(answers('organizer', organizer)).toEqual(['withdraw']);
    expect(answers('organizer', staff('manager'))).toEqual(['accept', 'decline']);
    expect(answers('organizer', staff('desk'))).toEqual([]);
    expect(answers('staff', organizer)).toEqual(['accept', 'decline']);
    expect(answers('staff', staff('desk'))).toEqual(['accept', 'decline', 'withdraw']);
    expect(answers('staff', stranger)).toEqual([]);
  });

  it('comes once', () => {
    const asked = { booking: makeBooking(), actor: organizer, policy };
    const ended = proposed({ proposedBy: 'staff', state: 'withdrawn' });
    expect(codeOf(decideAnswer('accept', ended, asked))).toBe('bookings.amendment_decided');
    expect(allowedAnswers(ended, asked)).toEqual([]);
  });
});

describe('a split', () => {
  const split = (useIds: string[], changes: Record<string, unknown> = {}) =>
    decideSplit(makeBooking(), {
      id: 'bkg_2' as BookingId,
      version: 3,
      useIds,
      actor: organizer,
      now,
      ...changes,
    });

  it('makes two bookings in the same state with the uses between them', () => {
    const decided = split(['use_2']);
    if (!decided.ok) throw decided.error;
    const { kept, parted } = decided.value;
    expect(kept).toMatchObject({ version: 4, uses: [{ id: 'use_1', position: 0 }] });
    expect(parted).toMatchObject({
      id: 'bkg_2',
      version: 1,
      state: 'held',
      originBookingId: 'bkg_1',
      originKind: 'split',
      uses: [{ id: 'use_2', position: 0 }],
    });
  });

  it('leaves something on both sides, of the booking’s own uses', () => {
    expect(codeOf(split(['use_1', 'use_2']))).toBe('bookings.split_needs_both');
    expect(codeOf(split(['use_9']))).toBe('bookings.unknown_use');
    expect(codeOf(split(['use_2'], { version: 2 }))).toBe('bookings.stale_version');
    expect(codeOf(split(['use_2'], { actor: stranger }))).toBe('bookings.unknown');
    const during = { now: new Date('2027-02-02T01:00:00Z') };
    expect(codeOf(split(['use_2'], during))).toBe('bookings.hold_expired');
  });

  it('is not possible through one cell at one time', () => {
    const stay = {
      cellIds: ['a'],
      startsAt: new Date('2027-02-01T00:00:00Z'),
      endsAt: new Date('2027-02-01T08:00:00Z'),
    };
    expect(codeOf(decideApart([stay], [{ ...stay, cellIds: ['a', 'b'] }]))).toBe(
      'bookings.split_shares_cells',
    );
    expect(codeOf(decideApart([stay], [{ ...stay, cellIds: ['b'] }]))).toBe('ok');
  });
});
