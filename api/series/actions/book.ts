import type { Queryable, Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { holdWithin, planHold, type HoldPlan } from '../../bookings/actions/hold.ts';
import { isTaken } from '../../bookings/actions/place.ts';
import type { HoldBooking } from '../../bookings/schema/bookings.ts';
import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import { AppError, type ErrorField } from '../../shared/error.ts';
import type { SeriesId, VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import { lockCells } from '../../slots/actions.ts';
import { seriesErrors } from '../errors.ts';
import { clashFields, noteOf, refusalField, type PlannedDate } from '../rules/choice.ts';
import { overlappingDate } from '../rules/outcome.ts';
import { decideTurn, hasEnded, type Series, type SeriesDate } from '../rules/series.ts';
import type { AskSeries, BookSeries, DateChoice } from '../schema.ts';
import {
  findSeriesForUpdate,
  insertSeries,
  listDateRows,
  saveSeries,
  saveSeriesDate,
} from '../store.ts';
import { planSeries, showPlan } from './preview.ts';
import { findVisibleSeries } from './read.ts';

/** A date that will be booked, with the hold it comes to. */
interface HoldOf {
  readonly plannedOn: LocalDay;
  readonly plan: HoldPlan;
}

/** Nothing is booked; every date that is in the way is named, with what is free instead. */
const refuseClashes = (
  dates: readonly PlannedDate[],
  fields: readonly ErrorField[] = clashFields(dates),
): AppError =>
  seriesErrors.dates_clash({
    fields,
    detail: { dates: fields.map(({ path }) => path.slice(8)), preview: showPlan(dates) },
  });

const decidePlan = (dates: readonly PlannedDate[]): PlannedDate[] => {
  const booked = dates.filter(({ chosen }) => chosen !== null);
  if (booked.length === 0) throw seriesErrors.nothing_chosen();
  if (clashFields(dates).length > 0) throw refuseClashes(dates);
  const overlapping = overlappingDate(
    booked.map(({ plannedOn, chosen }) => ({ plannedOn, claims: chosen!.claims })),
  );
  if (overlapping) {
    const error = seriesErrors.dates_overlap();
    throw seriesErrors.dates_overlap({ fields: [refusalField(overlapping, error)] });
  }
  return booked;
};

const holdInput = ({ rule: _rule, ...asked }: AskSeries, uses: HoldBooking['uses']) => ({
  ...asked,
  uses,
});

/** Every hold is decided as a single one would be: what refuses one date names that date. */
const planHolds = async (
  context: Context,
  asked: BookSeries,
  dates: readonly PlannedDate[],
): Promise<HoldOf[]> => {
  const { choices: _choices, ...rest } = asked;
  const holds: HoldOf[] = [];
  const fields: ErrorField[] = [];
  for (const { plannedOn, chosen } of decidePlan(dates)) {
    try {
      const plan = await planHold(context, holdInput(rest, [...chosen!.uses]));
      holds.push({ plannedOn, plan });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      fields.push(refusalField(plannedOn, error));
    }
  }
  if (fields.length > 0) throw refuseClashes(dates, fields);
  return holds;
};

/** The cells of all dates at once and in one order: two series over the same rooms wait, they do not tangle. */
const lockAll = (tx: Transaction, plans: readonly Pick<HoldPlan, 'claims'>[]) =>
  lockCells(tx, [...new Set(plans.flatMap(({ claims }) => claims.map(({ cellId }) => cellId)))]);

const seriesFrom = (context: Context, asked: BookSeries): Series => {
  const { choices: _choices, rule, venue, organizationId, title, ...template } = asked;
  const now = context.now();
  return {
    id: context.newId('series') as SeriesId,
    venueId: venue as VenueId,
    organizationId,
    createdByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    title,
    version: 1,
    rule,
    template,
    createdAt: now,
    updatedAt: now,
  };
};

const place = async (
  tx: Transaction,
  context: Context,
  series: Series,
  dates: readonly PlannedDate[],
  holds: readonly HoldOf[],
): Promise<void> => {
  await lockAll(
    tx,
    holds.map(({ plan }) => plan),
  );
  const booked = new Map<LocalDay, string>();
  for (const { plannedOn, plan } of holds) {
    booked.set(plannedOn, (await holdWithin(tx, context, plan)).id);
  }
  const rows = dates.map(({ plannedOn, choice, planned }): SeriesDate => {
    const bookingId = booked.get(plannedOn) ?? null;
    return {
      seriesId: series.id,
      plannedOn,
      state: bookingId ? 'booked' : 'skipped',
      bookingId,
      note: noteOf(choice, planned.uses),
    };
  });
  await insertSeries(tx, series, rows);
  await recordAudit(tx, context, {
    action: 'series.book',
    subjectId: series.id,
    after: { ...series, dates: rows },
  });
};

/**
 * Holds every chosen date in one transaction: all of them or none.
 * @throws series.dates_clash naming the dates that cannot be had, with what is free instead
 */
export const bookSeries = async (context: Context, asked: BookSeries): Promise<Series> => {
  const dates = await planSeries(context, asked);
  const holds = await planHolds(context, asked, dates);
  const series = seriesFrom(context, asked);
  try {
    await context.transact((tx) => place(tx, context, series, dates, holds));
    return series;
  } catch (error) {
    if (!isTaken(error)) throw error;
    // Somebody was quicker: the same question is asked again, and answered with what is free now.
    throw refuseClashes(await planSeries(context, asked));
  }
};

/** The priority of a series was given by the manager; who adds a date alone waits for its period. */
const askFor = (
  { actor }: Context,
  series: Series,
  plannedOn: LocalDay,
  choice: DateChoice,
): BookSeries => {
  const { priorityReason, ...template } = series.template;
  const mayGoFirst = hasRole(actor, series.venueId, ['manager']);
  return {
    ...template,
    ...(mayGoFirst && priorityReason !== undefined ? { priorityReason } : {}),
    venue: series.venueId,
    organizationId: series.organizationId,
    title: series.title,
    rule: { kind: 'dates', dates: [plannedOn] },
    choices: { [plannedOn]: choice },
  };
};

/** A date that has no living booking: skipped, or given up since. */
const findOpenDate = async (
  db: Queryable,
  seriesId: string,
  plannedOn: LocalDay,
): Promise<SeriesDate> => {
  const rows = await listDateRows(db, seriesId);
  const row = rows.find((one) => one.plannedOn === plannedOn);
  if (!row) throw seriesErrors.unknown_date();
  const { booking, ...date } = row;
  if (booking && !hasEnded(booking.state)) throw seriesErrors.already_booked();
  return date;
};

interface AddDate {
  readonly seriesId: string;
  readonly plannedOn: LocalDay;
  readonly version: number;
  readonly choice: DateChoice;
}

const addWithin = async (
  tx: Transaction,
  context: Context,
  input: AddDate,
  { plan, note }: { plan: HoldPlan; note: string },
) => {
  const series = await findSeriesForUpdate(tx, input.seriesId);
  orThrow(decideTurn(series, context.actor, input.version));
  const date = await findOpenDate(tx, series.id, input.plannedOn);
  const { id: bookingId } = await holdWithin(tx, context, plan);
  const added: SeriesDate = { ...date, state: 'booked', bookingId, note };
  await saveSeriesDate(tx, added);
  await saveSeries(tx, { ...series, version: series.version + 1, updatedAt: context.now() });
  await recordAudit(tx, context, {
    action: 'series.add_date',
    subjectId: series.id,
    before: date,
    after: added,
  });
};

/** A date that was skipped, after all; as planned or otherwise. */
export const addSkippedDate = async (context: Context, input: AddDate): Promise<void> => {
  const series = await findVisibleSeries(context, input.seriesId);
  orThrow(decideTurn(series, context.actor, input.version));
  await findOpenDate(context.reads, series.id, input.plannedOn);
  const asked = askFor(context, series, input.plannedOn, input.choice);
  const dates = await planSeries(context, asked);
  const [hold] = await planHolds(context, asked, dates);
  const note = noteOf(input.choice, dates[0]!.planned.uses);
  try {
    await context.transact((tx) => addWithin(tx, context, input, { plan: hold!.plan, note }));
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw refuseClashes(await planSeries(context, asked));
  }
};

/** One open date of a series, as it would come to now: what a page offers before a skipped date is added. */
export const previewDate = async (context: Context, seriesId: string, plannedOn: LocalDay) => {
  const series = await findVisibleSeries(context, seriesId);
  await findOpenDate(context.reads, series.id, plannedOn);
  const asked = askFor(context, series, plannedOn, { kind: 'as_planned' });
  return showPlan(await planSeries(context, asked)).dates[0]!;
};
