import type { Context } from '../../context.ts';
import { findPricedVenue, findPricing, type Pricing } from '../../fees/actions.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import type { AskedUse, AskQuote } from '../../fees/schema.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { addDays, dayOf, instantAt } from '../../shared/time.ts';
import { findAlternatives, searchedStretch } from '../rules/alternatives.ts';
import { decideAsk, decideVenues } from '../rules/asked.ts';
import type { FinderVenue } from '../rules/catalogue.ts';
import type { PlanAsk } from '../rules/candidates.ts';
import { findPlans, type FoundPlan } from '../rules/plans.ts';
import { rankBeforePrice, rankWithPrices, type RankedPlan } from '../rules/ranking.ts';
import { notChosenOf } from '../rules/reasons.ts';
import { showNotChosen, showPlan } from '../rules/shown.ts';
import { layTimelines, searchDays, type Timeline } from '../rules/timeline.ts';
import type { AskPlans } from '../schema.ts';
import { listFinderVenues, listOccupiedCells } from '../store.ts';

const pricedMost = 24;
const mainsMost = 6;
const plansWorkedOut = 100;
const mainsMostOfOneRoom = 60;
const notChosenMost = 300;

type Terms = Pick<AskQuote, 'admissionMaxYen' | 'isCommercial' | 'customerClass'>;

const usesOf = ({ rooms }: FoundPlan): AskedUse[] =>
  rooms.flatMap(({ part, seat, pieces }) =>
    pieces.map(({ date, bandCode, phase }) => ({
      room: part.roomId,
      configuration: part.id,
      date,
      band: bandCode,
      phase,
      layout: seat.layout,
      coolingHours: 0,
      heatingHours: 0,
      earlyHours: 0,
      lateHours: 0,
      wiredLan: false,
    })),
  );

/** One pricing a venue, however many plans of it are to be priced. */
export const findPricings = async (
  context: Context,
  venueIds: Iterable<string>,
): Promise<ReadonlyMap<string, Pricing>> => {
  const db = context.reads;
  const priced = await Promise.all(
    [...new Set(venueIds)].map(async (id) => {
      const pricing = await findPricing(db, await findPricedVenue(db, id));
      return [id, pricing] as const;
    }),
  );
  return new Map(priced);
};

/** Nothing where a price is not set: the plan is possible all the same. */
const quoteOf = (plan: FoundPlan, pricings: ReadonlyMap<string, Pricing>, terms: Terms) => {
  const pricing = pricings.get(plan.timeline.venue.id)!;
  const priced = pricing.price({ ...terms, uses: usesOf(plan) });
  return priced.ok ? priced.value.quote : undefined;
};

/** All houses over the days wanted and some around them: two readings at once. */
export const findTimelines = async (
  context: Context,
  wanted: Parameters<typeof searchedStretch>[0],
  exceptBookingId?: string,
) => {
  const now = context.now();
  const { first, count } = searchedStretch(wanted, dayOf(now));
  const days = searchDays(first, count);
  const [venues, occupied] = await Promise.all([
    listFinderVenues(context.reads),
    listOccupiedCells(context.reads, {
      from: instantAt(addDays(first, -1), '00:00', 'UTC'),
      until: instantAt(addDays(first, count + 1), '00:00', 'UTC'),
      now,
      exceptBookingId,
    }),
  ]);
  return {
    venues,
    timelinesOf: (some: readonly FinderVenue[]) => {
      // A booking that moves has its own deadline, and the desk takes what comes late.
      const takesLate = (venueId: string) =>
        exceptBookingId !== undefined ||
        hasRole(context.actor, venueId as VenueId, ['desk', 'manager']);
      return layTimelines(some, { days, occupied, now, takesLate });
    },
  };
};

const priceAll = async (
  context: Context,
  plans: readonly FoundPlan[],
  terms: Terms,
): Promise<(Quote | undefined)[]> => {
  const pricings = await findPricings(
    context,
    plans.map(({ timeline }) => timeline.venue.id),
  );
  return plans.map((plan) => quoteOf(plan, pricings, terms));
};

/** The houses of the best plans first: what was not chosen there is asked about first. */
const explainNotChosen = (
  timelines: readonly Timeline[],
  ranked: readonly RankedPlan[],
  ask: PlanAsk,
) => {
  const ordered = new Set([...ranked.map(({ plan }) => plan.timeline), ...timelines]);
  const missed = notChosenOf([...ordered], ask, notChosenMost + 1);
  const venues = new Map(timelines.map(({ venue }) => [venue.id, venue]));
  return {
    notChosen: missed
      .slice(0, notChosenMost)
      .map((one) => showNotChosen(one, venues.get(one.part.venueId)!)),
    hasMoreNotChosen: missed.length > notChosenMost,
  };
};

const totalsOf = (quote: Quote | undefined) => {
  if (!quote) return null;
  const { totalYen, taxYen, isProvisional } = quote;
  return { totalYen, taxYen, isProvisional };
};

/**
 * Complete plans for an event, best first, with prices and with what was not chosen and why; where
 * nothing fits, what comes nearest. However many rooms there are, the houses are read at once.
 */
export const proposePlans = async (context: Context, asked: AskPlans) => {
  const ask = orThrow(decideAsk(asked, dayOf(context.now())));
  const { venues, timelinesOf } = await findTimelines(context, ask);
  const { wanted, others } = orThrow(decideVenues(venues, asked.venues));
  const timelines = timelinesOf(wanted);
  const isOneRoom = ask.needs.length === 1 && ask.needs[0]!.count === 1;
  const wantedOn = asked.wantedOn ?? ask.from;
  const { plans, planCount } = findPlans(timelines, ask, {
    mainsMost: isOneRoom ? mainsMostOfOneRoom : mainsMost,
    plansMost: plansWorkedOut,
    wantedOn,
  });
  const ranked = rankBeforePrice(plans, { needs: ask.needs, wantedOn: asked.wantedOn }).slice(
    0,
    Math.max(pricedMost, asked.maxPlans),
  );
  const alternatives =
    ranked.length > 0 ? [] : findAlternatives(timelines, timelinesOf(others), ask, wantedOn);
  const quotes = await priceAll(
    context,
    [...ranked, ...alternatives].map(({ plan }) => plan),
    asked,
  );
  const priced = ranked.map((one, at) => ({ ranked: one, price: quotes[at] }));
  return {
    plans: rankWithPrices(priced)
      .slice(0, asked.maxPlans)
      .map(({ plan, score, reasons, price }) => ({
        ...showPlan(plan, ask.needs, asked.features),
        score,
        reasons,
        quote: totalsOf(price),
      })),
    planCount,
    ...explainNotChosen(timelines, ranked, ask),
    alternatives: alternatives.map(({ plan, needs, change, ja, en }, at) => ({
      ...showPlan(plan, needs, asked.features),
      change,
      ja,
      en,
      quote: totalsOf(quotes[ranked.length + at]),
    })),
  };
};
