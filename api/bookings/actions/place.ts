import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import type { PricedUses, PricedVenue } from '../../fees/actions.ts';
import type { AskedUse } from '../../fees/schema.ts';
import { AppError } from '../../shared/error.ts';
import type { UseId } from '../../shared/ids.ts';
import { lockCells } from '../../slots/actions.ts';
import { findPeriod } from '../../slots/rules/window.ts';
import { bookingErrors } from '../errors.ts';
import type { AskedPlace } from '../rules/asked.ts';
import { blockedSlots, isLapsed } from '../rules/obstacles.ts';
import { stretchOf, wholeStretch, type CellClaim, type SlotClock } from '../rules/placement.ts';
import { listServable, type NextInLine } from '../store/line.ts';
import { listObstacles, type Obstacle } from '../store/occupancies.ts';
import { listAlternatives } from './alternatives.ts';
import { expireBooking, serveLineFirst } from './expiry.ts';

/** What is wanted of the building, read before the cells are locked. */
export interface Wanted {
  readonly venueId: string;
  readonly places: readonly AskedPlace[];
  readonly claims: readonly CellClaim[];
  readonly clock: SlotClock;
  /** A booking that changes does not stand in its own way. */
  readonly ownBookingId?: string;
  /** Cells to lock besides, in the same order: those that will be given back. */
  readonly otherCellIds?: readonly string[];
}

export const clockOf = ({ hours }: PricedVenue): SlotClock => ({
  zone: hours.venue.zone,
  slots: hours.slots,
});

/** What was asked, with its cells and hours; a use that carries an id keeps it. */
export const placesOf = (
  context: Context,
  asked: readonly (AskedUse & { readonly id?: string | undefined })[],
  priced: PricedUses,
  venue: PricedVenue,
): AskedPlace[] => {
  const clock = clockOf(venue);
  return priced.uses.map((use, position) => {
    const part = venue.parts.get(use.configurationId)!;
    const band = venue.hours.bands.find(({ code }) => code === use.bandCode)!;
    const { from, until } = wholeStretch(stretchOf(band.slotCodes, use.date, clock), use);
    const { id, layout, attendance } = asked[position]!;
    return {
      cellIds: part.cellIds,
      slotCodes: band.slotCodes,
      opensMonthsBefore: part.opensMonthsBefore,
      bufferMinutes: venue.hours.bufferMinutes[part.roomClass] ?? 0,
      period: findPeriod(venue.hours.openingPeriods, part.roomClass, use.date),
      use: {
        id: (id ?? context.newId('use')) as UseId,
        position,
        roomId: part.roomId,
        configurationId: part.id,
        usedOn: use.date,
        bandCode: use.bandCode,
        startsAt: from,
        endsAt: until,
        phase: use.phase,
        layout: layout ?? null,
        attendance: attendance ?? null,
        earlyMinutes: use.earlyMinutes,
        lateMinutes: use.lateMinutes,
        coolingMinutes: use.coolingMinutes,
        heatingMinutes: use.heatingMinutes,
        wiredLan: use.wiredLan,
      },
    };
  });
};

const isForeign = ({ ownBookingId }: Wanted) => {
  return ({ bookingId }: Obstacle) => bookingId === null || bookingId !== ownBookingId;
};

const liveOf = (obstacles: readonly Obstacle[], wanted: Wanted, now: Date): Obstacle[] =>
  obstacles.filter(isForeign(wanted)).filter((obstacle) => !isLapsed(obstacle, now));

interface Look {
  readonly obstacles: readonly Obstacle[];
  /** Who in line could have these cells at once, were lapsed holds cleared away. */
  readonly nextInLine: readonly NextInLine[];
}

/** Queues for the cells, then looks: statements sent at once, answered in their order. */
const lockAndLook = async (tx: Transaction, claims: Wanted['claims'], now: Date): Promise<Look> => {
  const cellIds = claims.map(({ cellId }) => cellId);
  const [, obstacles, nextInLine] = await Promise.all([
    lockCells(tx, cellIds),
    listObstacles(tx, claims),
    listServable(tx, { times: claims, now, lapsedAt: now }),
  ]);
  return { obstacles, nextInLine };
};

/** Lapsed holds in the way end here and now, through the same door as by the job; those in line go first. */
export const clearTheWay = async (
  tx: Transaction,
  context: Context,
  wanted: Wanted,
): Promise<void> => {
  const now = context.now();
  const { obstacles, nextInLine } = await lockAndLook(tx, wanted.claims, now);
  const live = liveOf(obstacles, wanted, now);
  if (live.length > 0 || nextInLine.length > 0) {
    const blocked = blockedSlots(wanted.places, live, wanted.clock);
    throw bookingErrors.slot_taken({ detail: { blocked } });
  }
  const lapsed = new Set(
    obstacles.filter(isForeign(wanted)).flatMap(({ bookingId }) => bookingId ?? []),
  );
  for (const bookingId of [...lapsed].sort()) await expireBooking(tx, context, bookingId);
};

export const isTaken = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'bookings.slot_taken';

/** What stands in the way as of now and what is free instead; undefined when nothing does. */
export const findBlocked = async (context: Context, wanted: Wanted) => {
  const obstacles = await listObstacles(context.reads, wanted.claims);
  const live = liveOf(obstacles, wanted, context.now());
  if (live.length === 0) return undefined;
  const blocked = blockedSlots(wanted.places, live, wanted.clock);
  const alternatives = await listAlternatives(context, wanted.venueId, wanted.places, blocked);
  return { blocked, alternatives };
};

/** Names what is in the way and what is free instead; read after the refusal, outside its transaction. */
export const explain = async (context: Context, wanted: Wanted): Promise<AppError> => {
  await serveLineFirst(context, wanted.claims);
  const { blocked, alternatives } = (await findBlocked(context, wanted)) ?? {
    blocked: [],
    alternatives: [],
  };
  const fields = blocked.map(({ position }) => ({
    path: `uses.${position}.band`,
    code: 'bookings.slot_taken',
    ja: 'この日時は埋まっています。',
    en: 'This time is taken.',
  }));
  return bookingErrors.slot_taken({ fields, detail: { blocked, alternatives } });
};
