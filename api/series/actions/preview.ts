import type { Context } from '../../context.ts';
import { hasRole, isMemberOf } from '../../shared/actor.ts';
import { bookingErrors } from '../../bookings/errors.ts';
import type { VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { addDays, type LocalDay } from '../../shared/time.ts';
import { holidayOn } from '../../shared/holidays.ts';
import { keyOf } from '../rules/changes.ts';
import { choiceFor, decideChoices, usesChosen, type PlannedDate } from '../rules/choice.ts';
import { datesOf, usesOn } from '../rules/dates.ts';
import type { Alternative, Outcome } from '../rules/outcome.ts';
import type { BookSeries } from '../schema.ts';
import { alternativesFor } from './alternatives.ts';
import { findGround, outcomeOf, type Ground } from './ground.ts';

const requireOrganizer = (
  { actor }: Context,
  asked: Pick<BookSeries, 'organizationId' | 'venue' | 'priorityReason'>,
): void => {
  const may =
    isMemberOf(actor, asked.organizationId) ||
    hasRole(actor, asked.venue as VenueId, ['desk', 'manager']);
  if (!may) throw bookingErrors.organizer_required();
  const mayGoFirst = hasRole(actor, asked.venue as VenueId, ['manager']);
  if (asked.priorityReason !== undefined && !mayGoFirst) throw bookingErrors.priority_by_manager();
};

const spanOf = (dates: readonly LocalDay[], { uses, choices }: BookSeries) => {
  const longest = Math.max(...uses.map(({ dayOffset }) => dayOffset));
  const others = Object.values(choices).flatMap((choice) =>
    choice.kind === 'other' ? choice.uses.map(({ date }) => date) : [],
  );
  const days = [dates[0]!, addDays(dates.at(-1)!, longest), ...others].sort();
  return { first: days[0]!, last: days.at(-1)! };
};

const planDate = (
  ground: Ground,
  asked: BookSeries,
  plannedOn: LocalDay,
  taken: ReadonlySet<LocalDay>,
): PlannedDate => {
  const planned = outcomeOf(ground, usesOn(asked.uses, plannedOn));
  const choice = choiceFor(asked.choices, plannedOn);
  const uses = usesChosen(choice, planned.uses);
  const { attendance } = asked;
  return {
    plannedOn,
    planned,
    alternatives: alternativesFor(ground, { plannedOn, outcome: planned, taken, attendance }),
    choice,
    chosen: uses === planned.uses ? planned : uses && outcomeOf(ground, uses),
  };
};

/** Every date of the rule with its outcome, its ways out and what was chosen for it. */
export const planSeries = async (context: Context, asked: BookSeries): Promise<PlannedDate[]> => {
  requireOrganizer(context, asked);
  const dates = orThrow(datesOf(asked.rule));
  orThrow(decideChoices(asked.choices, dates));
  const ground = await findGround(context, asked, spanOf(dates, asked));
  const taken = new Set(dates);
  return dates.map((date) => planDate(ground, asked, date, taken));
};

export const showAlternative = (alternative: Alternative, beforeYen: number | null) => {
  const { deviation, uses } = alternative;
  const changed = deviation.kind === 'day' ? 0 : deviation.positions[0]!;
  const { date, band } = uses[changed]!;
  const totalYen = alternative.totalYen ?? 0;
  return {
    key: keyOf(deviation),
    kind: deviation.kind,
    configurationId: alternative.configurationIds[changed]!,
    date,
    band,
    uses: uses.map((use) => ({ ...use })),
    totalYen,
    differenceYen: beforeYen === null ? null : totalYen - beforeYen,
  };
};

const isFree = ({ blocks }: Outcome) => blocks.length === 0;

const showDate = ({ plannedOn, planned, alternatives, choice, chosen }: PlannedDate) => ({
  date: plannedOn,
  state: isFree(planned) ? ('free' as const) : ('clash' as const),
  isHoliday: holidayOn(plannedOn) !== undefined,
  totalYen: planned.totalYen,
  isProvisional: planned.isProvisional,
  blocks: [...planned.blocks],
  alternatives: alternatives.map((one) => showAlternative(one, planned.totalYen)),
  chosen: {
    kind: choice.kind,
    totalYen: chosen && isFree(chosen) ? chosen.totalYen : null,
    blocks: chosen && choice.kind === 'other' ? [...chosen.blocks] : [],
  },
});

export const showPlan = (dates: readonly PlannedDate[]) => {
  const possible = dates.flatMap(({ chosen }) => (chosen && isFree(chosen) ? [chosen] : []));
  return {
    dates: dates.map(showDate),
    freeCount: dates.filter(({ planned }) => isFree(planned)).length,
    clashCount: dates.filter(({ planned }) => !isFree(planned)).length,
    /** Of what would be booked as chosen. */
    bookedCount: possible.length,
    totalYen: possible.reduce((sum, { totalYen }) => sum + (totalYen ?? 0), 0),
    isProvisional: possible.some(({ isProvisional }) => isProvisional),
  };
};

/** Before anything is booked: every date, its price, what is in the way and what is free instead. */
export const previewSeries = async (context: Context, asked: BookSeries) =>
  showPlan(await planSeries(context, asked));
