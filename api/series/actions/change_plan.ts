import { previewAmendment } from '../../bookings/actions/amend_booking.ts';
import { findBooking } from '../../bookings/actions/read.ts';
import { askOf } from '../../bookings/rules/amendment.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { AmendAsk } from '../../bookings/schema/amendments.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../shared/error.ts';
import { orThrow } from '../../shared/result.ts';
import { addDays, type LocalDay } from '../../shared/time.ts';
import { holidayOn } from '../../shared/holidays.ts';
import { seriesErrors } from '../errors.ts';
import { changeUses } from '../rules/changes.ts';
import { choiceFor, decideChoices } from '../rules/choice.ts';
import { blockOfSlot, blocksOfRefusal, type Alternative, type Block } from '../rules/outcome.ts';
import { hasEnded, isChangeable, isInScope, type Series } from '../rules/series.ts';
import type { DateChoice, PreviewChange } from '../schema.ts';
import { listDateRows, type DateRow } from '../store.ts';
import { alternativesFor } from './alternatives.ts';
import { findGround, outcomeOf, type Ground } from './ground.ts';
import { showAlternative } from './preview.ts';

type BookedRow = DateRow & { readonly booking: NonNullable<DateRow['booking']> };

type Untouched = 'past' | 'ended' | 'same' | 'skipped';

/** A booked date under a change: what it would become, or why it stays. */
export interface DateChange {
  readonly row: BookedRow;
  readonly choice: DateChoice;
  readonly untouched: Untouched | null;
  readonly asked: AmendAsk | null;
  readonly blocks: readonly Block[];
  readonly alternatives: readonly Alternative[];
  readonly needs: 'approval' | 'consent' | null;
  readonly totalYen: number | null;
  readonly differenceYen: number | null;
}

const staying = (row: BookedRow, choice: DateChoice, untouched: Untouched): DateChange => ({
  row,
  choice,
  untouched,
  asked: null,
  blocks: [],
  alternatives: [],
  needs: null,
  totalYen: row.booking.totalYen,
  differenceYen: null,
});

