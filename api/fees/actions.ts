import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../context.ts';
import { listBookablePartsByVenue, listRoomsOfVenue } from '../rooms/actions.ts';
import { orThrow } from '../shared/result.ts';
import { dayOf, type LocalDay } from '../shared/time.ts';
import { findVenue } from '../venues/actions.ts';
import { decideDays, resolveUses } from './rules/asked.ts';
import { decideCapacities } from './rules/capacity.ts';
import type { PricedCatalogue } from './rules/catalogue.ts';
import type { QuoteInput, QuoteUse } from './rules/line.ts';
import { withOpeningWarnings } from './rules/opening.ts';
import { priceListOn } from './rules/price_list.ts';
import { quoteBooking, type Quote } from './rules/quote.ts';
import type { AskedUse, AskQuote, PriceList } from './schema.ts';
import { loadBands, loadTariffs } from './store.ts';

/** What the price engine must know of a venue, besides its tariffs. */
export const loadPricedCatalogue = async (
  db: Queryable,
  venueId: string,
): Promise<PricedCatalogue> => {
  const [parts, { slots, bands }] = await Promise.all([
    listBookablePartsByVenue(db, venueId),
    loadBands(db, venueId),
  ]);
  return { venueId, configurations: new Map(parts.map((part) => [part.id, part])), slots, bands };
};

/** Prices uses the house already knows; runs inside the caller's transaction. */
export const quoteUses = async (
  db: Queryable,
  venueId: string,
  input: QuoteInput,
): Promise<Quote> => {
  const [tariffs, catalogue] = await Promise.all([
    loadTariffs(db, venueId),
    loadPricedCatalogue(db, venueId),
  ]);
  return orThrow(quoteBooking(input, tariffs, catalogue));
};

/** Refuses uses in which not everybody who is expected finds a place. */
export const checkCapacities = async (
  context: Context,
  venueId: string,
  asked: readonly AskedUse[],
  uses: readonly QuoteUse[],
): Promise<void> => {
  const isAsked = asked.some(({ attendance, layout }) => attendance !== undefined && layout);
  if (!isAsked) return;
  const { rooms } = await listRoomsOfVenue(context, venueId);
  orThrow(decideCapacities(asked, uses, rooms));
};

/** A price for anybody who asks, before anything is booked. */
export const quote = async (context: Context, asked: AskQuote): Promise<Quote> => {
  const [venue, tariffs, catalogue] = await Promise.all([
    findVenue(context.reads, asked.venue),
    loadTariffs(context.reads, asked.venue),
    loadPricedCatalogue(context.reads, asked.venue),
  ]);
  const uses = orThrow(resolveUses(asked.uses, catalogue));
  orThrow(decideDays(uses, dayOf(context.now(), venue.zone)));
  await checkCapacities(context, venue.id, asked.uses, uses);
  const { admissionMaxYen, isCommercial, customerClass } = asked;
  const input = { uses, admissionMaxYen, isCommercial, customerClass };
  const given = orThrow(quoteBooking(input, tariffs, catalogue));
  return withOpeningWarnings(given, catalogue, venue, context.now());
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
