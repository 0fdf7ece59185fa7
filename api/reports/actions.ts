import { accountErrors } from '../accounts/errors.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../shared/actor.ts';
import { orThrow } from '../shared/result.ts';
import { dayOf, type LocalDay } from '../shared/time.ts';
import { boardOf } from './rules/board.ts';
import { firstDayOf, lastDayOf } from './rules/measure.ts';
import { reportErrors } from './errors.ts';
import { countedUnits } from './rules/counted.ts';
import { decidePeriod, reportOccupancy, type OccupancyReport } from './rules/occupancy.ts';
import type { CountedQuery, OccupancyQuery } from './schema.ts';
import { loadBoardFacts, listUsesOn } from './store/day.ts';
import { listCountedUses, loadOccupancyFacts } from './store/occupancy.ts';

/** The venues of the actor's own work, or the one asked for if it is among them. */
const venuesToShow = (actor: Actor, venueId: string | undefined): string[] => {
  const own = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  const shown = venueId === undefined ? own : own.filter((id) => id === venueId);
  if (shown.length === 0) throw accountErrors.forbidden();
  return shown;
};

const measure = async (context: Context, query: Omit<OccupancyQuery, 'format'>) => {
  const venueIds = venuesToShow(context.actor, query.venue);
  const months = orThrow(decidePeriod(query.from, query.to));
  const days = [firstDayOf(query.from), lastDayOf(query.to)] as const;
  const facts = await loadOccupancyFacts(context.replica.db, venueIds, ...days);
  const { by, from, to, definition } = query;
  const question = { by, from, to, definition, countsSetup: query.setup === 'include' };
  return { venueIds, days, facts, question, report: reportOccupancy(question, months, facts) };
};

export const measureOccupancy = async (
  context: Context,
  query: Omit<OccupancyQuery, 'format'>,
): Promise<OccupancyReport> => (await measure(context, query)).report;

/** The uses behind one figure of the report: as many as its numerator, and no others. */
export const listCounted = async (context: Context, query: CountedQuery) => {
  const { venueIds, days, facts, question, report } = await measure(context, query);
  const row = report.rows.find(({ key }) => key === query.row);
  if (!row) throw reportErrors.unknown_row();
  const figure = facts.figures.find(({ id }) => id === row.key);
  const roomIds = query.by === 'figure' ? figure!.roomIds : [row.key];
  const rooms = facts.rooms.filter(({ id }) => roomIds.includes(id));
  const uses = await listCountedUses(context.replica.db, venueIds, ...days);
  const units = countedUnits(rooms, uses, question);
  const { key, nameJa, nameEn, total: share } = row;
  return {
    from: report.from,
    to: report.to,
    definition: report.definition,
    row: { key, nameJa, nameEn },
    share,
    units: units.map((unit) => {
      const slot = unit.room.slots.find(({ code }) => code === unit.slot);
      return {
        usedOn: unit.usedOn,
        slot: slot ? { nameJa: slot.nameJa, nameEn: slot.nameEn } : null,
        roomNameJa: unit.room.nameJa,
        roomNameEn: unit.room.nameEn,
        uses: unit.uses.map(shownUse),
      };
    }),
  };
};

type CountedUse = Awaited<ReturnType<typeof listCountedUses>>[number];

const shownUse = ({ startsAt, endsAt, ...use }: CountedUse) => ({
  bookingId: use.bookingId,
  number: use.number,
  title: use.title,
  organizationName: use.organizationName,
  phase: use.phase,
  configurationNameJa: use.configurationNameJa,
  configurationNameEn: use.configurationNameEn,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

export const listTodaysUses = async (
  context: Context,
  query: { venue?: string | undefined; date?: LocalDay | undefined },
) => {
  const venueIds = venuesToShow(context.actor, query.venue);
  const now = context.now();
  const date = query.date ?? dayOf(now);
  const uses = await listUsesOn(context.replica.db, venueIds, date, now);
  return {
    date,
    uses: uses.map((use) => ({
      ...use,
      startsAt: use.startsAt.toISOString(),
      endsAt: use.endsAt.toISOString(),
    })),
  };
};

export const showBoard = async (
  context: Context,
  query: { venue: string; date?: LocalDay | undefined },
) => {
  venuesToShow(context.actor, query.venue);
  const now = context.now();
  const date = query.date ?? dayOf(now);
  return boardOf(date, await loadBoardFacts(context.replica.db, query.venue, date, now));
};
