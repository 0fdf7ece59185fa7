import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, daysBetween, daysFrom, instantAt, type LocalDay } from '../../shared/time.ts';
import { slotErrors } from '../errors.ts';

export const availabilityDaysMost = 62;
const availabilityDaysUsual = 31;

/** A stretch that holds these days whole in whatever zone they are meant. */
export const instantsAround = (days: readonly LocalDay[]): { from: Date; until: Date } => ({
  from: instantAt(addDays(days[0]!, -1), '00:00', 'UTC'),
  until: instantAt(addDays(days.at(-1)!, 2), '00:00', 'UTC'),
});

/** The days asked for; without an end 31 days, without a start from today. */
export const decideRange = (
  asked: { readonly from?: LocalDay | undefined; readonly to?: LocalDay | undefined },
  today: LocalDay,
): Result<LocalDay[]> => {
  const from = asked.from ?? today;
  const to = asked.to ?? addDays(from, availabilityDaysUsual - 1);
  if (to < from) {
    const { ja, en } = slotErrors.catalogue.get('slots.range_reversed')!;
    return refuse(slotErrors.range_reversed({ fields: [{ path: 'to', ja, en }] }));
  }
  if (daysBetween(from, to) >= availabilityDaysMost) {
    const most = availabilityDaysMost;
    return refuse(slotErrors.range_too_long({ params: { most }, detail: { most } }));
  }
  return ok(daysFrom(from, to));
};
