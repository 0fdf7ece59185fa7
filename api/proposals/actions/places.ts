import { findVisibleBooking } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import type { Pricing } from '../../fees/actions.ts';
import type { Phase } from '../../fees/schema.ts';
import type { Layout } from '../../rooms/schema.ts';
import type { LocalDay } from '../../shared/time.ts';
import { orThrow } from '../../shared/result.ts';
import { proposalErrors } from '../errors.ts';
import { decideStretch } from '../rules/asked.ts';
import type { FinderPart } from '../rules/catalogue.ts';
import {
  blockOfPlace,
  locate,
  placesFor,
  type FreePlace,
  type Located,
  type PlaceWish,
} from '../rules/moves.ts';
import { showBlock, showPart } from '../rules/shown.ts';
import type { AskPlaces } from '../schema.ts';
import { findPricings, findTimelines } from './plans.ts';

type Terms = Omit<Parameters<Pricing['price']>[0], 'uses'>;

interface WantedPlace extends PlaceWish {
  readonly position: number;
  readonly phase: Phase;
}

/** Some uses, what their price depends on, and the booking that is not in its own way. */
export interface AskedPlaces {
  readonly uses: readonly WantedPlace[];
  readonly terms?: Terms | undefined;
  readonly exceptBookingId?: string | undefined;
}

const usualTerms: Terms = { admissionMaxYen: 0, isCommercial: false, customerClass: 'standard' };

interface Spot {
  readonly part: FinderPart;
  readonly date: LocalDay;
  readonly band: string;
}

const priceOf = (
  { part, date, band }: Spot,
  wish: WantedPlace,
  pricings: ReadonlyMap<string, Pricing>,
  terms: Terms,
) => {
  const use = {
    room: part.roomId,
    configuration: part.id,
    date,
    band,
    phase: wish.phase,
    coolingHours: 0,
    heatingHours: 0,
    earlyHours: 0,
    lateHours: 0,
    wiredLan: false,
  };
  const priced = pricings.get(part.venueId)!.price({ ...terms, uses: [use] });
  return priced.ok ? priced.value.quote : undefined;
};

interface Looked {
  readonly wish: WantedPlace;
  readonly own: Located;
  readonly places: readonly (FreePlace & { readonly venue: Located['timeline']['venue'] })[];
}

const lookAt = async (context: Context, { uses, exceptBookingId }: AskedPlaces) => {
  const { venues, timelinesOf } = await findTimelines(
    context,
    orThrow(decideStretch(uses)),
    exceptBookingId,
  );
  const timelines = timelinesOf(venues);
  const nameOf = new Map(venues.map((venue) => [venue.id, venue]));
  return uses.map((wish): Looked => {
    const own = locate(timelines, wish.configurationId);
    if (!own) {
      const params = { configuration: wish.configurationId };
      throw proposalErrors.unknown_configuration({ params });
    }
    const places = placesFor(timelines, own, wish).map((place) => ({
      ...place,
      venue: nameOf.get(place.part.venueId)!,
    }));
    return { wish, own, places };
  });
};

/**
 * For each use what stands in its way, if anything does, and the nearest free places: another time,
 * part, day or venue, each with its price beside the price of the use as it was wished.
 */
export const proposePlaces = async (context: Context, asked: AskedPlaces) => {
  if (asked.uses.length === 0) return [];
  const looked = await lookAt(context, asked);
  const terms = asked.terms ?? usualTerms;
  const pricings = await findPricings(
    context,
    looked.flatMap(({ own, places }) => [
      own.timeline.venue.id,
      ...places.map(({ venue }) => venue.id),
    ]),
  );
  return looked.map(({ wish, own, places }) => {
    const block = blockOfPlace(own, wish.date, wish.band);
    const ownFee = priceOf({ part: own.part, ...wish }, wish, pricings, terms)?.totalYen;
    return {
      position: wish.position,
      configurationId: wish.configurationId,
      date: wish.date,
      band: wish.band,
      block: block ? showBlock(block) : null,
      places: places.map(({ venue, part, kind, date, band, seat }) => {
        const priced = priceOf({ part, date, band }, wish, pricings, terms);
        const feeYen = priced?.totalYen ?? null;
        return {
          ...showPart(part, venue),
          kind,
          date,
          band,
          seat: seat ?? null,
          feeYen,
          isProvisional: priced?.isProvisional ?? false,
          differenceYen: feeYen === null || ownFee === undefined ? null : feeYen - ownFee,
        };
      }),
    };
  });
};

export type ProposedPlaces = Awaited<ReturnType<typeof proposePlaces>>;

const termsOf = ({ admissionMaxYen, isCommercial, customerClass, reduction }: Booking): Terms => ({
  admissionMaxYen,
  isCommercial,
  customerClass,
  reduction,
});

/** The nearest places for every use of a booking, as if it stood nowhere yet. */
export const proposeMovesOf = (context: Context, booking: Booking): Promise<ProposedPlaces> =>
  proposePlaces(context, {
    exceptBookingId: booking.id,
    terms: termsOf(booking),
    uses: booking.uses.map((use) => ({
      position: use.position,
      configurationId: use.configurationId,
      date: use.usedOn,
      band: use.bandCode,
      phase: use.phase,
      layout: (use.layout ?? undefined) as Layout | undefined,
      people: use.attendance ?? undefined,
    })),
  });

export const proposeMoves = async (context: Context, bookingId: string): Promise<ProposedPlaces> =>
  proposeMovesOf(context, await findVisibleBooking(context, bookingId));

/** What stands in the way of uses somebody would like, and what is free instead. */
export const explainBlocked = (context: Context, { uses }: AskPlaces): Promise<ProposedPlaces> =>
  proposePlaces(context, {
    uses: uses.map(({ configuration, attendance, ...use }, position) => ({
      ...use,
      position,
      phase: 'event',
      configurationId: configuration,
      people: attendance,
    })),
  });
