import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../context.ts';
import { listPoliciesByVenue } from '../policies/actions.ts';
import { completePolicies } from '../policies/rules.ts';
import type { BookingPolicy } from '../policies/schema.ts';
import { listBookablePartsByVenue, listRoomsByVenue, type BookablePart } from '../rooms/actions.ts';
import type { RoomClass } from '../rooms/schema.ts';
import { hasRole } from '../shared/actor.ts';
import type { VenueId } from '../shared/ids.ts';
import { ok, orThrow, type Result } from '../shared/result.ts';
import { dayOf, type LocalDay } from '../shared/time.ts';
import { findVenueHours, type VenueHours } from '../slots/actions.ts';
import { findVenue } from '../venues/actions.ts';
import { decideDays, resolveUses } from './rules/asked.ts';
import { decideCapacities } from './rules/capacity.ts';
import type { PricedCatalogue } from './rules/catalogue.ts';
import { withDeadlineWarning } from './rules/deadline.ts';
import type { QuoteUse } from './rules/line.ts';
import { withOpeningWarnings } from './rules/opening.ts';
import { priceListOn } from './rules/price_list.ts';
import { quoteBooking, type Quote } from './rules/quote.ts';
import type { PriceReduction } from './rules/steps.ts';
import type { AskedUse, AskQuote, PriceList } from './schema.ts';
import { loadTariffs } from './store.ts';

/** What a booking is made from, before it is known what is asked: hours, rooms and conditions of the venue. */
export interface PricedVenue {
  readonly hours: VenueHours;
  readonly policies: ReadonlyMap<RoomClass, BookingPolicy>;
  readonly parts: ReadonlyMap<string, BookablePart>;
}

export const findPricedVenue = async (db: Queryable, venueId: string): Promise<PricedVenue> => {
  const [hours, parts, policies] = await Promise.all([
    findVenueHours(db, venueId),
    listBookablePartsByVenue(db, venueId),
    listPoliciesByVenue(db, venueId),
  ]);
  return {
    hours,
    parts: new Map(parts.map((part) => [part.id, part])),
    policies: completePolicies(hours.venue, policies),
  };
};

const catalogueOf = ({ hours, parts }: PricedVenue): PricedCatalogue => ({
  venueId: hours.venue.id,
  zone: hours.venue.zone,
  configurations: parts,
  slots: hours.slots,
  bands: hours.bands,
});

/** Of the rooms asked for, every configuration: an extra may be priced at another one. */
const configurationsOfRooms = ({ parts }: PricedVenue, uses: readonly QuoteUse[]): string[] => {
  const roomIds = new Set(uses.map((use) => parts.get(use.configurationId)!.roomId));
  return [...parts.values()].flatMap(({ id, roomId }) => (roomIds.has(roomId) ? [id] : []));
};

const checkCapacities = async (
  db: Queryable,
  venueId: string,
  asked: readonly AskedUse[],
  uses: readonly QuoteUse[],
): Promise<void> => {
  const isAsked = asked.some(({ attendance }) => attendance !== undefined);
  if (isAsked) orThrow(decideCapacities(asked, uses, await listRoomsByVenue(db, venueId)));
};

export interface PricedUses {
  /** In the order asked, with codes resolved to ids. */
  readonly uses: readonly QuoteUse[];
  readonly quote: Quote;
}

type Asked = Pick<AskQuote, 'uses' | 'admissionMaxYen' | 'isCommercial' | 'customerClass'> & {
  /** An approved reduction (減免); the caller knows whether it may be used. */
  readonly reduction?: PriceReduction | null | undefined;
};

/** Reads what was asked against the venue and prices it; also inside the caller's transaction. */
export const priceAskedUses = async (
  db: Queryable,
  venue: PricedVenue,
  asked: Asked,
): Promise<PricedUses> => {
  const catalogue = catalogueOf(venue);
  const uses = orThrow(resolveUses(asked.uses, catalogue));
  const [tariffs] = await Promise.all([
    loadTariffs(db, catalogue.venueId, configurationsOfRooms(venue, uses)),
    checkCapacities(db, catalogue.venueId, asked.uses, uses),
  ]);
  const { admissionMaxYen, isCommercial, customerClass, reduction } = asked;
  const input = { uses, admissionMaxYen, isCommercial, customerClass, reduction };
  return { uses, quote: orThrow(quoteBooking(input, tariffs, catalogue)) };
};

/** Prices many askings of one venue from a single reading of its tariffs and rooms. */
export const findPricing = async (db: Queryable, venue: PricedVenue) => {
  const catalogue = catalogueOf(venue);
  const [tariffs, rooms] = await Promise.all([
    loadTariffs(db, catalogue.venueId),
    listRoomsByVenue(db, catalogue.venueId),
  ]);
  const price = (asked: Asked): Result<PricedUses> => {
    const uses = resolveUses(asked.uses, catalogue);
    if (!uses.ok) return uses;
    const seated = decideCapacities(asked.uses, uses.value, rooms);
    if (!seated.ok) return seated;
    const { admissionMaxYen, isCommercial, customerClass, reduction } = asked;
    const input = { uses: uses.value, admissionMaxYen, isCommercial, customerClass, reduction };
    const quoted = quoteBooking(input, tariffs, catalogue);
    return quoted.ok ? ok({ uses: uses.value, quote: quoted.value }) : quoted;
  };
  return { rooms, price };
};
export type Pricing = Awaited<ReturnType<typeof findPricing>>;

/** A price for anybody who asks, before anything is booked. */
export const quote = async (context: Context, asked: AskQuote): Promise<Quote> => {
  const venue = await findPricedVenue(context.reads, asked.venue);
  const now = context.now();
  orThrow(decideDays(asked.uses, dayOf(now, venue.hours.venue.zone)));
  const priced = await priceAskedUses(context.reads, venue, asked);
  const { openingPeriods } = venue.hours;
  const hours = { ...venue.hours.venue, openingPeriods };
  const catalogue = catalogueOf(venue);
  const opened = withOpeningWarnings(priced.quote, catalogue, hours, now);
  // The desk may take what comes after the deadline.
  if (hasRole(context.actor, hours.id as VenueId, ['desk', 'manager'])) return opened;
  const { zone, phone } = hours;
  const { requestDeadlineDays } = venue.hours;
  return withDeadlineWarning(opened, catalogue, { requestDeadlineDays, zone, phone }, now);
};

/** The prices in force on a day; today unless told otherwise. */
export const listPrices = async (
  context: Context,
  venueId: string,
  day?: LocalDay,
): Promise<PriceList> => {
  const [venue, tariffs] = await Promise.all([
    findVenue(context.reads, venueId),
    loadTariffs(context.reads, venueId),
  ]);
  return orThrow(priceListOn(tariffs, day ?? dayOf(context.now(), venue.zone)));
};
