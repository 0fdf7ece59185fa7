import { z } from 'zod';

const equipmentLineSchema = z.object({
  nameJa: z.string(),
  nameEn: z.string(),
  quantity: z.int(),
  isShort: z.boolean(),
});

/** One use on the sheet of a day: everything the people who prepare the room must know. */
export const sheetEntrySchema = z
  .object({
    useId: z.string(),
    bookingId: z.string(),
    number: z.string(),
    title: z.string(),
    organizationName: z.string(),
    contactName: z.string(),
    contactPhone: z.string(),
    state: z.string(),
    roomNameJa: z.string(),
    roomNameEn: z.string(),
    configurationNameJa: z.string(),
    configurationNameEn: z.string(),
    startsAt: z.string(),
    endsAt: z.string(),
    phase: z.string(),
    layout: z.string().nullable(),
    attendance: z.int().nullable(),
    coolingMinutes: z.int(),
    heatingMinutes: z.int(),
    wiredLan: z.boolean(),
    equipment: z.array(equipmentLineSchema),
    parkingSpaces: z.int(),
    planNote: z.string(),
    openItemsJa: z.array(z.string()),
    openItemsEn: z.array(z.string()),
  })
  .meta({ id: 'RunSheetEntry' });
export type SheetEntry = z.infer<typeof sheetEntrySchema>;

export const entryMarks = ['added', 'changed', 'removed'] as const;
export type EntryMark = (typeof entryMarks)[number];

export type SheetField = Exclude<keyof SheetEntry, 'useId' | 'bookingId'>;

export interface MarkedEntry {
  readonly entry: SheetEntry;
  readonly mark: EntryMark | null;
  readonly changedFields: readonly SheetField[];
}

const fieldsThatDiffer = (before: SheetEntry, after: SheetEntry): SheetField[] =>
  (Object.keys(after) as (keyof SheetEntry)[]).filter(
    (name): name is SheetField =>
      name !== 'useId' &&
      name !== 'bookingId' &&
      JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );

/** The sheet as it is now, with what changed since it was last printed; what went stands at the end. */
export const markChanges = (
  printed: readonly SheetEntry[] | undefined,
  current: readonly SheetEntry[],
): MarkedEntry[] => {
  if (!printed) return current.map((entry) => ({ entry, mark: null, changedFields: [] }));
  const before = new Map(printed.map((entry) => [entry.useId, entry]));
  const marked = current.map((entry): MarkedEntry => {
    const known = before.get(entry.useId);
    if (!known) return { entry, mark: 'added', changedFields: [] };
    const changedFields = fieldsThatDiffer(known, entry);
    return { entry, mark: changedFields.length > 0 ? 'changed' : null, changedFields };
  });
  const now = new Set(current.map(({ useId }) => useId));
  const removed = printed.filter(({ useId }) => !now.has(useId));
  return [
    ...marked,
    ...removed.map((entry) => ({ entry, mark: 'removed' as const, changedFields: [] })),
  ];
};
