import type { CustomerClass, Phase } from '../../fees/schema.ts';
import type { AccountId, BookingId, OrganizationId, UseId, VenueId } from '../../shared/ids.ts';
import type { Names } from '../../shared/lists.ts';
import type { BasisPoints } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';

export const bookingStates = [
  'optioned',
  'waiting',
  'held',
  'requested',
  'approved',
  'in_use',
  'settled',
  'expired',
  'refused',
  'withdrawn',
  'cancelled',
] as const;
export type BookingState = (typeof bookingStates)[number];

export const bookingStateNames: Names<BookingState> = {
  optioned: { ja: '候補', en: 'Option' },
  waiting: { ja: '順番待ち', en: 'Waiting' },
  held: { ja: '仮予約', en: 'On hold' },
  requested: { ja: '承認待ち', en: 'Awaiting approval' },
  approved: { ja: '使用承認', en: 'Approved' },
  in_use: { ja: '使用中', en: 'In use' },
  settled: { ja: '精算済み', en: 'Settled' },
  expired: { ja: '期限切れ', en: 'Expired' },
  refused: { ja: '不承認', en: 'Refused' },
  withdrawn: { ja: '取り下げ', en: 'Withdrawn' },
  cancelled: { ja: '取消し', en: 'Cancelled' },
};

/** On whose account an approved booking ended. */
export const cancelGrounds = ['organizer', 'force_majeure', 'operator', 'unpaid'] as const;
export type CancelGround = (typeof cancelGrounds)[number];

/** How a booking was made of another one. */
export const originKinds = ['copy', 'split'] as const;

/** One room in one band of one day, for one phase of the event. */
export interface BookingUse {
  readonly id: UseId;
  readonly position: number;
  readonly roomId: string;
  readonly configurationId: string;
  readonly usedOn: LocalDay;
  readonly bandCode: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly phase: Phase;
  readonly layout: string | null;
  readonly attendance: number | null;
  /** Out-of-hours time before and after the band; `startsAt` and `endsAt` include it. */
  readonly earlyMinutes: number;
  readonly lateMinutes: number;
  readonly coolingMinutes: number;
  readonly heatingMinutes: number;
  readonly wiredLan: boolean;
}

/** An approved reduction (減免): the share of the room fee that is not charged, and why. */
export interface Reduction {
  readonly groundCode: string;
  readonly reducedBp: BasisPoints;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly publication: Publication;
  readonly source: string;
}

/** One event with all its uses; money stands apart. */
export interface Booking {
  readonly id: BookingId;
  readonly number: string;
  readonly venueId: VenueId;
  readonly organizationId: OrganizationId;
  readonly createdByAccountId: AccountId | null;
  readonly state: BookingState;
  readonly version: number;
  readonly title: string;
  readonly purpose: string;
  readonly attendance: number | null;
  readonly admissionMaxYen: number;
  readonly isCommercial: boolean;
  readonly customerClass: CustomerClass;
  readonly isPublic: boolean;
  readonly holdExpiresAt: Date;
  readonly requestedAt: Date | null;
  readonly decidedAt: Date | null;
  readonly decidedByAccountId: AccountId | null;
  readonly refusalReason: string | null;
  readonly refusalGround: string | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  readonly cancelGround: CancelGround | null;
  readonly queuedAt: Date | null;
  readonly challengedAt: Date | null;
  readonly challengeEndsAt: Date | null;
  readonly challengedByBookingId: BookingId | null;
  readonly promotedAt: Date | null;
  readonly remindedAt: Date | null;
  readonly originBookingId: BookingId | null;
  readonly originKind: (typeof originKinds)[number] | null;
  readonly reduction: Reduction | null;
  readonly priorityReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly uses: readonly BookingUse[];
}

/** Out-of-hours use is for a person to approve. */
export const hasOvertime = ({ uses }: Pick<Booking, 'uses'>): boolean =>
  uses.some(({ earlyMinutes, lateMinutes }) => earlyMinutes + lateMinutes > 0);

/** Approved and not ended: its price is owed. */
export const agreedStates: readonly BookingState[] = ['approved', 'in_use', 'settled'];

export const isAgreed = ({ state }: Pick<Booking, 'state'>): boolean =>
  agreedStates.includes(state);

/** States in which a booking keeps its cells. */
export const keepsCells = (state: BookingState): boolean =>
  ['held', 'requested', 'approved', 'in_use', 'settled'].includes(state);

export const firstStart = (uses: readonly Pick<BookingUse, 'startsAt'>[]): Date =>
  new Date(Math.min(...uses.map(({ startsAt }) => startsAt.getTime())));

export const lastEnd = (uses: readonly Pick<BookingUse, 'endsAt'>[]): Date =>
  new Date(Math.max(...uses.map(({ endsAt }) => endsAt.getTime())));
