import type { LocalDay } from '../../shared/time.ts';
import type { ClosureKind } from '../../slots/rules/availability.ts';
import { seatFor, type FinderPart, type Named, type Need, type Unfit } from './catalogue.ts';
import type { Piece } from './pattern.ts';
import { patternFor, startsOf, type PlanAsk } from './candidates.ts';
import { freeMark, markOf, marksOf, opensOn, type Timeline } from './timeline.ts';
import { dayWords, daysWords, joinNames, placeName } from './wording.ts';
import type { Sentence } from '#api/shared/languages.ts';

/** Why a configuration is not free, told without saying who has it. */
export type Block =
  | { readonly code: 'held' | 'taken' | 'buffer' | 'past' }
  | {
      readonly code: 'other_part';
      readonly state: 'held' | 'taken' | 'buffer';
      readonly parts: readonly Named[];
    }
  | { readonly code: 'too_late'; readonly phone: string | null }
  | { readonly code: 'closed'; readonly closureKind: ClosureKind }
  | { readonly code: 'not_open_yet'; readonly opensOn: LocalDay; readonly isDrawn: boolean };

const worst = (marks: Uint8Array | undefined, from: number, slots: readonly number[]): number =>
  marks ? slots.reduce((most, slot) => Math.max(most, marks[from + slot] ?? 0), 0) : freeMark;

/** What stands in the way of a configuration on a day; nothing where it is free. */
export const blockOf = (
  timeline: Timeline,
  part: FinderPart,
  dayAt: number,
  slots: readonly number[],
): Block | undefined => {
  const from = dayAt * timeline.slotCount;
  const mark = markOf(worst(marksOf(timeline, part), from, slots));
  if (mark === 'free') return undefined;
  if (mark === 'past') return { code: 'past' };
  if (mark === 'too_late') return { code: mark, phone: timeline.venue.phone };
  if (mark === 'not_open_yet')
    return { code: mark, ...opensOn(timeline, part, timeline.days[dayAt]!) };
  if (mark !== 'held' && mark !== 'taken' && mark !== 'buffer')
    return { code: 'closed', closureKind: mark };
  const parts = part.cells.filter(
    ({ id }) => worst(timeline.byCell.get(id), from, slots) !== freeMark,
  );
  if (parts.length === part.cells.length) return { code: mark };
  return {
    code: 'other_part',
    state: mark,
    parts: parts.map(({ nameJa, nameEn }) => ({ nameJa, nameEn })),
  };
};

const stateWords: Readonly<Record<'held' | 'taken' | 'buffer', Sentence>> = {
  held: { ja: '仮予約中', en: 'on hold' },
  taken: { ja: '予約済み', en: 'taken' },
  buffer: { ja: '前の催しの片付け・清掃中', en: 'being cleared after another event' },
};

const closureWords: Readonly<Record<ClosureKind, Sentence>> = {
  annual: { ja: '休館日です', en: 'is closed over the New Year' },
  maintenance: { ja: '保守点検のため休止しています', en: 'is closed for maintenance' },
  emergency: { ja: '緊急時の使用のため休止しています', en: 'is closed for emergency use' },
  block: { ja: '施設の都合により受付を止めています', en: 'is kept back by the venue' },
};

/** The block as the end of a sentence that began with the place. */
export const blockWords = (block: Block): Sentence => {
  switch (block.code) {
    case 'held':
    case 'taken':
    case 'buffer': {
      const { ja, en } = stateWords[block.code];
      return { ja: `は${ja}です`, en: `is ${en}` };
    }
    case 'other_part': {
      const [state, names] = [stateWords[block.state], joinNames(block.parts)];
      return {
        ja: `は、同じ部屋の${names.ja}が${state.ja}のため空いていません`,
        en: `is not free: ${names.en} of the same room is ${state.en}`,
      };
    }
    case 'closed': {
      const { ja, en } = closureWords[block.closureKind];
      return { ja: `は${ja}`, en };
    }
    case 'not_open_yet': {
      const day = dayWords(block.opensOn);
      return {
        ja: `は${block.isDrawn ? '抽選で受け付けます。先着の受付' : 'まだ受付が始まっていません。受付'}は${day.ja}に始まります`,
        en: `${block.isDrawn ? 'goes by lottery and' : 'is not open yet and'} opens to all on ${day.en}`,
      };
    }
    case 'too_late': {
      const [ja, en] = block.phone ? [`（${block.phone}）`, ` (${block.phone})`] : ['', ''];
      return {
        ja: `は申込みの受付が終了しました。窓口${ja}へお電話ください`,
        en: `can no longer be applied for here; please telephone the desk${en}`,
      };
    }
    case 'past':
      return { ja: 'はすでに過ぎた時間です', en: 'is in the past' };
  }
};

