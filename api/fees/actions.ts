import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../context.ts';
import { listBookablePartsByVenue, listRoomsByVenue, type BookablePart } from '../rooms/actions.ts';
import { orThrow } from '../shared/result.ts';
import { dayOf, type LocalDay } from '../shared/time.ts';
import { findVenueHours, type VenueHours } from '../slots/actions.ts';
import { findVenue } from '../venues/actions.ts';
import { decideDays, resolveUses } from './rules/asked.ts';
import { decideCapacities } from './rules/capacity.ts';
import type { PricedCatalogue } from './rules/catalogue.ts';
import type { QuoteUse } from './rules/line.ts';
import { withOpeningWarnings } from './rules/opening.ts';
import { priceListOn } from './rules/price_list.ts';
import { quoteBooking, type Quote } from './rules/quote.ts';
import type { AskedUse, AskQuote, PriceList } from './schema.ts';
import { loadTariffs } from './store.ts';

/** What a price is made from, before it is known what is asked: hours and rooms of the venue. */
export interface PricedVenue {
  readonly hours: VenueHours;
  readonly parts: ReadonlyMap<string, BookablePart>;
}

export const findPricedVenue = async (db: Queryable, venueId: string): Promise<PricedVenue> => {
  const [hours, parts] = await Promise.all([
    findVenueHours(db, venueId),
    listBookablePartsByVenue(db, venueId),
  ]);
  return { hours, parts: new Map(parts.map((part) => [part.id, part])) };
};

const catalogueOf = ({ hours, parts }: PricedVenue): PricedCatalogue => ({
  venueId: hours.venue.id,
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

type Asked = Pick<AskQuote, 'uses' | 'admissionMaxYen' | 'isCommercial' | 'customerClass'>;

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
  const { admissionMaxYen, isCommercial, customerClass } = asked;
  const input = { uses, admissionMaxYen, isCommercial, customerClass };
  return { uses, quote: orThrow(quoteBooking(input, tariffs, catalogue)) };
};

/** A price for anybody who asks, before anything is booked. */
export const quote = async (context: Context, asked: AskQuote): Promise<Quote> => {
  const venue = await findPricedVenue(context.reads, asked.venue);
  const now = context.now();
  orThrow(decideDays(asked.uses, dayOf(now, venue.hours.venue.zone)));
  const priced = await priceAskedUses(context.reads, venue, asked);
  return withOpeningWarnings(priced.quote, catalogueOf(venue), venue.hours.venue, now);
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
