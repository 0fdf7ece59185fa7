import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bookingStates,
  type Booking,
  type BookingState,
  type BookingUse,
} from '#api/bookings/rules/booking.ts';
import { blockedSlots, isLapsed, nearestDays } from '#api/bookings/rules/obstacles.ts';
import { claimsOf, holdEnd, repeatedUse, type PlacedUse } from '#api/bookings/rules/placement.ts';
import {
  allowedTransitions,
  decideApproval,
  decideBegin,
  decideCancellation,
  decideExpiry,
  decideRefusal,
  decideRequest,
  decideSettlement,
  decideWithdrawal,
} from '#api/bookings/rules/transitions.ts';
import type { Actor } from '#api/shared/actor.ts';
import type { AccountId, OrganizationId, UseId } from '#api/shared/ids.ts';
import { instantAt, localDay } from '#api/shared/time.ts';
import { plainBooking } from '#test/fixtures/plain_booking.ts';

const now = new Date('2026-11-24T01:00:00Z');
const day = localDay('2027-02-14');

const makeUse = (changes: Partial<BookingUse> = {}): BookingUse => ({
  id: 'use_1' as UseId,
  position: 0,
  roomId: 'hall',
  configurationId: 'hall.a',
  usedOn: day,
  bandCode: 'daytime',
  startsAt: instantAt(day, '09:00'),
  endsAt: instantAt(day, '17:00'),
  phase: 'event',
  layout: null,
  attendance: null,
  earlyMinutes: 0,
  lateMinutes: 0,
  coolingMinutes: 0,
  heatingMinutes: 0,
  wiredLan: false,
  ...changes,
});

const makeBooking = (changes: Partial<Booking> = {}): Booking =>
  plainBooking([makeUse()], now, changes);

const owner: Actor = {
  kind: 'organizer',
  accountId: 'acc_1' as AccountId,
  organizationIds: ['org_1' as OrganizationId],
};
const manager: Actor = {
  kind: 'staff',
  accountId: 'acc_2' as AccountId,
  roles: { 'big-palette': ['manager'] },
};
const job: Actor = { kind: 'job', name: 'bookings.expire_holds' };

const dayAfter = new Date('2027-02-15T00:00:00Z');

const deeds = {
  request: (booking: Booking) => decideRequest(booking, { actor: owner, now }),
  approve: (booking: Booking) => decideApproval(booking, { actor: manager, now }),
  refuse: (booking: Booking) =>
    decideRefusal(booking, { actor: manager, now, reason: '理由', ground: '根拠' }),
  cancel: (booking: Booking) =>
    decideCancellation(booking, { actor: manager, now, reason: '理由' }),
  withdraw: (booking: Booking) => decideWithdrawal(booking, { actor: owner, now }),
  expire: (booking: Booking) =>
    decideExpiry(booking, { actor: job, now: new Date('2026-12-08T15:00:00Z') }),
  begin: (booking: Booking) => decideBegin(booking, { actor: manager, now }),
  settle: (booking: Booking) => decideSettlement(booking, { actor: manager, now: dayAfter }),
};

const allowed: Record<keyof typeof deeds, Partial<Record<BookingState, BookingState>>> = {
  request: { held: 'requested' },
  approve: { requested: 'approved' },
  refuse: { requested: 'refused' },
  cancel: { approved: 'cancelled' },
  withdraw: {
    optioned: 'withdrawn',
    waiting: 'withdrawn',
    held: 'withdrawn',
    requested: 'withdrawn',
  },
  expire: { optioned: 'expired', waiting: 'expired', held: 'expired' },
  begin: { approved: 'in_use' },
  settle: { approved: 'settled', in_use: 'settled' },
};

describe('every state and every deed', () => {
  for (const state of bookingStates) {
    for (const deed of Object.keys(deeds) as (keyof typeof deeds)[]) {
      const target = allowed[deed][state];
      it(`${deed} from ${state} ${target ? `leads to ${target}` : 'is refused'}`, () => {
        const decided = deeds[deed](makeBooking({ state }));
        if (target) {
          expect(decided).toMatchObject({ ok: true, value: { state: target, version: 2 } });
        } else {
          expect(decided).toMatchObject({
            ok: false,
            error: { code: 'bookings.not_allowed_in_state' },
          });
        }
      });
    }
  }
});

describe('the end of a hold', () => {
  it('comes at the very second of the deadline, not before', () => {
    const second = new Date('2026-12-08T14:59:59.999Z');
    const held = makeBooking();
    expect(decideExpiry(held, { actor: job, now: second })).toEqual({ ok: true, value: held });
    expect(decideRequest(held, { actor: owner, now: second }).ok).toBe(true);
    expect(decideRequest(held, { actor: owner, now: held.holdExpiresAt })).toMatchObject({
      error: { code: 'bookings.hold_expired' },
    });
  });

  it('is the end of the fourteenth day, or the first use if that is earlier', () => {
    const far = instantAt(day, '09:00');
    expect(holdEnd(now, 14, far, 'Asia/Tokyo').toISOString()).toBe('2026-12-08T15:00:00.000Z');
    const near = instantAt(localDay('2026-12-01'), '09:00');
    expect(holdEnd(now, 14, near, 'Asia/Tokyo')).toEqual(near);
  });
});

