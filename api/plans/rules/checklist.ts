import type { Booking } from '../../bookings/rules/booking.ts';
import { firstStart } from '../../bookings/rules/booking.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, dayOf, wallClock, type LocalDay } from '../../shared/time.ts';
import type { ChecklistItem } from '../../policies/schema.ts';
import { planErrors } from '../errors.ts';

export const itemStates = ['open', 'settled', 'not_needed'] as const;
export type ItemState = (typeof itemStates)[number];

/** What has become of a point. */
export interface SavedItem {
  readonly code: string;
  readonly state: ItemState;
  readonly note: string;
  readonly fileId: string | null;
  readonly settledByName: string | null;
  readonly settledAt: Date | null;
}

export interface PlanItem extends Omit<ChecklistItem, 'roomClass' | 'dueDaysBefore'> {
  readonly dueOn: LocalDay;
  readonly isOverdue: boolean;
  readonly state: ItemState;
  readonly note: string;
  readonly fileId: string | null;
  readonly settledByName: string | null;
  readonly settledAt: Date | null;
}

const untouched = {
  state: 'open',
  note: '',
  fileId: null,
  settledByName: null,
  settledAt: null,
} as const;

/** The strictest of a point that several of the rooms ask for. */
const strictest = (points: readonly ChecklistItem[]): ChecklistItem => ({
  ...points[0]!,
  dueDaysBefore: Math.max(...points.map(({ dueDaysBefore }) => dueDaysBefore)),
  needsFile: points.some(({ needsFile }) => needsFile),
});

/** The points of a booking in the order of the catalogue, each once. */
export const planItemsOf = (
  points: readonly ChecklistItem[],
  booking: Pick<Booking, 'uses'>,
  saved: readonly SavedItem[],
  now: Date,
): PlanItem[] => {
  const firstDay = dayOf(firstStart(booking.uses));
  const today = dayOf(now);
  return [...new Set(points.map(({ code }) => code))].map((code) => {
    const {
      roomClass: _class,
      dueDaysBefore,
      ...point
    } = strictest(points.filter((one) => one.code === code));
    const dueOn = addDays(firstDay, -dueDaysBefore);
    const known = saved.find((item) => item.code === code) ?? untouched;
    const { state, note, fileId, settledByName, settledAt } = known;
    const isOverdue = state === 'open' && dueOn < today;
    return { ...point, dueOn, isOverdue, state, note, fileId, settledByName, settledAt };
  });
};

const plannedStates = ['held', 'requested', 'approved', 'in_use'];

export const decidePlanning = (booking: Pick<Booking, 'state'>): Result<void> =>
  plannedStates.includes(booking.state)
    ? ok(undefined)
    : refuse(planErrors.not_planned_in_state({ detail: { state: booking.state } }));

export interface ItemChange {
  readonly state: ItemState;
  readonly note: string;
  readonly fileId: string | null;
}

/** A point is settled with its file, where it needs one. */
export const decideItem = (item: PlanItem | undefined, change: ItemChange): Result<ItemChange> => {
  if (!item) return refuse(planErrors.unknown_item());
  if (change.state === 'settled' && item.needsFile && change.fileId === null) {
    const { nameJa, nameEn, code } = item;
    const { ja, en } = planErrors.catalogue.get('plans.file_needed')!;
    const field = {
      path: 'fileId',
      ja: ja.replace('{name}', nameJa),
      en: en.replace('{name}', nameEn),
    };
    return refuse(
      planErrors.file_needed({ params: { name: nameJa }, fields: [field], detail: { code } }),
    );
  }
  return ok(change);
};

/** The meeting is still to come and before anybody arrives. */
export const decideMeeting = (
  booking: Pick<Booking, 'uses'>,
  meetsAt: Date,
  now: Date,
): Result<Date> => {
  const starts = firstStart(booking.uses);
  if (meetsAt > now && meetsAt < starts) return ok(meetsAt);
  return refuse(planErrors.meeting_too_late({ params: { starts: wallClock(starts) } }));
};
