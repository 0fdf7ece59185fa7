import { instantAt, type LocalDay, type LocalTime } from '../../shared/time.ts';
import { slotErrors } from '../errors.ts';

export interface SlotHours {
  readonly code: string;
  readonly startsTime: LocalTime;
  readonly endsTime: LocalTime;
}

export interface BandSlots {
  readonly code: string;
  readonly slotCodes: readonly string[];
}

/** The instants a band covers on a day, from its first slot's start to its last slot's end. */
export const bandInstants = (
  band: BandSlots,
  slots: readonly SlotHours[],
  day: LocalDay,
  zone?: string,
): { startsAt: Date; endsAt: Date } => {
  const own = slots.filter((slot) => band.slotCodes.includes(slot.code));
  if (own.length === 0) throw slotErrors.unknown_band({ params: { band: band.code } });
  const starts = own.map((slot) => instantAt(day, slot.startsTime, zone).getTime());
  const ends = own.map((slot) => instantAt(day, slot.endsTime, zone).getTime());
  return { startsAt: new Date(Math.min(...starts)), endsAt: new Date(Math.max(...ends)) };
};

export const findBand = <Band extends BandSlots>(bands: readonly Band[], code: string): Band => {
  const band = bands.find((one) => one.code === code);
  if (!band) throw slotErrors.unknown_band({ params: { band: code } });
  return band;
};
