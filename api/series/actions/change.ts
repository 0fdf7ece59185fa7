import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { amendBooking } from '../../bookings/actions/amend_booking.ts';
import { isTaken } from '../../bookings/actions/place.ts';
import type { Context } from '../../context.ts';
import type { AppError } from '../../shared/error.ts';
import { orThrow } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import { seriesErrors } from '../errors.ts';
import { clashFieldsOf, noteOf } from '../rules/choice.ts';
import { changedTemplate, decideTurn, type Series } from '../rules/series.ts';
import type { ChangeSeries, PreviewChange } from '../schema.ts';
import { findSeriesForUpdate, saveSeries, saveSeriesDate } from '../store.ts';
import { planChange, showChange, type DateChange } from './change_plan.ts';
import { findVisibleSeries } from './read.ts';

/** What a change would do to every booking it reaches; nothing is changed. */
export const previewChange = async (
  context: Context,
  asked: PreviewChange & { readonly seriesId: string },
) => showChange(await planChange(context, await findVisibleSeries(context, asked.seriesId), asked));

const refuseClashes = (dates: readonly DateChange[]): AppError => {
  const fields = clashFieldsOf(
    dates.map(({ row, blocks }) => ({ plannedOn: row.plannedOn, blocks })),
  );
  return seriesErrors.dates_clash({
    fields,
    detail: { dates: fields.map(({ path }) => path.slice(8)), change: showChange(dates) },
  });
};

/** An act that takes part in a transaction already begun. */
export const joined = (context: Context, tx: Transaction): Context => ({
  ...context,
  reads: tx,
  transact: (work) => work(tx),
});

const writeDown = async (
  tx: Transaction,
  context: Context,
  series: Series,
  asked: ChangeSeries,
): Promise<void> => {
  const now = context.now();
  const template = asked.scope === 'one' ? {} : changedTemplate(series, asked.change);
  await saveSeries(tx, { ...series, ...template, version: series.version + 1, updatedAt: now });
  const { scope, from, change } = asked;
  await recordAudit(tx, context, {
    action: 'series.change',
    subjectId: series.id,
    before: { title: series.title, template: series.template },
    after: { scope, from, change, ...template },
  });
};

interface Changing {
  readonly seriesId: string;
  readonly asked: ChangeSeries;
  readonly dates: readonly DateChange[];
}

const apply = async (tx: Transaction, context: Context, { seriesId, asked, dates }: Changing) => {
  const series = await findSeriesForUpdate(tx, seriesId);
  orThrow(decideTurn(series, context.actor, asked.version));
  const act = joined(context, tx);
  const outcomes: { date: LocalDay; outcome: 'amended' | 'proposed' }[] = [];
  for (const { row, asked: wanted, choice } of dates) {
    if (!wanted) continue;
    const { outcome } = await amendBooking(act, {
      bookingId: row.booking.id,
      version: row.booking.version,
      asked: wanted,
      reason: asked.reason,
      ...(asked.consent ? { consent: asked.consent } : {}),
    });
    outcomes.push({ date: row.plannedOn, outcome });
    if (choice.kind === 'other') {
      const { booking: _booking, ...date } = row;
      await saveSeriesDate(tx, { ...date, note: noteOf(choice, wanted.uses) || date.note });
    }
  }
  await writeDown(tx, context, series, asked);
  return outcomes;
};

/**
 * Changes every booking the scope reaches and that can still be changed, in one transaction.
 * @throws series.dates_clash naming the dates the change is not possible on, with what is free instead
 */
export const changeSeries = async (
  context: Context,
  asked: ChangeSeries & { readonly seriesId: string },
) => {
  const series = await findVisibleSeries(context, asked.seriesId);
  orThrow(decideTurn(series, context.actor, asked.version));
  const dates = await planChange(context, series, asked);
  if (dates.every(({ untouched }) => untouched !== null)) throw seriesErrors.nothing_to_change();
  if (dates.some(({ blocks }) => blocks.length > 0)) throw refuseClashes(dates);
  try {
    const { seriesId } = asked;
    return await context.transact((tx) => apply(tx, context, { seriesId, asked, dates }));
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw refuseClashes(await planChange(context, series, asked));
  }
};