/** The booking as the change would have it; uses chosen for this date stand in for its own, in their order. */
const askFor = (booking: Booking, { change }: PreviewChange, choice: DateChoice): AmendAsk => {
  const now = askOf(booking);
  const uses =
    choice.kind === 'other'
      ? choice.uses.map((use, at) => ({ ...use, id: now.uses[at]?.id }))
      : changeUses(now.uses, change);
  const { title, purpose, attendance } = change;
  return {
    ...now,
    ...(title === undefined ? {} : { title }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(attendance === undefined ? {} : { attendance }),
    uses,
  };
};

const alternativesOf = (
  ground: Ground,
  row: BookedRow,
  asked: AmendAsk,
  taken: ReadonlySet<LocalDay>,
): Alternative[] => {
  const outcome = outcomeOf(ground, asked.uses);
  const { attendance } = asked;
  return alternativesFor(ground, { plannedOn: row.plannedOn, outcome, taken, attendance });
};

type Judged = Pick<DateChange, 'blocks' | 'needs' | 'totalYen' | 'differenceYen'>;

const refused = (error: AppError, asked: AmendAsk): Judged => ({
  blocks: blocksOfRefusal(
    error,
    asked.uses.map(({ configuration = '', date }) => ({ configurationId: configuration, date })),
  ),
  needs: null,
  totalYen: null,
  differenceYen: null,
});

/** What the booking's own door says to the change; undefined where nothing would be different. */
const judge = async (
  context: Context,
  bookingId: string,
  asked: AmendAsk,
): Promise<Judged | undefined> => {
  try {
    const previewed = await previewAmendment(context, { bookingId, asked });
    const blocked = previewed.blocked?.blocked ?? [];
    const consent = previewed.needsConsent ? ('consent' as const) : null;
    return {
      blocks: blocked.map((one) => blockOfSlot(one, false)),
      needs: previewed.needsApproval ? 'approval' : consent,
      totalYen: previewed.quote.totalYen,
      differenceYen: previewed.differenceYen,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'bookings.nothing_changed' ? undefined : refused(error, asked);
  }
};

const planDate = async (
  ground: Ground,
  row: BookedRow,
  asked: PreviewChange,
  taken: ReadonlySet<LocalDay>,
): Promise<DateChange> => {
  const { context } = ground;
  const choice = choiceFor(asked.choices, row.plannedOn);
  if (hasEnded(row.booking.state)) return staying(row, choice, 'ended');
  if (!isChangeable(row.booking, context.now())) return staying(row, choice, 'past');
  const booking = await findBooking(context.reads, row.booking.id);
  const planned = askFor(booking, asked, { kind: 'as_planned' });
  const wanted = choice.kind === 'other' ? askFor(booking, asked, choice) : planned;
  const judged = await judge(context, booking.id, wanted);
  if (!judged) return staying(row, choice, 'same');
  const isBlocked = judged.blocks.length > 0;
  const alternatives =
    isBlocked || choice.kind !== 'as_planned' ? alternativesOf(ground, row, planned, taken) : [];
  if (choice.kind === 'skip') return { ...staying(row, choice, 'skipped'), alternatives };
  return { row, choice, untouched: null, asked: wanted, alternatives, ...judged };
};

const isBooked = (row: DateRow): row is BookedRow => row.booking !== null;

const rowsInScope = (rows: readonly DateRow[], { scope, from }: PreviewChange): BookedRow[] => {
  if (!rows.some(({ plannedOn }) => plannedOn === from)) throw seriesErrors.unknown_date();
  return rows.filter(isBooked).filter(({ plannedOn }) => isInScope(plannedOn, scope, from));
};

const groundOf = (context: Context, series: Series, rows: readonly BookedRow[]) => {
  const days = rows.flatMap(({ plannedOn, booking }) => [
    plannedOn,
    booking.firstUsedOn as LocalDay,
    booking.lastUsedOn as LocalDay,
  ]);
  const sorted = days.toSorted();
  const { admissionMaxYen, isCommercial } = series.template;
  const { venueId: venue, organizationId } = series;
  return findGround(
    context,
    { venue, organizationId, admissionMaxYen, isCommercial },
    { first: addDays(sorted[0]!, -1), last: addDays(sorted.at(-1)!, 1) },
    rows.map(({ booking }) => booking.id),
  );
};

export const planChange = async (
  context: Context,
  series: Series,
  asked: PreviewChange,
): Promise<DateChange[]> => {
  const all = await listDateRows(context.reads, series.id);
  const rows = rowsInScope(all, asked);
  if (rows.length === 0) throw seriesErrors.nothing_to_change();
  orThrow(
    decideChoices(
      asked.choices,
      rows.map(({ plannedOn }) => plannedOn),
    ),
  );
  const ground = await groundOf(context, series, rows);
  const taken = new Set(all.map(({ plannedOn }) => plannedOn));
  const planned: DateChange[] = [];
  for (const row of rows) planned.push(await planDate(ground, row, asked, taken));
  return planned;
};

export const showChange = (dates: readonly DateChange[]) => {
  const changing = dates.filter(({ untouched }) => untouched === null);
  return {
    dates: dates.map((one) => {
      const { plannedOn, booking } = one.row;
      const { id, number, state, totalYen: beforeYen, isProvisional } = booking;
      return {
        date: plannedOn,
        state: one.blocks.length > 0 ? ('clash' as const) : ('free' as const),
        isHoliday: holidayOn(plannedOn) !== undefined,
        totalYen: one.totalYen,
        isProvisional,
        blocks: [...one.blocks],
        alternatives: one.alternatives.map((way) => showAlternative(way, beforeYen)),
        booking: { id, number, state },
        untouched: one.untouched,
        needs: one.needs,
        beforeYen,
        differenceYen: one.differenceYen,
      };
    }),
    changeCount: changing.length,
    untouchedCount: dates.length - changing.length,
    clashCount: dates.filter(({ blocks }) => blocks.length > 0).length,
    differenceYen: changing.reduce((sum, { differenceYen }) => sum + (differenceYen ?? 0), 0),
  };
};
