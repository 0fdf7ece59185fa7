import { accountErrors } from '../accounts/errors.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../shared/actor.ts';
import { orThrow } from '../shared/result.ts';
import { dayOf, type LocalDay } from '../shared/time.ts';
import { boardOf } from './rules/board.ts';
import { firstDayOf, lastDayOf } from './rules/measure.ts';
import { decidePeriod, reportOccupancy, type OccupancyReport } from './rules/occupancy.ts';
import type { OccupancyQuery } from './schema.ts';
import { loadBoardFacts, listUsesOn } from './store/day.ts';
import { loadOccupancyFacts } from './store/occupancy.ts';

/** The venues of the actor's own work, or the one asked for if it is among them. */
const venuesToShow = (actor: Actor, venueId: string | undefined): string[] => {
  const own = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  const shown = venueId === undefined ? own : own.filter((id) => id === venueId);
  if (shown.length === 0) throw accountErrors.forbidden();
  return shown;
};

export const measureOccupancy = async (
  context: Context,
  query: Omit<OccupancyQuery, 'format'>,
): Promise<OccupancyReport> => {
  const venueIds = venuesToShow(context.actor, query.venue);
  const months = orThrow(decidePeriod(query.from, query.to));
  const facts = await loadOccupancyFacts(
    context.replica.db,
    venueIds,
    firstDayOf(query.from),
    lastDayOf(query.to),
  );
  const { by, from, to, definition } = query;
  const countsSetup = query.setup === 'include';
  return reportOccupancy({ by, from, to, definition, countsSetup }, months, facts);
};

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
