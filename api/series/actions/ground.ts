import { listObstacles, type Obstacle } from '../../bookings/actions/read.ts';
import { clockOf, placesOf } from '../../bookings/actions/place.ts';
import { classedUses } from '../../bookings/actions/conditions.ts';
import { decideAsked, type AskedPlace } from '../../bookings/rules/asked.ts';
import { firstStart } from '../../bookings/rules/booking.ts';
import {
  decideAttendance,
  decideConditions,
  decideInTime,
  type LayoutCapacity,
} from '../../bookings/rules/conditions.ts';
import { blockedSlots, isLapsed } from '../../bookings/rules/obstacles.ts';
import { claimsOf } from '../../bookings/rules/placement.ts';
import type { Context } from '../../context.ts';
import {
  findPricedVenue,
  findPricing,
  type PricedVenue,
  type Pricing,
} from '../../fees/actions.ts';
import type { AskedUse, CustomerClass } from '../../fees/schema.ts';
import { findOrganization } from '../../organizations/actions.ts';
import { policyOver } from '../../policies/rules.ts';
import { hasRole } from '../../shared/actor.ts';
import { AppError } from '../../shared/error.ts';
import type { VenueId } from '../../shared/ids.ts';
import { addDays, type LocalDay } from '../../shared/time.ts';
import { instantsAround } from '../../slots/rules/range.ts';
import {
  blockOfSlot,
  blocksOfRefusal,
  isOfEveryDate,
  type Block,
  type Outcome,
} from '../rules/outcome.ts';

/** What does not differ between the dates. */
export interface Common {
  readonly venue: string;
  readonly organizationId: string;
  readonly admissionMaxYen: number;
  readonly isCommercial: boolean;
  readonly attendance?: number | undefined;
  /** Staff let it in before its period opens. */
  readonly priorityReason?: string | undefined;
}

/** Everything of a venue over a span of days, read once: any number of dates is decided from it. */
export interface Ground {
  readonly context: Context;
  readonly common: Common;
  readonly customerClass: CustomerClass;
  readonly venue: PricedVenue;
  readonly pricing: Pricing;
  readonly obstaclesOf: ReadonlyMap<string, readonly Obstacle[]>;
}

export const daysAround = 7;

const groupByCell = (obstacles: readonly Obstacle[]) => {
  const found = new Map<string, Obstacle[]>();
  for (const obstacle of obstacles) {
    const own = found.get(obstacle.cellId);
    if (own) own.push(obstacle);
    else found.set(obstacle.cellId, [obstacle]);
  }
  return found;
};

const listSpan = (
  context: Context,
  venue: PricedVenue,
  { first, last }: { first: LocalDay; last: LocalDay },
) => {
  const days = [addDays(first, -daysAround), addDays(last, daysAround)];
  const cellIds = [...new Set([...venue.parts.values()].flatMap(({ cellIds: ids }) => ids))];
  const during = instantsAround(days);
  return listObstacles(
    context.reads,
    cellIds.map((cellId) => ({ cellId, useId: '', ...during })),
  );
};

/** A dozen queries, however many dates: organizer, venue, prices, rooms, and what is taken in the span. */
export const findGround = async (
  context: Context,
  common: Common,
  span: { first: LocalDay; last: LocalDay },
  /** Bookings of the series that change do not stand in their own way. */
  ownBookingIds: readonly string[] = [],
): Promise<Ground> => {
  const [organization, venue] = await Promise.all([
    findOrganization(context.reads, common.organizationId),
    findPricedVenue(context.reads, common.venue),
  ]);
  const [pricing, obstacles] = await Promise.all([
    findPricing(context.reads, venue),
    listSpan(context, venue, span),
  ]);
  const own = new Set(ownBookingIds);
  const now = context.now();
  const live = obstacles.filter(
    (one) => !isLapsed(one, now) && !(one.bookingId !== null && own.has(one.bookingId)),
  );
  const customerClass = organization.smeStatus === 'none' ? 'standard' : 'sme';
  return { context, common, customerClass, venue, pricing, obstaclesOf: groupByCell(live) };
};

/** Booths are counted in booths, not in people. */
const capacitiesOf = ({ rooms }: Pricing): LayoutCapacity[] =>
  rooms
    .flatMap(({ configurations }) => configurations)
    .flatMap(({ id: configurationId, layouts }) =>
      layouts
        .filter(({ layout }) => layout !== 'booths')
        .map(({ layout, capacity }) => ({ configurationId, layout, capacity })),
    );

