import { findQuote } from '../../bookings/actions/read.ts';
import type { Context } from '../../context.ts';
import { findOrganization } from '../../organizations/actions.ts';
import { proposeMovesOf } from '../../proposals/actions/places.ts';
import { localDay } from '../../shared/time.ts';
import { bandInstants, findBand } from '../../slots/rules/band.ts';
import { closingLetter } from '../rules/letters.ts';
import { isInTheWay, undoMinutes } from '../rules/times.ts';
import type { AskClosure } from '../schema.ts';
import { listPaidYen } from '../store.ts';
import { listAffected, placeClosure, type Affected, type PlacedClosure } from './affected.ts';

const nobody = { id: 'bkg_…', number: 'R00-XX-000000', title: '…' };

/** Whether a place proposed instead is not itself about to be shut. */
const staysOpen = (
  { parts, clock, cellIds, times }: PlacedClosure,
  place: { readonly configurationId: string; readonly date: string; readonly band: string },
): boolean => {
  const { slots, bands, zone } = clock;
  const during = bandInstants(findBand(bands, place.band), slots, localDay(place.date), zone);
  const { configurationId } = place;
  const cellsOf = (id: string) => parts.get(id)?.cellIds ?? [];
  return !isInTheWay({ configurationId, ...during }, cellsOf, { cellIds, times });
};

const showAffected = async (
  context: Context,
  { booking, useIds }: Affected,
  placed: PlacedClosure,
  paid: ReadonlyMap<string, number>,
) => {
  const [organization, quote, proposed] = await Promise.all([
    findOrganization(context.reads, booking.organizationId),
    findQuote(context.reads, booking.id),
    proposeMovesOf(context, {
      ...booking,
      uses: booking.uses.filter(({ id }) => useIds.has(id)),
    }),
  ]);
  return {
    bookingId: booking.id,
    number: booking.number,
    version: booking.version,
    title: booking.title,
    state: booking.state,
    organizationName: organization.name,
    contactName: organization.contactName,
    contactPhone: organization.phone,
    totalYen: quote.totalYen,
    paidYen: paid.get(booking.id) ?? 0,
    uses: booking.uses.map((use) => {
      const part = placed.parts.get(use.configurationId)!;
      const found = proposed.find(({ position }) => position === use.position)?.places ?? [];
      return {
        useId: use.id,
        isAffected: useIds.has(use.id),
        roomNameJa: part.roomNameJa,
        roomNameEn: part.roomNameEn,
        configurationId: use.configurationId,
        configurationNameJa: part.nameJa,
        configurationNameEn: part.nameEn,
        usedOn: use.usedOn,
        bandCode: use.bandCode,
        startsAt: use.startsAt,
        endsAt: use.endsAt,
        places: useIds.has(use.id)
          ? found.filter((place) => place.kind !== 'other_venue' && staysOpen(placed, place))
          : [],
      };
    }),
  };
};

/** Who is in the way of a closure, what they paid, where they could go, and what they would be written. */
export const previewClosure = async (context: Context, asked: AskClosure) => {
  const placed = await placeClosure(context.reads, context, asked);
  const { affected } = await listAffected(context.reads, context.now(), placed);
  const paid = await listPaidYen(
    context.reads,
    affected.map(({ booking }) => booking.id),
  );
  const shown = [];
  for (const one of affected) shown.push(await showAffected(context, one, placed, paid));
  const [first] = shown;
  const told = first ? { ...first, id: first.bookingId } : nobody;
  const { locale: language, settings } = context;
  const to = { name: first?.contactName ?? '', language, publicUrl: settings.publicUrl };
  return { affected: shown, letter: closingLetter(asked, told, to), undoMinutes };
};
