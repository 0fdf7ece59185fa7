import { z } from 'zod';
import { oneLineSchema } from '../shared/text.ts';
import { localDaySchema } from '../shared/time.ts';
import { wholeNumberSchema } from '../shared/typed.ts';
import { venueCodeSchema } from '../venues/schema.ts';
import { denominations, movementKinds } from './rules.ts';

const piecesMost = 100_000;
const yenMost = 100_000_000;

/** An empty box was not counted: of that piece there is none, but somebody must have counted some. */
const pieceSchema = z
  .preprocess(
    (typed) => (typeof typed === 'string' && typed.trim() === '' ? undefined : typed),
    wholeNumberSchema(piecesMost).optional(),
  )
  .optional();
const noteSchema = oneLineSchema(200);

export const viewDrawerSchema = z.object({
  venue: venueCodeSchema,
  on: localDaySchema.optional(),
});

export const moveCashSchema = z.object({
  venue: venueCodeSchema,
  kind: z.enum(['float', 'banked']),
  amountYen: wholeNumberSchema(yenMost, 1),
  note: noteSchema,
});
export type MoveCash = z.infer<typeof moveCashSchema>;

export const piecesSchema = z.strictObject(
  Object.fromEntries(denominations.map((yen) => [yen, pieceSchema])) as Record<
    `${(typeof denominations)[number]}`,
    typeof pieceSchema
  >,
);

export const countDrawerSchema = z.object({
  venue: venueCodeSchema,
  pieces: piecesSchema,
  differenceReason: oneLineSchema(200, 0).default(''),
});
export type CountDrawer = z.infer<typeof countDrawerSchema>;

const countSchema = z.object({
  id: z.string(),
  venueId: z.string(),
  countedOn: z.string(),
  expectedYen: z.int(),
  countedYen: z.int(),
  differenceYen: z.int(),
  differenceReason: z.string().nullable(),
  pieces: z.record(z.string(), z.int()),
  countedByAccountId: z.string().nullable(),
  countedBy: z.string().nullable(),
  countedAt: z.string(),
});

export const drawerSchema = z
  .object({
    venue: z.string(),
    on: z.string(),
    isToday: z.boolean(),
    /** At the beginning and at the end of the day; of today: now. */
    openingYen: z.int(),
    expectedYen: z.int(),
    entries: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['payment', 'refund', ...movementKinds]),
        amountYen: z.int(),
        at: z.string(),
        billingAccountId: z.string().nullable(),
        number: z.string().nullable(),
        organizationName: z.string().nullable(),
        note: z.string().nullable(),
        by: z.string().nullable(),
      }),
    ),
    count: countSchema.nullable(),
    /** The last counts, newest first. */
    counts: z.array(countSchema),
    canCount: z.boolean(),
    canMove: z.boolean(),
  })
  .meta({ id: 'Drawer' });
