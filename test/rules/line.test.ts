import { describe, expect, it } from 'vitest';
import type { Booking } from '#api/bookings/rules/booking.ts';
import { decideExtension, isReminderDue } from '#api/bookings/rules/extension.ts';
import {
  challengedHold,
  decideChallenge,
  decideJoining,
  decidePromotion,
  placeInLine,
  unchallengedHold,
} from '#api/bookings/rules/line.ts';
import { decideRequest, decideWithdrawal } from '#api/bookings/rules/transitions.ts';
import type { Actor } from '#api/shared/actor.ts';
import type { AccountId, BookingId, OrganizationId, VenueId } from '#api/shared/ids.ts';
import type { Result } from '#api/shared/result.ts';
import { localDay } from '#api/shared/time.ts';

const now = new Date('2026-11-24T01:00:00Z');
const organizationId = 'org_a' as OrganizationId;
const venueId = 'big-palette' as VenueId;
const accountId = 'acc_a' as AccountId;

const owner: Actor = { kind: 'organizer', accountId, organizationIds: [organizationId] };
const staffAs = (role: 'desk' | 'manager'): Actor => ({
  kind: 'staff',
  accountId,
  roles: { [venueId]: [role] },
});

const booking = (changes: Partial<Booking> = {}): Booking =>
  ({
    id: 'bkg_a' as BookingId,
    venueId,
    organizationId,
    state: 'held',
    version: 3,
    holdExpiresAt: new Date('2026-12-08T15:00:00Z'),
    createdAt: now,
    queuedAt: null,
    promotedAt: null,
    remindedAt: null,
    challengedAt: null,
    challengeEndsAt: null,
    challengedByBookingId: null,
    uses: [{ startsAt: new Date('2027-02-14T00:00:00Z') }],
    ...changes,
  }) as Booking;

const policy = {
  zone: 'Asia/Tokyo',
  holdDays: 14,
  requestDeadlineDays: 0,
  optionsMost: 2,
  challengeHours: 72,
  offerHours: 48,
  remindDaysBefore: [3, 1],
};

const codeOf = (result: Result<unknown>) => (result.ok ? undefined : result.error.code);

const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw result.error;
  return result.value;
};

describe('joining the line', () => {
  const held = { state: 'held', organizationId: 'org_b' } as const;
  const asked = { organizationId, inTheWay: [held], ownInLine: 0, options: 0, optionsMost: 2 };

  it.each([
    ['nothing is in the way', { inTheWay: [] }, 'bookings.free_to_hold'],
    [
      'one has the time oneself',
      { inTheWay: [{ ...held, organizationId }] },
      'bookings.already_yours',
    ],
    ['one stands there already', { ownInLine: 1 }, 'bookings.already_yours'],
    [
      'the house is closed',
      { inTheWay: [{ state: 'closed', organizationId: null }] },
      'bookings.line_closed',
    ],
    ['as many as may are options already', { options: 2 }, 'bookings.options_full'],
    [
      'one of those in the way is approved',
      { inTheWay: [held, { ...held, state: 'approved' }] },
      'bookings.option_behind_approved',
    ],
  ] as const)('as an option is refused where %s', (_, changes, code) => {
    expect(codeOf(decideJoining('option', { ...asked, ...changes }))).toBe(code);
  });

  it('as a wait needs only that something is in the way', () => {
    const inTheWay = [{ ...held, state: 'approved' as const }];
    expect(valueOf(decideJoining('wait', { ...asked, inTheWay, options: 9 }))).toBe('waiting');
  });
});

describe('a place in line', () => {
  const line = [
    { bookingId: 'x', state: 'optioned' },
    { bookingId: 'y', state: 'optioned' },
    { bookingId: 'z', state: 'waiting' },
  ] as const;

  it('counts options from two, for the hold is the first, and waits from one', () => {
    expect(placeInLine(line, 'x').rank).toBe(2);
    expect(placeInLine(line, 'y')).toEqual({ rank: 3, optionsAhead: 1, waitsAhead: 0 });
    expect(placeInLine(line, 'z')).toEqual({ rank: 1, optionsAhead: 2, waitsAhead: 0 });
  });
});

describe('moving up', () => {
  it('makes an option an ordinary hold and a wait an offer of some hours', () => {
    const option = valueOf(decidePromotion(booking({ state: 'optioned' }), { now, policy }));
    expect(option.holdExpiresAt).toEqual(new Date('2026-12-08T15:00:00Z'));
    const wait = valueOf(decidePromotion(booking({ state: 'waiting' }), { now, policy }));
    expect(wait.holdExpiresAt).toEqual(new Date('2026-11-26T01:00:00Z'));
    expect(wait).toMatchObject({ state: 'held', version: 4, promotedAt: now });
  });

  it('lasts to the deadline of the request at most, while that lies ahead', () => {
    const early = { ...policy, requestDeadlineDays: 75 };
    const at = (moment: Date) =>
      (['optioned', 'waiting'] as const).map((state) =>
        valueOf(
          decidePromotion(booking({ state }), { now: moment, policy: early }),
        ).holdExpiresAt.toISOString(),
      );
    const deadline = '2026-12-01T15:00:00.000Z';
    expect(at(new Date('2026-11-30T00:00:00Z'))).toEqual([deadline, deadline]);
    expect(at(new Date('2026-12-02T00:00:00Z'))).toEqual([
      '2026-12-16T15:00:00.000Z',
      '2026-12-04T00:00:00.000Z',
    ]);
  });

  it('never lasts past the first use', () => {
    const late = new Date('2027-02-13T20:00:00Z');
    for (const state of ['optioned', 'waiting'] as const) {
      const moved = valueOf(decidePromotion(booking({ state }), { now: late, policy }));
      expect(moved.holdExpiresAt).toEqual(new Date('2027-02-14T00:00:00Z'));
    }
  });

  it('is for those in line only', () => {
    const moved = decidePromotion(booking({ state: 'requested' }), { now, policy });
    expect(codeOf(moved)).toBe('bookings.not_allowed_in_state');
  });
});

