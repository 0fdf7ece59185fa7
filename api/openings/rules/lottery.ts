import { fieldSentence, withFields } from '../../shared/fields.ts';
import type { HoldBooking } from '../../bookings/schema/bookings.ts';
import type { RoomClass } from '../../rooms/schema.ts';
import { hasRole, isMemberOf, type Actor } from '../../shared/actor.ts';
import type { AppError } from '../../shared/error.ts';
import type {
  AccountId,
  BookingId,
  LotteryEntryId,
  LotteryId,
  OrganizationId,
  VenueId,
} from '../../shared/ids.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addMinutes, wallClock, type LocalDay } from '../../shared/time.ts';
import { openingErrors } from '../errors.ts';
import type { DrawClaim } from './draw.ts';

export const lotteryStates = ['announced', 'collecting', 'closed', 'drawn', 'open'] as const;
export type LotteryState = (typeof lotteryStates)[number];

export const entryStates = [
  'entered',
  'withdrawn',
  'won',
  'next_in_line',
  'accepted',
  'declined',
  'lost',
] as const;
export type EntryState = (typeof entryStates)[number];

/** A lottery as everybody may know it; its seed is not part of it. */
export interface Lottery {
  readonly id: LotteryId;
  readonly openingPeriodId: string;
  readonly venueId: VenueId;
  readonly roomClass: RoomClass;
  readonly usesFrom: LocalDay;
  readonly usesUntil: LocalDay;
  readonly collectsFrom: Date;
  readonly collectsUntil: Date;
  readonly drawsAt: Date;
  readonly acceptBy: Date;
  readonly opensAt: Date;
  readonly entriesMost: number;
  readonly seedHash: string;
  readonly drawnAt: Date | null;
}

/** A use of a wish as it is told in public: a place and a time, and nobody's name. */
export interface WishedUse {
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly band: string;
  readonly phase: string;
}

/** What of an entry everybody may know. */
export interface PublicWish {
  readonly cells: readonly DrawClaim[];
  readonly uses: readonly WishedUse[];
}

export interface Entry {
  readonly id: LotteryEntryId;
  readonly lotteryId: LotteryId;
  readonly number: number;
  readonly organizationId: OrganizationId;
  readonly accountId: AccountId | null;
  readonly asked: HoldBooking;
  readonly claims: readonly DrawClaim[];
  readonly uses: readonly WishedUse[];
  readonly state: EntryState;
  readonly bookingId: BookingId | null;
  readonly createdAt: Date;
}

export const stateOf = (
  lottery: Pick<Lottery, 'collectsFrom' | 'collectsUntil' | 'opensAt' | 'drawnAt'>,
  now: Date,
): LotteryState => {
  if (now >= lottery.opensAt) return 'open';
  if (lottery.drawnAt) return 'drawn';
  if (now >= lottery.collectsUntil) return 'closed';
  return now >= lottery.collectsFrom ? 'collecting' : 'announced';
};

interface AskedPlaceOfEntry {
  readonly position: number;
  readonly usedOn: LocalDay;
  readonly roomClass: string;
}

interface NewEntry {
  readonly uses: readonly AskedPlaceOfEntry[];
  /** Entries of the same organization that stand. */
  readonly own: number;
}

export const decideCollecting = (lottery: Lottery, now: Date): Result<Lottery> => {
  if (stateOf(lottery, now) === 'collecting') return ok(lottery);
  const { collectsFrom, collectsUntil } = lottery;
  return refuse(
    openingErrors.not_collecting({
      params: { collectsFrom: wallClock(collectsFrom), collectsUntil: wallClock(collectsUntil) },
    }),
  );
};

const refusalOf = (lottery: Lottery, use: AskedPlaceOfEntry): [string, AppError] | undefined => {
  const { usesFrom, usesUntil, roomClass } = lottery;
  if (use.usedOn < usesFrom || usesUntil < use.usedOn) {
    return ['date', openingErrors.other_days({ params: { usesFrom, usesUntil } })];
  }
  return use.roomClass === roomClass ? undefined : ['room', openingErrors.other_rooms()];
};

/** Whether this may be entered now: collecting, the days and rooms of the lottery, not too many. */
export const decideEntry = (lottery: Lottery, entry: NewEntry, now: Date): Result<Lottery> => {
  const collecting = decideCollecting(lottery, now);
  if (!collecting.ok) return collecting;
  const refusals = entry.uses.flatMap((use) => {
    const found = refusalOf(lottery, use);
    if (!found) return [];
    const [field, error] = found;
    return [{ error, field: fieldSentence(`uses.${use.position}.${field}`, error) }];
  });
  if (refusals[0]) {
    return refuse(
      withFields(
        refusals[0].error,
        refusals.map(({ field }) => field),
      ),
    );
  }
  if (entry.own < lottery.entriesMost) return ok(lottery);
  return refuse(openingErrors.entries_full({ params: { most: lottery.entriesMost } }));
};

export const canSeeEntry = (
  entry: Pick<Entry, 'organizationId'>,
  lottery: Pick<Lottery, 'venueId'>,
  actor: Actor,
): boolean =>
  isMemberOf(actor, entry.organizationId) || hasRole(actor, lottery.venueId, ['desk', 'manager']);

const moved = (entry: Entry, state: EntryState): Result<Entry> => ok({ ...entry, state });

export const decideEntryWithdrawal = (entry: Entry, lottery: Lottery, now: Date): Result<Entry> => {
  if (entry.state !== 'entered') return refuse(openingErrors.entry_fixed());
  const collecting = decideCollecting(lottery, now);
  return collecting.ok ? moved(entry, 'withdrawn') : collecting;
};

export const decideAnswer = (entry: Entry, answer: 'accepted' | 'declined'): Result<Entry> =>
  entry.state === 'won' ? moved(entry, answer) : refuse(openingErrors.entry_fixed());

/** What may be done with an entry now, in the order a page should offer it. */
export const allowedOfEntry = (
  entry: Pick<Entry, 'state'>,
  lottery: Lottery,
  now: Date,
): ('accept' | 'decline' | 'withdraw')[] => {
  if (entry.state === 'won') return ['accept', 'decline'];
  const isCollecting = stateOf(lottery, now) === 'collecting';
  return entry.state === 'entered' && isCollecting ? ['withdraw'] : [];
};

/** Once, and not before its time. */
export const decideDrawing = (lottery: Lottery, now: Date): Result<Lottery> => {
  if (lottery.drawnAt) return refuse(openingErrors.already_drawn());
  if (now >= lottery.drawsAt) return ok(lottery);
  const { drawsAt } = lottery;
  return refuse(openingErrors.draw_too_early({ params: { drawsAt: wallClock(drawsAt) } }));
};

/** How long what came free is kept for the next in line: some hours, and never past the opening. */
export const offerEnd = (now: Date, offerHours: number, opensAt: Date): Date => {
  const end = addMinutes(now, offerHours * 60);
  return end < opensAt ? end : opensAt;
};

/** What became of a winner's booking says what became of the entry. */
export const followedState = (state: EntryState, bookingState: string): EntryState => {
  if (state !== 'won') return state;
  if (['requested', 'approved', 'in_use', 'settled'].includes(bookingState)) return 'accepted';
  return bookingState === 'held' ? 'won' : 'declined';
};