describe('who may do what', () => {
  it('offers the organizer request and withdrawal, the manager the decision', () => {
    expect(allowedTransitions(makeBooking(), owner, now)).toEqual(['request', 'withdraw']);
    const requested = makeBooking({ state: 'requested' });
    expect(allowedTransitions(requested, manager, now)).toEqual(['approve', 'refuse', 'withdraw']);
    expect(allowedTransitions(requested, owner, now)).toEqual(['withdraw']);
  });

  it('offers strangers and other venues nothing', () => {
    const stranger: Actor = { ...owner, organizationIds: ['org_2' as OrganizationId] };
    const elsewhere: Actor = { ...manager, roles: { corasse: ['administrator'] } };
    expect(allowedTransitions(makeBooking(), stranger, now)).toEqual([]);
    expect(allowedTransitions(makeBooking({ state: 'requested' }), elsewhere, now)).toEqual([]);
  });

  it('offers no cancellation once the first use has begun', () => {
    const approved = makeBooking({ state: 'approved', uses: [makeUse({ startsAt: now })] });
    expect(allowedTransitions(approved, owner, now)).toEqual([]);
    expect(decideCancellation(approved, { actor: owner, now, reason: '理由' })).toMatchObject({
      error: { code: 'bookings.not_allowed_in_state', options: { detail: { state: 'in_use' } } },
    });
  });
});

const clock = {
  zone: 'Asia/Tokyo',
  slots: [
    { code: 'morning', startsTime: '09:00', endsTime: '13:00' },
    { code: 'afternoon', startsTime: '13:00', endsTime: '17:00' },
    { code: 'evening', startsTime: '17:00', endsTime: '21:00' },
  ],
};

const placed = (
  id: string,
  cellIds: string[],
  slotCodes: string[],
  changes: Partial<BookingUse> = {},
): PlacedUse => ({
  use: makeUse({ id: id as UseId, ...changes }),
  cellIds,
  slotCodes,
});

describe('the cells of a booking', () => {
  it('are claimed once per neighbouring slots', () => {
    const claims = claimsOf([placed('use_1', ['a', 'b'], ['morning', 'afternoon'])], clock);
    expect(claims).toHaveLength(2);
    expect(claims[0]).toMatchObject({
      cellId: 'a',
      from: instantAt(day, '09:00'),
      until: instantAt(day, '17:00'),
    });
  });

  it('belong to the event where set-up shares its slot', () => {
    const claims = claimsOf(
      [
        placed('use_setup', ['a'], ['morning', 'afternoon'], { phase: 'setup' }),
        placed('use_event', ['a'], ['afternoon', 'evening']),
      ],
      clock,
    );
    expect(claims).toEqual([
      {
        cellId: 'a',
        useId: 'use_event',
        from: instantAt(day, '13:00'),
        until: instantAt(day, '21:00'),
      },
      {
        cellId: 'a',
        useId: 'use_setup',
        from: instantAt(day, '09:00'),
        until: instantAt(day, '13:00'),
      },
    ]);
  });

  it('never overlap among themselves, whatever is asked', () => {
    const slotCodes = fc.subarray(['morning', 'afternoon', 'evening'], { minLength: 1 });
    const cellIds = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
    const phase = fc.constantFrom('setup' as const, 'event' as const, 'teardown' as const);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cellIds, slotCodes, phase), { minLength: 1, maxLength: 6 }),
        (asks) => {
          const uses = asks.map(([cells, slots, kind], index) =>
            placed(`use_${index}`, cells, slots, { phase: kind, position: index }),
          );
          const claims = claimsOf(uses, clock);
          const clashes = claims.flatMap((one, index) =>
            claims
              .slice(index + 1)
              .filter(
                (other) =>
                  one.cellId === other.cellId && one.from < other.until && other.from < one.until,
              ),
          );
          expect(clashes).toEqual([]);
        },
      ),
    );
  });

  it('are not asked for twice in one phase', () => {
    const twice = [placed('use_1', ['a'], ['morning']), placed('use_2', ['a', 'b'], ['morning'])];
    expect(repeatedUse(twice)).toMatchObject({ id: 'use_2' });
    expect(repeatedUse([twice[0]!])).toBeUndefined();
  });
});

describe('what is in the way', () => {
  const obstacle = {
    cellId: 'b',
    from: instantAt(day, '13:00'),
    until: instantAt(day, '21:00'),
    state: 'requested' as const,
    expiresAt: null,
  };

  it('is told per slot, as held while nothing is approved', () => {
    const use = placed('use_1', ['a', 'b'], ['morning', 'afternoon']);
    expect(blockedSlots([use], [obstacle], clock)).toEqual([
      { position: 0, configurationId: 'hall.a', date: day, slot: 'afternoon', state: 'held' },
    ]);
  });

  it('does not count a hold that is over', () => {
    expect(isLapsed({ state: 'held', expiresAt: now }, now)).toBe(true);
    expect(isLapsed({ state: 'requested', expiresAt: null }, now)).toBe(false);
  });

  it('comes with the nearest free days, earlier first where equally near', () => {
    const days = ['2027-02-12', '2027-02-13', '2027-02-14', '2027-02-15', '2027-02-16'].map(
      localDay,
    );
    expect(nearestDays(days, day, (at) => at !== '2027-02-15', 2)).toEqual([
      '2027-02-13',
      '2027-02-12',
    ]);
  });
});
