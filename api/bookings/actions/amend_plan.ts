import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findPricedVenue, priceAskedUses } from '../../fees/actions.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { policyOver } from '../../policies/rules.ts';
import { orThrow } from '../../shared/result.ts';
import {
  askOf,
  decideAmendment,
  decideRepeats,
  decideUseIds,
  type AmendPolicy,
  type Amending,
} from '../rules/amendment.ts';
import { decideAsked } from '../rules/asked.ts';
import type { Booking, Reduction } from '../rules/booking.ts';
import {
  changesBetween,
  namedChanges,
  placesNamedIn,
  quoteAfter,
  type Changes,
  type Content,
  type NamedChanges,
} from '../rules/changes.ts';
import { decideConditions } from '../rules/conditions.ts';
import { claimsOf } from '../rules/placement.ts';
import type { AmendAsk } from '../schema/amendments.ts';
import { findQuote } from '../store/bookings.ts';
import { listPlaceNames } from '../store/views.ts';
import { checkAttendance, classedUses } from './conditions.ts';
import { clockOf, placesOf, type Wanted } from './place.ts';

export interface AmendWish {
  /** The whole wanted content; absent where only the reduction changes. */
  readonly asked?: AmendAsk | undefined;
  readonly reduction?: Reduction | null | undefined;
}

/** Everything a change is decided from, beside the booking's row. */
export interface AmendPlan extends Wanted {
  readonly content: Content;
  readonly changes: Changes;
  readonly policy: AmendPolicy;
  readonly promised: Quote;
  readonly quote: Quote;
}

const contentOf = (
  booking: Booking,
  { uses: _uses, attendance, ...said }: AmendAsk,
  rest: Pick<Content, 'uses' | 'reduction'>,
): Content => ({ ...said, attendance: attendance ?? null, ...rest });

/** Prices and places what is wanted; who may, and when, is decided on the booking's own row. */
export const planAmendment = async (
  db: Queryable,
  context: Context,
  booking: Booking,
  wish: AmendWish,
): Promise<AmendPlan> => {
  const asked = wish.asked ?? askOf(booking);
  orThrow(decideUseIds(booking, asked));
  const [venue, promised] = await Promise.all([
    findPricedVenue(db, booking.venueId),
    findQuote(db, booking.id),
  ]);
  const reduction = wish.reduction === undefined ? booking.reduction : wish.reduction;
  const { customerClass } = booking;
  const circumstances = { ...asked, customerClass, ...(reduction ? { reduction } : {}) };
  const priced = await priceAskedUses(db, venue, circumstances);
  const places = placesOf(context, asked.uses, priced, venue);
  const content = contentOf(booking, asked, { uses: places.map(({ use }) => use), reduction });
  const changes = changesBetween(booking, content);
  const { zone, opensAtTime } = venue.hours.venue;
  const ahead = new Set(
    changes.uses
      .filter(({ kind }) => kind === 'added' || kind === 'moved')
      .map(({ useId }) => useId),
  );
  const rules = { zone, opensAtTime, closedDayRules: venue.hours.closedDayRules };
  orThrow(
    decideAsked(
      places.filter(({ use }) => ahead.has(use.id)),
      rules,
      context.now(),
    ),
  );
  orThrow(decideRepeats(places));
  if (changes.uses.length > 0) {
    const uses = classedUses(
      venue,
      places.map(({ use }) => use),
    );
    orThrow(decideConditions(uses, venue.policies));
  }
  if (content.attendance !== booking.attendance || changes.uses.length > 0) {
    await checkAttendance(db, content.attendance, content.uses);
  }
  const classes = places.map(({ use }) => venue.parts.get(use.configurationId)!.roomClass);
  const clock = clockOf(venue);
  return {
    venueId: booking.venueId,
    ownBookingId: booking.id,
    places,
    claims: claimsOf(places, clock),
    clock,
    content,
    changes,
    policy: { ...policyOver(venue.policies, classes), zone },
    promised,
    quote: quoteAfter(changes, promised, priced.quote),
  };
};

const amendingOf = (context: Context, plan: AmendPlan, version?: number): Amending => ({
  actor: context.actor,
  now: context.now(),
  version,
  policy: plan.policy,
  content: plan.content,
});

/** Who, when and what: the same question before the cells are locked and after. */
export const decidePlanned = (
  context: Context,
  plan: AmendPlan,
  booking: Booking,
  version?: number,
) => orThrow(decideAmendment(booking, amendingOf(context, plan, version)));

export const nameChanges = async (db: Queryable, changes: Changes): Promise<NamedChanges> =>
  namedChanges(changes, await listPlaceNames(db, placesNamedIn(changes)));

export const differenceOf = ({ quote, promised }: Pick<AmendPlan, 'quote' | 'promised'>): number =>
  quote.totalYen - promised.totalYen;
