import type { VenueBand, VenueSlot } from './schema.ts';

interface StoredBand {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly slotCodes: readonly string[];
}

/** A band with its hours: from the start of its first slot to the end of its last. */
export const timedBand = (band: StoredBand, slots: readonly VenueSlot[]): VenueBand => {
  const parts = slots
    .filter((slot) => band.slotCodes.includes(slot.code))
    .toSorted((a, b) => a.startsTime.localeCompare(b.startsTime));
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) throw new RangeError(`the band ${band.code} has no slot`);
  return {
    ...band,
    slotCodes: parts.map((slot) => slot.code),
    startsTime: first.startsTime,
    endsTime: last.endsTime,
  };
};
