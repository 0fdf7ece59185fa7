import type { Quote } from '../../fees/rules/quote.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Booking, BookingUse } from './booking.ts';

/** Of a booking what an amendment may change. */
export const amendableFields = [
  'title',
  'purpose',
  'attendance',
  'admissionMaxYen',
  'isCommercial',
  'isPublic',
] as const;

export const changedFields = [...amendableFields, 'reduction'] as const;
export type ChangedField = (typeof changedFields)[number];

export interface FieldChange {
  readonly field: ChangedField;
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
}

/** Where and when a use is: changing one of these moves it. */
const placeFields = [
  'configurationId',
  'usedOn',
  'bandCode',
  'earlyMinutes',
  'lateMinutes',
] as const;
const detailFields = [
  'phase',
  'layout',
  'attendance',
  'coolingMinutes',
  'heatingMinutes',
  'wiredLan',
] as const;
export const useFields = [...placeFields, ...detailFields] as const;
export type UseField = (typeof useFields)[number];

const unpricedFields: readonly UseField[] = ['layout', 'attendance'];

export type UseFacts = Pick<BookingUse, UseField | 'startsAt' | 'endsAt'> & {
  readonly usedOn: LocalDay;
};

export interface UseChange {
  readonly kind: 'added' | 'moved' | 'changed' | 'dropped';
  readonly useId: string;
  readonly before: UseFacts | null;
  readonly after: UseFacts | null;
  /** What differs, where the use stays. */
  readonly fields: readonly UseField[];
}

export interface Changes {
  readonly fields: readonly FieldChange[];
  readonly uses: readonly UseChange[];
}

export type Content = Pick<Booking, (typeof amendableFields)[number] | 'reduction' | 'uses'>;

const factsOf = (use: BookingUse): UseFacts => ({
  configurationId: use.configurationId,
  usedOn: use.usedOn,
  bandCode: use.bandCode,
  earlyMinutes: use.earlyMinutes,
  lateMinutes: use.lateMinutes,
  phase: use.phase,
  layout: use.layout,
  attendance: use.attendance,
  coolingMinutes: use.coolingMinutes,
  heatingMinutes: use.heatingMinutes,
  wiredLan: use.wiredLan,
  startsAt: use.startsAt,
  endsAt: use.endsAt,
});

const changeOf = (before: BookingUse, after: BookingUse): UseChange[] => {
  const fields = useFields.filter((field) => before[field] !== after[field]);
  if (fields.length === 0) return [];
  const isMoved = placeFields.some((field) => fields.includes(field));
  return [
    {
      kind: isMoved ? 'moved' : 'changed',
      useId: after.id,
      before: factsOf(before),
      after: factsOf(after),
      fields,
    },
  ];
};

const fieldChanges = (before: Content, after: Content): FieldChange[] => {
  const plain = amendableFields.map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
  const reduction = {
    field: 'reduction' as const,
    before: before.reduction?.nameJa ?? null,
    after: after.reduction?.nameJa ?? null,
  };
  return [...plain, reduction].filter((change) => change.before !== change.after);
};

/** What is different, first in the order of what will be, then what is dropped. */
export const changesBetween = (before: Content, after: Content): Changes => {
  const known = new Map(before.uses.map((use) => [use.id, use]));
  const kept = new Set(after.uses.map(({ id }) => id));
  const ahead = after.uses.flatMap((use): UseChange[] => {
    const old = known.get(use.id);
    if (old) return changeOf(old, use);
    return [{ kind: 'added', useId: use.id, before: null, after: factsOf(use), fields: [] }];
  });
  const dropped = before.uses
    .filter(({ id }) => !kept.has(id))
    .map((use): UseChange => ({
      kind: 'dropped',
      useId: use.id,
      before: factsOf(use),
      after: null,
      fields: [],
    }));
  return { fields: fieldChanges(before, after), uses: [...ahead, ...dropped] };
};

export const isUnchanged = ({ fields, uses }: Changes): boolean =>
  fields.length === 0 && uses.length === 0;

/** Whether the event is somewhere or some time else than before, in part or as a whole. */
export const isMoving = ({ uses }: Changes): boolean => uses.some(({ kind }) => kind !== 'changed');

const pricedFields: readonly ChangedField[] = ['admissionMaxYen', 'isCommercial', 'reduction'];

/** A promised price stands until something it was made from changes. */
export const isRepriced = ({ fields, uses }: Changes): boolean =>
  fields.some(({ field }) => pricedFields.includes(field)) ||
  uses.some(
    ({ kind, fields: differing }) =>
      kind !== 'changed' || differing.some((field) => !unpricedFields.includes(field)),
  );

/** The price after the change: the promised one where the change does not touch it. */
export const quoteAfter = (changes: Changes, promised: Quote, priced: Quote): Quote =>
  isRepriced(changes) ? priced : promised;

export interface PlaceName {
  readonly configurationId: string;
  readonly configurationNameJa: string;
  readonly configurationNameEn: string;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
}

export type NamedFacts = UseFacts & PlaceName;

export interface NamedChanges {
  readonly fields: readonly FieldChange[];
  readonly uses: readonly (Omit<UseChange, 'before' | 'after'> & {
    readonly before: NamedFacts | null;
    readonly after: NamedFacts | null;
  })[];
}

/** The same changes with the names of their places, so that they can be read on their own. */
export const namedChanges = (changes: Changes, names: readonly PlaceName[]): NamedChanges => {
  const byId = new Map(names.map((name) => [name.configurationId, name]));
  const named = (facts: UseFacts | null): NamedFacts | null =>
    facts && { ...facts, ...byId.get(facts.configurationId)! };
  return {
    fields: changes.fields,
    uses: changes.uses.map((use) => ({
      ...use,
      before: named(use.before),
      after: named(use.after),
    })),
  };
};

export const placesNamedIn = ({ uses }: Changes): string[] => [
  ...new Set(
    uses.flatMap(({ before, after }) => [before, after].flatMap((at) => at?.configurationId ?? [])),
  ),
];