export type ReasonCode = Block['code'] | Unfit;

/** A configuration that was looked at and not chosen. */
export interface NotChosen extends Sentence {
  /** The same without its days, for a list that stands under a day. */
  readonly fact: Sentence;
  readonly code: ReasonCode;
  readonly part: FinderPart;
  readonly days: readonly LocalDay[];
  readonly block?: Block;
  readonly phase: 'event' | 'setup' | 'teardown' | null;
}

interface Miss {
  readonly day: LocalDay;
  readonly block: Block;
  readonly phase: 'event' | 'setup' | 'teardown';
}

const firstBlock = (
  timeline: Timeline,
  part: FinderPart,
  day: number,
  pieces: readonly Piece[],
) => {
  for (const { dayOffset, slots } of pieces) {
    const at = day + dayOffset;
    if (at < 0 || at >= timeline.days.length) continue;
    const block = blockOf(timeline, part, at, slots);
    if (block) return { day: timeline.days[at]!, block };
  }
  return undefined;
};

/** Every event day that is not free; where all are, the set-up or take-down that cannot be had. */
const missesOf = (timeline: Timeline, ask: PlanAsk, part: FinderPart, need: Need): Miss[] => {
  const pattern = patternFor(timeline, ask, need);
  if (!pattern) return [];
  const { first, last } = startsOf(timeline, ask);
  const misses: Miss[] = [];
  const [anyDay] = pattern.event;
  const isBlocked = new Set<number>();
  for (let day = first; day <= last + ask.days - 1; day += 1) {
    const block = blockOf(timeline, part, day, anyDay!.slots);
    if (!block) continue;
    isBlocked.add(day);
    misses.push({ day: timeline.days[day]!, block, phase: 'event' });
  }
  for (let day = first; day <= last; day += 1) {
    if (pattern.event.some(({ dayOffset }) => isBlocked.has(day + dayOffset))) continue;
    for (const phase of ['setup', 'teardown'] as const) {
      const missed = firstBlock(timeline, part, day, pattern[phase]);
      if (missed) misses.push({ ...missed, phase });
    }
  }
  return misses;
};

const phaseLead: Readonly<Record<'event' | 'setup' | 'teardown', Sentence>> = {
  event: { ja: '', en: '' },
  setup: { ja: '(準備)', en: ' (set-up)' },
  teardown: { ja: '(撤去)', en: ' (take-down)' },
};

const gatherMisses = (part: FinderPart, misses: readonly Miss[]): NotChosen[] => {
  const groups = new Map<string, Miss[]>();
  for (const miss of misses) {
    const key = `${miss.phase} ${JSON.stringify(miss.block)}`;
    groups.set(key, [...(groups.get(key) ?? []), miss]);
  }
  const place = placeName(part);
  return [...groups.values()].map((same) => {
    const { block, phase } = same[0]!;
    const days = [...new Set(same.map(({ day }) => day))];
    const [when, what, lead] = [daysWords(days), blockWords(block), phaseLead[phase]];
    const fact = { ja: `${place.ja}${what.ja}。`, en: `${place.en} ${what.en}.` };
    return {
      code: block.code,
      part,
      days,
      block,
      phase,
      fact,
      ja: `${when.ja}${lead.ja}: ${fact.ja}`,
      en: `${when.en}${lead.en}: ${fact.en}`,
    };
  });
};

