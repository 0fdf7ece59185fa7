import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../context.ts';
import { listBookablePartsByVenue, listRoomsByVenue } from '../rooms/actions.ts';
import { orThrow } from '../shared/result.ts';
import { dayOf, type LocalDay } from '../shared/time.ts';
import { findVenue } from '../venues/actions.ts';
import { decideDays, resolveUses } from './rules/asked.ts';
import { decideCapacities } from './rules/capacity.ts';
import type { PricedCatalogue } from './rules/catalogue.ts';
import type { QuoteUse } from './rules/line.ts';
import { withOpeningWarnings } from './rules/opening.ts';
import { priceListOn } from './rules/price_list.ts';
import { quoteBooking, type Quote } from './rules/quote.ts';
import type { AskedUse, AskQuote, PriceList } from './schema.ts';
import { loadBands, loadTariffs } from './store.ts';

const loadPricedCatalogue = async (db: Queryable, venueId: string): Promise<PricedCatalogue> => {
  const [parts, { slots, bands }] = await Promise.all([
    listBookablePartsByVenue(db, venueId),
    loadBands(db, venueId),
  ]);
  return { venueId, configurations: new Map(parts.map((part) => [part.id, part])), slots, bands };
};

const checkCapacities = async (
  db: Queryable,
  venueId: string,
  asked: readonly AskedUse[],
  uses: readonly QuoteUse[],
): Promise<void> => {
  const isAsked = asked.some(({ attendance, layout }) => attendance !== undefined && layout);
  if (isAsked) orThrow(decideCapacities(asked, uses, await listRoomsByVenue(db, venueId)));
};

export interface PricedUses {
  /** In the order asked, with codes resolved to ids. */
  readonly uses: readonly QuoteUse[];
  readonly quote: Quote;
  readonly catalogue: PricedCatalogue;
}

/** Reads what was asked against the venue and prices it; also inside the caller's transaction. */
export const priceAskedUses = async (
  db: Queryable,
  asked: Pick<AskQuote, 'venue' | 'uses' | 'admissionMaxYen' | 'isCommercial' | 'customerClass'>,
): Promise<PricedUses> => {
  const [tariffs, catalogue] = await Promise.all([
    loadTariffs(db, asked.venue),
    loadPricedCatalogue(db, asked.venue),
  ]);
  const uses = orThrow(resolveUses(asked.uses, catalogue));
  await checkCapacities(db, asked.venue, asked.uses, uses);
  const { admissionMaxYen, isCommercial, customerClass } = asked;
  const input = { uses, admissionMaxYen, isCommercial, customerClass };
  return { uses, quote: orThrow(quoteBooking(input, tariffs, catalogue)), catalogue };
};

/** A price for anybody who asks, before anything is booked. */
export const quote = async (context: Context, asked: AskQuote): Promise<Quote> => {
  const venue = await findVenue(context.reads, asked.venue);
  const now = context.now();
  orThrow(decideDays(asked.uses, dayOf(now, venue.zone)));
  const priced = await priceAskedUses(context.reads, asked);
  return withOpeningWarnings(priced.quote, priced.catalogue, venue, now);
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