const obstaclesOn = ({ obstaclesOf }: Ground, places: readonly AskedPlace[]): Obstacle[] => {
  const cellIds = new Set(places.flatMap((place) => place.cellIds));
  return [...cellIds].flatMap((cellId) => [...(obstaclesOf.get(cellId) ?? [])]);
};

/** Whether only some of the cells of a place are in use by others on that day. */
const isPartly = ({ cellIds, use }: AskedPlace, obstacles: readonly Obstacle[]): boolean => {
  const inTheWay = obstacles.filter(({ from, until }) => from < use.endsAt && use.startsAt < until);
  return cellIds.some((cellId) => !inTheWay.some((one) => one.cellId === cellId));
};

/** The first thing the house says against these uses before the cells are looked at, as of a single hold. */
const refusalOf = (ground: Ground, places: readonly AskedPlace[]): AppError | undefined => {
  const { common, context, pricing, venue } = ground;
  const { id, zone, opensAtTime } = venue.hours.venue;
  const { closedDayRules } = venue.hours;
  const now = context.now();
  const ignoresOpening = common.priorityReason !== undefined;
  const asked = decideAsked(places, { zone, opensAtTime, closedDayRules, ignoresOpening }, now);
  if (!asked.ok) return asked.error;
  const uses = places.map(({ use }) => use);
  const classed = classedUses(venue, uses);
  const conditions = decideConditions(classed, venue.policies);
  if (!conditions.ok) return conditions.error;
  const policy = policyOver(
    venue.policies,
    classed.map(({ roomClass }) => roomClass),
  );
  const isStaff = hasRole(context.actor, id as VenueId, ['desk', 'manager']);
  const inTime = decideInTime(policy, { firstUse: firstStart(uses), zone, now, isStaff });
  if (!inTime.ok) return inTime.error;
  const seated = decideAttendance(common.attendance ?? null, uses, capacitiesOf(pricing));
  return seated.ok ? undefined : seated.error;
};

const blocksOf = (ground: Ground, places: readonly AskedPlace[]): Block[] => {
  const refusal = refusalOf(ground, places);
  if (refusal) {
    if (isOfEveryDate(refusal)) throw refusal;
    const uses = places.map(({ use }) => ({ ...use, date: use.usedOn }));
    return blocksOfRefusal(refusal, uses);
  }
  const obstacles = obstaclesOn(ground, places);
  return blockedSlots(places, obstacles, clockOf(ground.venue)).map((blocked) =>
    blockOfSlot(blocked, isPartly(places[blocked.position]!, obstacles)),
  );
};

/** What these uses would come to: their price, what stands in the way, what they would take. */
export const outcomeOf = (ground: Ground, uses: readonly AskedUse[]): Outcome => {
  const { admissionMaxYen, isCommercial } = ground.common;
  const { customerClass, pricing, venue, context } = ground;
  const priced = pricing.price({
    uses: [...uses],
    admissionMaxYen,
    isCommercial,
    customerClass,
  });
  if (!priced.ok) {
    if (isOfEveryDate(priced.error)) throw priced.error;
    const asked = uses.map(({ configuration = '', date }) => ({
      configurationId: configuration,
      date,
    }));
    const blocks = blocksOfRefusal(priced.error, asked);
    const configurationIds = asked.map(({ configurationId }) => configurationId);
    return { uses, blocks, claims: [], configurationIds, totalYen: null, isProvisional: false };
  }
  const places = placesOf(context, uses, priced.value, venue);
  const { totalYen, isProvisional } = priced.value.quote;
  return {
    uses,
    blocks: blocksOf(ground, places),
    claims: claimsOf(places, clockOf(venue)),
    configurationIds: places.map(({ use }) => use.configurationId),
    totalYen,
    isProvisional,
  };
};

/** The same for a mere candidate: what may not be asked at all is no candidate. */
export const optionalOutcomeOf = (
  ground: Ground,
  uses: readonly AskedUse[],
): Outcome | undefined => {
  const outcome = attemptOutcome(ground, uses);
  return outcome && outcome.blocks.length === 0 ? outcome : undefined;
};

const attemptOutcome = (ground: Ground, uses: readonly AskedUse[]): Outcome | undefined => {
  try {
    return outcomeOf(ground, uses);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
};
