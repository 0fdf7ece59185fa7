import type { CustomerClass, Phase } from '../../fees/schema.ts';
import type { AccountId, BookingId, OrganizationId, UseId, VenueId } from '../../shared/ids.ts';
import type { LocalDay } from '../../shared/time.ts';

export const bookingStates = [
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
  readonly coolingMinutes: number;
  readonly heatingMinutes: number;
  readonly wiredLan: boolean;
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
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly uses: readonly BookingUse[];
}

/** States in which a booking keeps its cells. */
export const keepsCells = (state: BookingState): boolean =>
  ['held', 'requested', 'approved', 'in_use', 'settled'].includes(state);

export const firstStart = (uses: readonly Pick<BookingUse, 'startsAt'>[]): Date =>
  new Date(Math.min(...uses.map(({ startsAt }) => startsAt.getTime())));
