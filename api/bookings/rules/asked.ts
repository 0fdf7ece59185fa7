import { slotErrors } from '../../slots/errors.ts';
import { isClosedEveryYear, type ClosedDayRule } from '../../slots/rules/closures.ts';
import { decideWindow } from '../../slots/rules/window.ts';
import { fieldSentence, withFields } from './fields.ts';
import { bookingErrors } from '../errors.ts';
import type { AppError } from '../../shared/error.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { repeatedUse, type PlacedUse } from './placement.ts';

/** What decides whether a use may be asked for at this moment. */
export interface HouseRules {
  readonly zone: string;
  readonly opensAtTime: string;
  readonly closedDayRules: readonly ClosedDayRule[];
}

export interface AskedPlace extends PlacedUse {
  readonly opensMonthsBefore: number;
}

const refusalOf = (place: AskedPlace, rules: HouseRules, now: Date): AppError | undefined => {
  const { use, opensMonthsBefore } = place;
  if (isClosedEveryYear(rules.closedDayRules, use.usedOn)) {
    return slotErrors.closed_day({ params: { day: use.usedOn }, detail: { day: use.usedOn } });
  }
  const { zone, opensAtTime } = rules;
  const window = { day: use.usedOn, startsAt: use.startsAt, opensMonthsBefore, opensAtTime, zone };
  const decided = decideWindow(window, now);
  return decided.ok ? undefined : decided.error;
};

/** Days, windows and closed days of all uses; the first refusal stands for the whole, every field is named. */
export const decideAsked = (
  places: readonly AskedPlace[],
  rules: HouseRules,
  now: Date,
): Result<readonly AskedPlace[]> => {
  const refusals = places.flatMap((place) => {
    const error = refusalOf(place, rules, now);
    return error ? [{ error, field: fieldSentence(`uses.${place.use.position}.date`, error) }] : [];
  });
  const [first] = refusals;
  if (first) {
    return refuse(
      withFields(
        first.error,
        refusals.map(({ field }) => field),
      ),
    );
  }
  const repeated = repeatedUse(places);
  if (!repeated) return ok(places);
  const error = bookingErrors.overlapping_uses();
  return refuse(withFields(error, [fieldSentence(`uses.${repeated.position}.band`, error)]));
};
