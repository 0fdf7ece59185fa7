import type { WishPlans } from '#api/proposals/schema.ts';
import { preparations, type Preparation } from '#api/proposals/rules/pattern.ts';
import { roomFeatures, type RoomFeature } from '#api/rooms/schema.ts';
import { servedBy } from '#web/rooms/finder.ts';
import type { Refusal } from '#web/ui/form.ts';

export interface TypedNeed {
  readonly purpose: string;
  readonly people: string;
  readonly count: string;
  readonly skipSetup: boolean;
}

/** What was typed into the finder, as it stands in the address of the page. */
export interface TypedWish {
  readonly date: string;
  readonly until: string;
  readonly days: string;
  readonly band: string;
  readonly setup: string;
  readonly teardown: string;
  readonly venue: string;
  readonly features: readonly string[];
  readonly needs: readonly TypedNeed[];
}

const needsMost = 8;
const usualBand = 'all_day';
const emptyNeed: TypedNeed = { purpose: '', people: '', count: '', skipSetup: false };

const readNeeds = (query: URLSearchParams): TypedNeed[] => {
  const text = (name: string) => query.get(name)?.trim() ?? '';
  const needs: TypedNeed[] = [];
  while (needs.length < needsMost && query.has(`needs.${needs.length}.people`)) {
    const at = `needs.${needs.length}`;
    needs.push({
      purpose: text(`${at}.purpose`),
      people: text(`${at}.people`),
      count: text(`${at}.count`),
      skipSetup: text(`${at}.skipSetup`) === 'true',
    });
  }
  if (needs.length > 0) return needs;
  // The short form of the first page asks for one room.
  return [{ ...emptyNeed, purpose: text('purpose'), people: text('people') }];
};

const changeNeeds = (needs: readonly TypedNeed[], act: string): readonly TypedNeed[] => {
  if (act === 'add' && needs.length < needsMost) return [...needs, emptyNeed];
  const removed = /^remove-(\d+)$/.exec(act)?.[1];
  const kept = removed === undefined ? needs : needs.filter((_, at) => at !== Number(removed));
  return kept.length > 0 ? kept : [emptyNeed];
};

export const readWish = (query: URLSearchParams): TypedWish => {
  const text = (name: string) => query.get(name)?.trim() ?? '';
  return {
    date: text('date'),
    until: text('until'),
    days: text('days'),
    band: text('band') || usualBand,
    setup: text('setup') || 'none',
    teardown: text('teardown') || 'none',
    venue: text('venue'),
    features: query.getAll('features'),
    needs: changeNeeds(readNeeds(query), text('do')),
  };
};

const isPreparation = (text: string): text is Preparation =>
  (preparations as readonly string[]).includes(text);

const isFeature = (text: string): text is RoomFeature => Object.hasOwn(roomFeatures, text);

/** A row that says nothing asks for nothing, unless it is the only one. */
const isAsked = ({ purpose, people, count }: TypedNeed, at: number) =>
  at === 0 || purpose !== '' || people !== '' || count !== '';

const rowsAsked = ({ needs }: TypedWish): number[] =>
  needs.flatMap((need, at) => (isAsked(need, at) ? [at] : []));

const servedBody = (purpose: string) => {
  const { layouts, roomClass } = servedBy(purpose);
  return { layouts: [...layouts], ...(roomClass ? { roomClass } : {}) };
};

const needBody = ({
  purpose,
  people,
  count,
  skipSetup,
}: TypedNeed): WishPlans['needs'][number] => ({
  ...(people ? { people } : {}),
  ...(count ? { count } : {}),
  ...servedBody(purpose),
  hasSetup: !skipSetup,
});

/** The body of the question; numbers and days stay as typed. */
export const wishBody = (typed: TypedWish, maxPlans: number): WishPlans => ({
  from: typed.date,
  ...(typed.until ? { to: typed.until } : {}),
  ...(typed.days ? { days: typed.days } : {}),
  ...(typed.venue ? { venues: [typed.venue] } : {}),
  band: typed.band,
  setup: isPreparation(typed.setup) ? typed.setup : 'none',
  teardown: isPreparation(typed.teardown) ? typed.teardown : 'none',
  features: typed.features.filter(isFeature),
  needs: rowsAsked(typed).map((at) => needBody(typed.needs[at]!)),
  maxPlans,
});

/** The API names its own fields; the form calls them as they stand in it. */
export const atOurFields = (refusal: Refusal, typed: TypedWish): Refusal => {
  const rows = rowsAsked(typed);
  const names: Readonly<Record<string, string>> = { from: 'date', to: 'until' };
  return {
    ...refusal,
    fields: refusal.fields.map((field) => ({
      ...field,
      path:
        names[field.path] ??
        field.path.replace(/^needs\.(\d+)/, (_, at: string) => `needs.${rows[Number(at)] ?? at}`),
    })),
  };
};

/** The same wish as an address, with another first day or more plans. */
export const wishQuery = (typed: TypedWish, changes: Readonly<Record<string, string>> = {}) => {
  const query = new URLSearchParams();
  const { needs, features, ...texts } = typed;
  for (const [name, value] of Object.entries({ ...texts, ...changes }))
    if (value !== '') query.set(name, value);
  for (const feature of features) query.append('features', feature);
  for (const [at, { purpose, people, count, skipSetup }] of needs.entries()) {
    query.set(`needs.${at}.people`, people);
    if (purpose) query.set(`needs.${at}.purpose`, purpose);
    if (count) query.set(`needs.${at}.count`, count);
    if (skipSetup) query.set(`needs.${at}.skipSetup`, 'true');
  }
  return query.toString();
};