describe('a challenge', () => {
  const option = booking({ state: 'optioned' });
  const held = { state: 'held', challengeEndsAt: null } as const;
  const asked = { actor: owner, now, rank: 2, inTheWay: [held] };

  it.each([
    ['by who is further behind', { rank: 3 }, 'bookings.challenge_not_first'],
    [
      'of what was applied for',
      { inTheWay: [{ ...held, state: 'requested' }] },
      'bookings.challenge_of_no_hold',
    ],
    [
      'while one runs',
      { inTheWay: [{ ...held, challengeEndsAt: new Date('2026-11-25T00:00:00Z') }] },
      'bookings.challenge_running',
    ],
    ['from a stale page', { version: 2 }, 'bookings.stale_version'],
    ['by a stranger', { actor: { kind: 'anonymous' } }, 'bookings.unknown'],
  ] as const)('%s is refused', (_, changes, code) => {
    expect(codeOf(decideChallenge(option, { ...asked, ...changes }))).toBe(code);
  });

  it('by the second option or the desk is taken', () => {
    expect(decideChallenge(option, asked).ok).toBe(true);
    expect(decideChallenge(option, { ...asked, actor: staffAs('desk') }).ok).toBe(true);
  });

  it('shortens the hold, never lengthens it, and gives the time back when it falls away', () => {
    const by = { optionId: option.id, now, hours: 72 };
    const hold = booking();
    const challenged = challengedHold(hold, by);
    expect(challenged.holdExpiresAt).toEqual(new Date('2026-11-27T01:00:00Z'));
    const short = booking({ holdExpiresAt: new Date('2026-11-25T00:00:00Z') });
    expect(challengedHold(short, by).challengeEndsAt).toEqual(short.holdExpiresAt);
    const free = unchallengedHold(challenged, hold.holdExpiresAt, now);
    expect(free).toMatchObject({ holdExpiresAt: hold.holdExpiresAt, challengeEndsAt: null });
  });

  it('is over once the holder has applied', () => {
    const challenged = challengedHold(booking(), { optionId: option.id, now, hours: 72 });
    const requested = valueOf(decideRequest(challenged, { actor: owner, now }));
    expect(requested).toMatchObject({ state: 'requested', challengeEndsAt: null });
  });
});

describe('leaving the line', () => {
  it.each(['optioned', 'waiting'] as const)('is a withdrawal of what is %s', (state) => {
    const left = valueOf(decideWithdrawal(booking({ state }), { actor: owner, now }));
    expect(left.state).toBe('withdrawn');
  });
});

describe('more time for a hold', () => {
  const asked = {
    actor: staffAs('desk'),
    now,
    version: 3,
    until: localDay('2026-12-20'),
    zone: 'Asia/Tokyo',
  };

  it('runs to the end of the day, and to the first use at most', () => {
    expect(valueOf(decideExtension(booking(), asked)).holdExpiresAt).toEqual(
      new Date('2026-12-20T15:00:00Z'),
    );
    const last = valueOf(decideExtension(booking(), { ...asked, until: localDay('2027-02-14') }));
    expect(last.holdExpiresAt).toEqual(new Date('2027-02-14T00:00:00Z'));
  });

  it.each([
    ['past the first use', { until: localDay('2027-02-15') }, {}, 'bookings.extension_too_late'],
    ['that is no longer', { until: localDay('2026-12-01') }, {}, 'bookings.extension_not_later'],
    ['by the organizer', { actor: owner }, {}, 'bookings.unknown'],
    ['of what has lapsed', {}, { holdExpiresAt: now }, 'bookings.hold_expired'],
    ['of a request', {}, { state: 'requested' }, 'bookings.not_allowed_in_state'],
    [
      'against a challenge',
      {},
      { challengeEndsAt: new Date('2026-11-27T00:00:00Z') },
      'bookings.extension_while_challenged',
    ],
  ] as const)('%s is refused', (_, changes, hold, code) => {
    expect(codeOf(decideExtension(booking(hold), { ...asked, ...changes }))).toBe(code);
  });
});

describe('a reminder', () => {
  const due = (changes: Partial<Booking>, at: string) =>
    isReminderDue(booking(changes), policy.remindDaysBefore, new Date(at));

  it('is due from three days and from one day before the end, once each', () => {
    expect(due({}, '2026-12-05T14:59:00Z')).toBe(false);
    expect(due({}, '2026-12-05T15:00:00Z')).toBe(true);
    const reminded = { remindedAt: new Date('2026-12-05T15:00:00Z') };
    expect(due(reminded, '2026-12-06T15:00:00Z')).toBe(false);
    expect(due(reminded, '2026-12-07T15:00:00Z')).toBe(true);
  });

  it('is not for days gone by before the hold had its end, nor for what is over', () => {
    const promoted = {
      promotedAt: new Date('2026-12-07T12:00:00Z'),
      holdExpiresAt: new Date('2026-12-09T12:00:00Z'),
    };
    expect(due(promoted, '2026-12-07T13:00:00Z')).toBe(false);
    expect(due(promoted, '2026-12-08T12:00:00Z')).toBe(true);
    expect(due({}, '2026-12-08T15:00:00Z')).toBe(false);
    expect(due({ state: 'requested' }, '2026-12-07T15:00:00Z')).toBe(false);
  });
});
