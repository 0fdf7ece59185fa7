import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, daysBetween, type LocalDay } from '../../shared/time.ts';
import { slotErrors } from '../../slots/errors.ts';
import { venueErrors } from '../../venues/errors.ts';
import { proposalErrors } from '../errors.ts';
import {
  roomDaysMost,
  roomsMost,
  windowDaysMost,
  type AskPlaces,
  type AskPlans,
} from '../schema.ts';
import type { FinderVenue, Need } from './catalogue.ts';
import type { PlanAsk } from './candidates.ts';
import type { Sentence } from '../../shared/languages.ts';

const needOf = (need: AskPlans['needs'][number], features: AskPlans['features']): Need => ({
  people: need.people,
  layouts: need.layout ? [...new Set([need.layout, ...need.layouts])] : need.layouts,
  count: need.count,
  roomClass: need.roomClass,
  features: [...new Set([...need.features, ...features])],
  hasSetup: need.hasSetup,
});

const tooLong = (path: string) => {
  const most = windowDaysMost;
  const ja = `${most}日以内にしてください。`;
  const fields = [{ path, ja, en: `Please stay within ${most} days.` }];
  return refuse(proposalErrors.window_too_long({ params: { most }, fields }));
};

/** The days some uses lie on, from the first to the last: as long as a search may be. */
export const decideStretch = (
  uses: readonly { readonly date: LocalDay }[],
): Result<{ readonly from: LocalDay; readonly to: LocalDay }> => {
  const dates = uses.map(({ date }) => date).toSorted();
  const [from, to] = [dates[0]!, dates.at(-1)!];
  return daysBetween(from, to) >= windowDaysMost ? tooLong('uses') : ok({ from, to });
};

/** Rooms asked for, times days searched: what a search comes to. */
const roomDaysOf = (ask: AskPlans): number => {
  const rooms = ask.needs.reduce((sum, { count }) => sum + count, 0);
  return rooms * (daysBetween(ask.from, ask.to ?? addDays(ask.from, ask.days - 1)) + 1);
};

/** Points of work, for those who ask without being known. */
export const workOfPlans = (ask: AskPlans): number =>
  10 + Math.ceil(Math.max(0, roomDaysOf(ask)) / 10);
export const workOfPlaces = ({ uses }: AskPlaces): number => 5 + uses.length;

/** What was asked, with its usual values and within what can be searched. */
export const decideAsk = (ask: AskPlans, today: LocalDay): Result<PlanAsk> => {
  const { days, band, setup, teardown } = ask;
  const to = ask.to ?? addDays(ask.from, days - 1);
  const field = { path: 'to', ja: '', en: '' };
  const at = (error: Sentence) => [{ ...field, ...error }];
  if (to < ask.from) {
    const { ja, en } = slotErrors.catalogue.get('slots.range_reversed')!;
    return refuse(slotErrors.range_reversed({ fields: at({ ja, en }) }));
  }
  if (to < today) {
    const ja = '過ぎた日です。今日以降の日を選んでください。';
    const fields = [{ path: 'from', ja, en: 'These days have passed. Please choose later ones.' }];
    return refuse(proposalErrors.past_window({ params: { to }, fields }));
  }
  if (daysBetween(ask.from, to) >= windowDaysMost) return tooLong('to');
  const from = ask.from < today ? today : ask.from;
  if (daysBetween(from, to) + 1 < days) {
    const ja = '期間を長くするか、日数を減らしてください。';
    const fields = at({ ja, en: 'Please choose a longer period or fewer days.' });
    return refuse(proposalErrors.window_too_short({ params: { days }, fields }));
  }
  const needs = ask.needs.map((need) => needOf(need, ask.features));
  if (needs.reduce((sum, { count }) => sum + count, 0) > roomsMost)
    return refuse(proposalErrors.too_many_rooms({ params: { most: roomsMost } }));
  if (roomDaysOf(ask) > roomDaysMost) {
    const most = roomDaysMost;
    const fields = at({
      ja: '期間を短くするか、室数を減らしてください。',
      en: 'Please choose a shorter period or fewer rooms.',
    });
    return refuse(proposalErrors.too_much({ params: { most }, fields }));
  }
  return ok({ from, to, days, band, setup, teardown, needs });
};

/** The houses asked for, or all. */
export const decideVenues = (
  venues: readonly FinderVenue[],
  asked: readonly string[] | undefined,
): Result<{ wanted: readonly FinderVenue[]; others: readonly FinderVenue[] }> => {
  const unknown = asked?.find((id) => !venues.some((venue) => venue.id === id));
  if (unknown !== undefined) return refuse(venueErrors.unknown({ params: { venue: unknown } }));
  const isWanted = ({ id }: FinderVenue) => !asked || asked.length === 0 || asked.includes(id);
  return ok({
    wanted: venues.filter(isWanted),
    others: venues.filter((venue) => !isWanted(venue)),
  });
};
