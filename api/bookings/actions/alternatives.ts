import type { Context } from '../../context.ts';
import { findAvailability } from '../../slots/actions.ts';
import { addDays, dayOf, type LocalDay } from '../../shared/time.ts';
import { nearestDays, type Alternative, type BlockedSlot } from '../rules/obstacles.ts';
import type { AskedPlace } from '../rules/asked.ts';

const searchDays = 14;
const alternativesMost = 3;

const daysAround = (wanted: LocalDay, today: LocalDay) => {
  const from = addDays(wanted, -searchDays);
  return { from: from < today ? today : from, to: addDays(wanted, searchDays) };
};

/** For each use that is blocked, the nearest days on which the same band of the same configuration is free. */
export const listAlternatives = async (
  context: Context,
  venueId: string,
  places: readonly AskedPlace[],
  blocked: readonly BlockedSlot[],
): Promise<(Alternative & { position: number })[]> => {
  const found: (Alternative & { position: number })[] = [];
  for (const position of new Set(blocked.map((slot) => slot.position))) {
    const { use, slotCodes } = places[position]!;
    const roomCode = use.roomId.slice(venueId.length + 1);
    const { from, to } = daysAround(use.usedOn, dayOf(context.now()));
    const { states, days } = await findAvailability(context, {
      venue: venueId,
      room: roomCode,
      from,
      to,
    });
    const free = new Set(
      states
        .filter((cell) => cell.configurationId === use.configurationId && cell.state === 'free')
        .map(({ date, slot }) => `${date} ${slot}`),
    );
    const isFree = (day: LocalDay) => slotCodes.every((slot) => free.has(`${day} ${slot}`));
    const nearest = nearestDays(
      days.map(({ date }) => date),
      use.usedOn,
      isFree,
      alternativesMost,
    );
    for (const date of nearest) {
      found.push({ position, configurationId: use.configurationId, date, band: use.bandCode });
    }
  }
  return found;
};
