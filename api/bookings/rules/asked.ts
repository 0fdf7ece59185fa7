import { slotErrors } from '../../slots/errors.ts';
import { isClosedEveryYear, type ClosedDayRule } from '../../slots/rules/closures.ts';
import { decideAhead, decideWindow, type OpeningPeriod } from '../../slots/rules/window.ts';
import { atField, fieldSentence, withFields } from '../../shared/fields.ts';
import { bookingErrors } from '../errors.ts';
import type { AppError } from '../../shared/error.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addMinutes, dayOf } from '../../shared/time.ts';
import { repeatedUse, type PlacedUse } from './placement.ts';

/** What decides whether a use may be asked for at this moment. */
export interface HouseRules {
  readonly zone: string;
  readonly opensAtTime: string;
  readonly closedDayRules: readonly ClosedDayRule[];
  /** Drawn by lottery, or let in before: only that the use lies ahead is asked. */
  readonly ignoresOpening?: boolean;
}

export interface AskedPlace extends PlacedUse {
  readonly opensMonthsBefore: number;
  /** Days that open in their own way. */
  readonly period?: OpeningPeriod | undefined;
}

const refusalOf = (place: AskedPlace, rules: HouseRules, now: Date): AppError | undefined => {
  const { use, opensMonthsBefore, period } = place;
  const lastDay = dayOf(addMinutes(use.endsAt, -1), rules.zone);
  const closed = [use.usedOn, dayOf(use.startsAt, rules.zone), lastDay].find((day) =>
    isClosedEveryYear(rules.closedDayRules, day),
  );
  if (closed) return slotErrors.closed_day({ params: { day: closed }, detail: { day: closed } });
  const { zone, opensAtTime } = rules;
  const ahead = { day: use.usedOn, startsAt: use.startsAt };
  const window = { ...ahead, opensMonthsBefore, opensAtTime, zone, period };
  const decided = rules.ignoresOpening ? decideAhead(ahead, now) : decideWindow(window, now);
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
  return refuse(atField(`uses.${repeated.position}.band`, error));
};
