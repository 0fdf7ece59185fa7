import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { cancelBooking } from '../../booking_charges/actions/cancel.ts';
import { requestBooking, withdrawBooking } from '../../bookings/actions/decide.ts';
import type { Context } from '../../context.ts';
import { orThrow } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import { seriesErrors } from '../errors.ts';
import { canSee, decideTurn, isChangeable, isInScope, type Series } from '../rules/series.ts';
import type { SeriesScope } from '../schema.ts';
import { findSeriesForUpdate, listDateRows, saveSeries, type DateRow } from '../store.ts';
import { joined } from './change.ts';

type Booked = NonNullable<DateRow['booking']>;

interface Step {
  readonly seriesId: string;
  readonly version: number;
}

const bookedRows = (rows: readonly DateRow[]) =>
  rows.flatMap(({ plannedOn, booking }) => (booking ? [{ plannedOn, booking }] : []));

/** One act over many bookings of a series: all of them, or none. */
const step = async (
  context: Context,
  { seriesId, version }: Step,
  work: (tx: Transaction, act: Context, rows: readonly DateRow[]) => Promise<readonly string[]>,
  action: 'series.request' | 'series.withdraw',
): Promise<void> =>
  context.transact(async (tx) => {
    const series: Series = await findSeriesForUpdate(tx, seriesId);
    if (!canSee(series, context.actor)) throw seriesErrors.unknown();
    orThrow(decideTurn(series, context.actor, version));
    const rows = await listDateRows(tx, seriesId);
    const bookingIds = await work(tx, joined(context, tx), rows);
    if (bookingIds.length === 0) throw seriesErrors.nothing_to_change();
    await saveSeries(tx, { ...series, version: series.version + 1, updatedAt: context.now() });
    await recordAudit(tx, context, { action, subjectId: seriesId, after: { bookingIds } });
  });

/** Applies for the approval of every held date at once (使用承認申請). */
export const requestSeries = (context: Context, input: Step): Promise<void> =>
  step(
    context,
    input,
    async (_tx, act, rows) => {
      const now = context.now();
      const held = bookedRows(rows)
        .map(({ booking }) => booking)
        .filter(({ state, holdExpiresAt }) => state === 'held' && holdExpiresAt > now);
      for (const { id: bookingId, version } of held) {
        await requestBooking(act, { bookingId, version });
      }
      return held.map(({ id }) => id);
    },
    'series.request',
  );

const giveUp = (act: Context, { id: bookingId, state, version }: Booked, reason: string) =>
  state === 'approved'
    ? cancelBooking(act, { bookingId, version, reason })
    : withdrawBooking(act, { bookingId, version });

/** Gives up the dates of a scope that are still ahead; those that were approved are cancelled, with a reason. */
export const withdrawSeries = (
  context: Context,
  input: Step & { scope: SeriesScope; from: LocalDay; reason: string },
): Promise<void> =>
  step(
    context,
    input,
    async (_tx, act, rows) => {
      const { scope, from, reason } = input;
      if (!rows.some(({ plannedOn }) => plannedOn === from)) throw seriesErrors.unknown_date();
      const live = bookedRows(rows)
        .filter(({ plannedOn }) => isInScope(plannedOn, scope, from))
        .map(({ booking }) => booking)
        .filter((booking) => isChangeable(booking, context.now()));
      for (const booking of live) await giveUp(act, booking, reason);
      return live.map(({ id }) => id);
    },
    'series.withdraw',
  );