const unknownCapacityWords = (part: FinderPart, need: Need, phone: string | null): Sentence => {
  const place = placeName(part);
  const [ja, en] = phone ? [`（${phone}）`, ` (${phone})`] : ['', ''];
  return {
    ja: `${place.ja}は定員が分からないため、${need.people}人で使えるかどうかは窓口${ja}へお尋ねください。`,
    en: `How many people ${place.en} takes is not known; please ask the desk${en} about ${need.people}.`,
  };
};

const unfitWords = (
  unfit: Exclude<Unfit, 'capacity_unknown'>,
  part: FinderPart,
  need: Need,
): Sentence => {
  const place = placeName(part);
  if (unfit === 'too_small') {
    const seats = part.layouts.filter(
      ({ layout }) => need.layouts.length === 0 || need.layouts.includes(layout),
    );
    const most = Math.max(...seats.map(({ capacity }) => capacity));
    return {
      ja: `${place.ja}は定員${most}人で、${need.people}人には足りません。`,
      en: `${place.en} takes ${most}, not ${need.people} people.`,
    };
  }
  const words: Readonly<Record<Exclude<typeof unfit, 'too_small'>, Sentence>> = {
    runs_too_long: {
      ja: `を続けて使えるのは${part.runDaysMost}日までです`,
      en: `may be used for ${part.runDaysMost} days in a row at most`,
    },
    no_such_layout: {
      ja: 'はご希望の使い方（並べ方）に対応していません',
      en: 'is not used in the layout asked for',
    },
    no_feature: {
      ja: 'にはご希望の設備が確認できません',
      en: 'is not known to have what was asked for',
    },
    other_class: { ja: 'はご希望の種類の部屋ではありません', en: 'is of another kind of room' },
  };
  const { ja, en } = words[unfit];
  return { ja: `${place.ja}${ja}。`, en: `${place.en} ${en}.` };
};

const unfitOrder: readonly Unfit[] = [
  'runs_too_long',
  'capacity_unknown',
  'too_small',
  'no_such_layout',
  'no_feature',
  'other_class',
];

/** A configuration none of the needs can use is told once, with what comes nearest to fitting. */
const unfitOf = (part: FinderPart, { needs, days }: PlanAsk, phone: string | null): NotChosen[] => {
  const found = needs.flatMap((need) => {
    const seat = seatFor(part, need);
    if (typeof seat === 'string') return [{ need, unfit: seat }];
    return days > part.runDaysMost ? [{ need, unfit: 'runs_too_long' as const }] : [];
  });
  const [nearest] = found.toSorted(
    (one, other) => unfitOrder.indexOf(one.unfit) - unfitOrder.indexOf(other.unfit),
  );
  if (!nearest || found.length < needs.length) return [];
  const { unfit, need } = nearest;
  const words =
    unfit === 'capacity_unknown'
      ? unknownCapacityWords(part, need, phone)
      : unfitWords(unfit, part, need);
  return [{ code: unfit, part, days: [], phase: null, fact: words, ...words }];
};

const reasonsFor = (timeline: Timeline, ask: PlanAsk, part: FinderPart): NotChosen[] => {
  const unfit = unfitOf(part, ask, timeline.venue.phone);
  if (unfit.length > 0) return unfit;
  const needs = ask.needs.filter((need) => typeof seatFor(part, need) !== 'string');
  const strictest = needs.find(({ hasSetup }) => hasSetup) ?? needs[0]!;
  return gatherMisses(part, missesOf(timeline, ask, part, strictest));
};

/**
 * What was looked at and could not be had, room by room in the order of the houses; nobody reads more
 * than some hundreds, and the rest is not worked out.
 */
export const notChosenOf = (
  timelines: readonly Timeline[],
  ask: PlanAsk,
  most = Number.POSITIVE_INFINITY,
): NotChosen[] => {
  const found: NotChosen[] = [];
  for (const timeline of timelines) {
    for (const part of timeline.venue.parts) {
      if (found.length >= most) return found;
      found.push(...reasonsFor(timeline, ask, part));
    }
  }
  return found;
};
