import { addDays, daysBetween, type LocalDay } from '../../shared/time.ts';
import type { Need } from './catalogue.ts';
import type { PlanAsk } from './candidates.ts';
import { findPlans, type FoundPlan } from './plans.ts';
import type { Timeline } from './timeline.ts';
import type { Sentence } from '#api/shared/languages.ts';

export type Change = 'other_days' | 'other_band' | 'without_setup' | 'other_venue' | 'split';

/** A plan for a wish a little different from the one that cannot be had. */
export interface Alternative extends Sentence {
  readonly change: Change;
  readonly plan: FoundPlan;
  readonly needs: readonly Need[];
}

interface Changed {
  readonly change: Change;
  readonly ask: PlanAsk;
  readonly timelines: readonly Timeline[];
  readonly words: Sentence;
}

const plansMostPerChange = 2;
const mainsMost = 3;
const plansWorkedOut = 20;

const otherDays = (ask: PlanAsk, timelines: readonly Timeline[]): Changed[] => {
  const days = timelines[0]?.days ?? [];
  const [first, last] = [days[1], days.at(-2)];
  if (!first || !last) return [];
  const words = { ja: '別の日なら空いています', en: 'Free on other days' };
  return [{ change: 'other_days', timelines, words, ask: { ...ask, from: first, to: last } }];
};

/** Shorter bands of the same day: a free half day may be better than another day. */
const otherBands = (ask: PlanAsk, timelines: readonly Timeline[]): Changed[] => {
  const bands = timelines.flatMap(({ venue }) => venue.bands);
  const own = bands.find(({ code }) => code === ask.band)?.slotCodes ?? [];
  const codes = bands
    .filter(({ code, slotCodes }) => code !== ask.band && slotCodes.length < own.length)
    .toSorted((one, other) => other.slotCodes.length - one.slotCodes.length)
    .map(({ code }) => code);
  const words = { ja: '時間を短くすれば空いています', en: 'Free for a shorter time' };
  return [...new Set(codes)].map((band) => ({
    change: 'other_band',
    timelines,
    words,
    ask: { ...ask, band },
  }));
};

const withoutSetup = (ask: PlanAsk, timelines: readonly Timeline[]): Changed[] => {
  if (ask.setup === 'none' && ask.teardown === 'none') return [];
  const words = {
    ja: '準備・撤去の時間をとらなければ空いています',
    en: 'Free without time for set-up and take-down',
  };
  const changed = { ...ask, setup: 'none', teardown: 'none' } as const;
  return [{ change: 'without_setup', timelines, words, ask: changed }];
};

/** The largest room in two halves, as with a second room that watches on a screen. */
const split = (ask: PlanAsk, timelines: readonly Timeline[]): Changed[] => {
  const largest = Math.max(...ask.needs.map(({ people }) => people ?? 0));
  const at = ask.needs.findIndex(({ people }) => people === largest);
  const need = ask.needs[at];
  if (!need || largest < 2) return [];
  const half = Math.ceil(largest / 2);
  const words = {
    ja: `${largest}人を${half}人ずつの二室に分ければ空いています`,
    en: `Free with the ${largest} people in two rooms of ${half}`,
  };
  const needs = ask.needs.with(at, { ...need, people: half, count: need.count * 2 });
  return [{ change: 'split', timelines, words, ask: { ...ask, needs } }];
};

const otherVenues = (ask: PlanAsk, others: readonly Timeline[]): Changed[] =>
  others.length === 0
    ? []
    : [
        {
          change: 'other_venue',
          timelines: others,
          words: { ja: '別の施設なら空いています', en: 'Free in another venue' },
          ask,
        },
      ];

const nearestOf = ({ change, ask, timelines, words }: Changed, wantedOn: LocalDay): Alternative[] =>
  findPlans(timelines, ask, { mainsMost, wantedOn, plansMost: plansWorkedOut })
    .plans.map((plan) => ({ plan, apart: Math.abs(daysBetween(wantedOn, plan.startsOn)) }))
    .toSorted(
      (one, other) =>
        one.apart - other.apart || one.plan.startsOn.localeCompare(other.plan.startsOn),
    )
    .slice(0, plansMostPerChange)
    .map(({ plan }) => ({ change, plan, needs: ask.needs, ...words }));

/** What comes nearest where nothing fits: one thing is given up at a time. */
export const findAlternatives = (
  timelines: readonly Timeline[],
  others: readonly Timeline[],
  ask: PlanAsk,
  wantedOn: LocalDay,
): Alternative[] => {
  const found = [
    ...otherVenues(ask, others),
    ...otherDays(ask, timelines),
    ...withoutSetup(ask, timelines),
    ...split(ask, timelines),
  ].flatMap((changed) => nearestOf(changed, wantedOn));
  const shorter = otherBands(ask, timelines)
    .flatMap((changed) => nearestOf(changed, wantedOn))
    .slice(0, plansMostPerChange);
  return [...found, ...shorter];
};

/** How far around the wanted days the nearest alternatives are looked for. */
export const daysAround = 28;

export const searchedStretch = (
  ask: { readonly from: LocalDay; readonly to: LocalDay },
  today: LocalDay,
): { readonly first: LocalDay; readonly count: number } => {
  const early = addDays(ask.from, -daysAround - 1);
  const yesterday = addDays(today, -1);
  const first = early < yesterday ? yesterday : early;
  const count = daysBetween(first, addDays(ask.to, daysAround + 1)) + 1;
  return { first, count: Math.max(0, count) };
};
