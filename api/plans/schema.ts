import { z } from 'zod';
import { fileSchema } from '../files/schema.ts';

import { codeSchema, textSchema } from '../shared/text.ts';
import { instantSchema, localDaySchema } from '../shared/time.ts';
import { publicationSchema } from '../venues/schema.ts';
import { itemStates } from './rules/checklist.ts';
import { entryMarks, sheetEntrySchema } from './rules/sheet.ts';
import { wholeNumberSchema } from '../shared/typed.ts';

const noteSchema = textSchema(2_000, 0);

export const meetingSchema = z.object({
  meetsAt: instantSchema.nullable().optional(),
  isMet: z.boolean().optional(),
  note: noteSchema.optional(),
});
export type Meeting = z.infer<typeof meetingSchema>;

export const itemChangeSchema = z.object({
  state: z.enum(itemStates),
  note: noteSchema.default(''),
  fileId: codeSchema(60, 0).nullable().default(null),
});

const spacesMost = 100_000;

export const parkingSchema = z.object({
  days: z
    .array(z.object({ usedOn: localDaySchema, spaces: wholeNumberSchema(spacesMost) }))
    .max(62),
});
export type Parking = z.infer<typeof parkingSchema>;

export const presenceChangeSchema = z.object({
  arrivedAt: instantSchema.nullable().optional(),
  leftAt: instantSchema.nullable().optional(),
});

export const sheetQuerySchema = z.object({
  venue: codeSchema(60),
  date: localDaySchema,
});
export type SheetQuery = z.infer<typeof sheetQuerySchema>;

export const planSchema = z
  .object({
    bookingId: z.string(),
    meetsAt: z.string().nullable(),
    metAt: z.string().nullable(),
    note: z.string(),
    mayEdit: z.boolean(),
    maySettle: z.boolean(),
    items: z.array(
      z.object({
        code: z.string(),
        nameJa: z.string(),
        nameEn: z.string(),
        dueOn: z.string(),
        isOverdue: z.boolean(),
        needsFile: z.boolean(),
        state: z.enum(itemStates),
        note: z.string(),
        fileId: z.string().nullable(),
        settledByName: z.string().nullable(),
        settledAt: z.string().nullable(),
        publication: publicationSchema,
        source: z.string(),
      }),
    ),
    parking: z.array(
      z.object({
        usedOn: z.string(),
        spaces: z.int(),
        leftSpaces: z.int(),
        capacitySpaces: z.int(),
        reasonJa: z.string(),
        reasonEn: z.string(),
        publication: publicationSchema,
        source: z.string(),
      }),
    ),
    files: z.array(fileSchema),
    presences: z.array(
      z.object({
        useId: z.string(),
        arrivedAt: z.string().nullable(),
        leftAt: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Plan' });

export const runSheetSchema = z
  .object({
    venueId: z.string(),
    date: z.string(),
    printed: z
      .object({ number: z.int(), printedAt: z.string(), printedByName: z.string().nullable() })
      .nullable(),
    entries: z.array(
      z.object({
        entry: sheetEntrySchema,
        mark: z.enum(entryMarks).nullable(),
        changedFields: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'RunSheet' });
