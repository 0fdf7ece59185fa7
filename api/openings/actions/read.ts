import type { Context } from '../../context.ts';
import { findPricedVenue, type PricedVenue } from '../../fees/actions.ts';
import { hasRole } from '../../shared/actor.ts';
import { dayOf } from '../../shared/time.ts';
import { findVenue } from '../../venues/actions.ts';
import { allowedOfEntry, stateOf, type Entry, type WishedUse } from '../rules/lottery.ts';
import { findOptionalDraw, listEntries, listNamedEntries, type Drawn } from '../store/entries.ts';
import { findLottery, listPeriods } from '../store/periods.ts';

/** Periods of a venue, or of all, with what their lotteries stand at; the seed only once it is revealed. */
export const showPeriods = async (context: Context, venueId: string | undefined) => {
  const now = context.now();
  if (venueId !== undefined) await findVenue(context.reads, venueId);
  const rows = await listPeriods(context.reads, { venueId, from: dayOf(now) });
  return rows.map(({ period, lottery, draw, entryCount, wonCount }) => {
    const { createdAt: _createdAt, ...told } = period;
    const drawnAt = draw?.drawnAt ?? null;
    const steps = lottery ?? { collectsFrom: period.opensAt, collectsUntil: period.opensAt };
    return {
      ...told,
      state: stateOf({ ...steps, opensAt: period.opensAt, drawnAt }, now),
      lottery: lottery && { ...lottery, seed: draw?.seed ?? null, drawnAt, entryCount, wonCount },
    };
  });
};

const showUse = ({ parts, hours }: PricedVenue, use: WishedUse) => {
  const part = parts.get(use.configurationId);
  const band = hours.bands.find(({ code }) => code === use.band);
  return {
    ...use,
    roomNameJa: part?.roomNameJa ?? '',
    roomNameEn: part?.roomNameEn ?? '',
    configurationNameJa: part?.nameJa ?? use.configurationId,
    configurationNameEn: part?.nameEn ?? use.configurationId,
    bandNameJa: band?.nameJa ?? use.band,
    bandNameEn: band?.nameEn ?? use.band,
  };
};

const showEntry = (venue: PricedVenue, { number, state, uses, claims }: Entry) => ({
  number,
  state,
  uses: uses.map((use) => showUse(venue, use)),
  claims,
});

const resultOf = ({ order, won, lost, blocked }: Drawn) => ({ order, won, lost, blocked });

/** Everything needed to repeat the draw, and nobody's name. */
export const showLottery = async (context: Context, lotteryId: string) => {
  const lottery = await findLottery(context.reads, lotteryId);
  const [venue, entries, drawn] = await Promise.all([
    findPricedVenue(context.reads, lottery.venueId),
    listEntries(context.reads, lotteryId),
    findOptionalDraw(context.reads, lotteryId),
  ]);
  const { openingPeriodId: _period, ...told } = lottery;
  const { id, nameJa, nameEn } = venue.hours.venue;
  return {
    ...told,
    venue: { id, nameJa, nameEn },
    state: stateOf(lottery, context.now()),
    seed: drawn?.seed ?? null,
    entries: entries.map((entry) => showEntry(venue, entry)),
    draw: drawn ? resultOf(drawn) : null,
  };
};

/** Own entries, or for staff of the venue all of them, with names. */
export const listOwnEntries = async (context: Context, lotteryId: string) => {
  const { actor } = context;
  const lottery = await findLottery(context.reads, lotteryId);
  const isStaff = hasRole(actor, lottery.venueId, ['desk', 'manager']);
  const own = actor.kind === 'organizer' ? actor.organizationIds : [];
  if (!isStaff && own.length === 0) return [];
  const [venue, rows, drawn] = await Promise.all([
    findPricedVenue(context.reads, lottery.venueId),
    listNamedEntries(context.reads, lotteryId, isStaff ? undefined : own),
    findOptionalDraw(context.reads, lotteryId),
  ]);
  const lossOf = (number: number) => drawn?.lost.find((loss) => loss.number === number);
  return rows.map(({ entry, organizationName, bookingNumber, acceptBy }) => ({
    ...showEntry(venue, entry),
    id: entry.id,
    organizationId: entry.organizationId,
    organizationName,
    title: entry.asked.title,
    bookingId: entry.bookingId,
    bookingNumber,
    acceptBy: entry.state === 'won' ? acceptBy : null,
    lostTo: lossOf(entry.number)?.lostTo ?? null,
    position: lossOf(entry.number)?.position ?? null,
    createdAt: entry.createdAt,
    allowedActions: allowedOfEntry(entry, lottery, context.now()),
  }));
};
