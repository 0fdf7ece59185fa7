import { sentenceOf, type AppError } from '../../shared/error.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { AskedUse } from '../../fees/schema.ts';
import type { BlockedSlot } from '../../bookings/rules/obstacles.ts';
import type { CellClaim } from '../../bookings/rules/placement.ts';
import type { Deviation } from './changes.ts';
import type { Sentence } from '../../shared/languages.ts';

/** Why one use of an occurrence is not possible; nothing private is told. */
export interface Block extends Sentence {
  readonly position: number;
  readonly configurationId: string;
  readonly date: LocalDay;
  /** The slot in the way; none where the whole day is. */
  readonly slot: string | null;
  readonly reason: string;
}

/** What an occurrence with these uses would come to at this moment. */
export interface Outcome {
  readonly uses: readonly AskedUse[];
  readonly blocks: readonly Block[];
  readonly claims: readonly CellClaim[];
  /** Of each use, resolved from the codes that were asked for. */
  readonly configurationIds: readonly string[];
  /** Absent where there is no price, as on a day without a tariff. */
  readonly totalYen: number | null;
  readonly isProvisional: boolean;
}

export interface Alternative extends Outcome {
  readonly deviation: Deviation;
}

const reasonOfCode: Readonly<Record<string, string>> = {
  'slots.closed_day': 'closed',
  'slots.not_open_yet': 'not_open_yet',
  'slots.past_day': 'past',
};

const slotSentences = {
  held: { ja: '仮予約が入っています。', en: 'Somebody holds this time.' },
  taken: { ja: '予約済みです。', en: 'This time is taken.' },
  closed: { ja: '会館の都合で使えません。', en: 'The room is closed at this time.' },
  buffer: { ja: '入れ替えの時間に重なります。', en: 'The room is being changed over.' },
} as const;
const partSentences = {
  held: { ja: 'この部屋の一部に仮予約が入っています。', en: 'Somebody holds a part of this room.' },
  taken: { ja: 'この部屋の一部が予約済みです。', en: 'A part of this room is taken.' },
  closed: { ja: 'この部屋の一部が使えません。', en: 'A part of this room is closed.' },
  buffer: slotSentences.buffer,
} as const;

/** Something stands in the slot; whether only in a part of what was asked for is told. */
export const blockOfSlot = (blocked: BlockedSlot, isPart: boolean): Block => {
  const { position, configurationId, date, slot, state } = blocked;
  const sentences = (isPart ? partSentences : slotSentences)[state];
  return { position, configurationId, date, slot, reason: state, ...sentences };
};

/** A refusal that speaks of the day, as the blocks of the uses it names. */
export const blocksOfRefusal = (
  error: AppError,
  uses: readonly { readonly configurationId: string; readonly date: LocalDay }[],
): Block[] => {
  const whole = { path: '', ja: sentenceOf(error, 'ja'), en: sentenceOf(error, 'en') };
  const fields = error.options.fields ?? [];
  return (fields.length > 0 ? fields : [whole]).map((field) => {
    const position = Number(/^uses\.(\d+)\./.exec(field.path)?.[1] ?? 0);
    const code = ('code' in field ? field.code : undefined) ?? error.code;
    const { configurationId, date } = uses[position]!;
    const reason = reasonOfCode[code] ?? code;
    return { position, configurationId, date, slot: null, reason, ja: field.ja, en: field.en };
  });
};

/** Whether a refusal is about what is asked for on every date alike, not about one of its days. */
export const isOfEveryDate = ({ code }: AppError): boolean =>
  code.startsWith('rooms.') ||
  [
    'slots.unknown_band',
    'fees.other_venue',
    'bookings.overlapping_uses',
    'bookings.overtime_not_allowed',
    'bookings.run_too_long',
  ].includes(code);

/** The first date that would take a cell another date of the same series takes at the same time. */
export const overlappingDate = (
  chosen: readonly { readonly plannedOn: LocalDay; readonly claims: readonly CellClaim[] }[],
): LocalDay | undefined => {
  const taken = new Map<string, { from: Date; until: Date }[]>();
  for (const { plannedOn, claims } of chosen) {
    for (const { cellId, from, until } of claims) {
      const others = taken.get(cellId) ?? [];
      if (others.some((other) => other.from < until && from < other.until)) return plannedOn;
    }
    for (const { cellId, from, until } of claims) {
      taken.set(cellId, [...(taken.get(cellId) ?? []), { from, until }]);
    }
  }
  return undefined;
};
