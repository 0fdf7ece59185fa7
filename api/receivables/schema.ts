import { z } from 'zod';
import { venueCodeSchema } from '../venues/schema.ts';
import { codeSchema, textSchema } from '../shared/text.ts';
import { localDaySchema } from '../shared/time.ts';

export const reasonMost = 500;
const reasonSchema = textSchema(reasonMost);

export const listReceivablesSchema = z.object({
  venue: venueCodeSchema.optional(),
  organization: codeSchema(60, 0).optional(),
  on: localDaySchema.optional(),
  format: z.enum(['json', 'csv']).default('json'),
});
export type ListReceivables = Omit<z.infer<typeof listReceivablesSchema>, 'format'>;

export const pauseDunningSchema = z.object({ reason: reasonSchema });

export const decideBlockSchema = z.object({
  venue: venueCodeSchema,
  organizationId: codeSchema(60, 0),
  decision: z.enum(['block', 'not_now']),
  reason: reasonSchema,
});
export type DecideBlock = z.infer<typeof decideBlockSchema>;

const ageFields = {
  notDueYen: z.int(),
  to30Yen: z.int(),
  to60Yen: z.int(),
  to90Yen: z.int(),
  over90Yen: z.int(),
  overdueYen: z.int(),
  openYen: z.int(),
};

export const receivablesSchema = z
  .object({
    on: z.string(),
    totals: z.object({
      ...ageFields,
      /** What others have paid too much; open less this is the sum of all balances. */
      overpaidYen: z.int(),
    }),
    receivables: z.array(
      z.object({
        billingAccountId: z.string(),
        number: z.string(),
        title: z.string(),
        state: z.string(),
        venueId: z.string(),
        organizationId: z.string(),
        organizationName: z.string(),
        oldestDueOn: z.string(),
        ...ageFields,
        dunningLevel: z.int().nullable(),
        isDunningPaused: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Receivables' });

export const debtSchema = z
  .object({
    billingAccountId: z.string(),
    overdueYen: z.int(),
    dues: z.array(z.object({ dueOn: z.string(), openYen: z.int(), isOverdue: z.boolean() })),
    dunnings: z.array(
      z.object({
        id: z.string(),
        level: z.int(),
        nameJa: z.string(),
        nameEn: z.string(),
        dueOn: z.string(),
        overdueYen: z.int(),
        sentAt: z.string(),
        sentByName: z.string().nullable(),
      }),
    ),
    levels: z.array(
      z.object({
        level: z.int(),
        daysAfterDue: z.int(),
        /** Who owes less in all is not written to by itself. */
        yenLeast: z.int(),
        nameJa: z.string(),
        nameEn: z.string(),
        publication: z.enum(['published', 'provisional']),
        source: z.string(),
      }),
    ),
    /** Staff only. */
    pause: z
      .object({ reason: z.string(), pausedAt: z.string(), pausedByName: z.string() })
      .nullable(),
    mayDun: z.boolean(),
  })
  .meta({ id: 'Debt' });

export const blocksSchema = z
  .object({
    proposals: z.array(
      z.object({
        organizationId: z.string(),
        organizationName: z.string(),
        venueId: z.string(),
        overdueYen: z.int(),
        bookings: z.array(z.object({ id: z.string(), number: z.string(), title: z.string() })),
      }),
    ),
    blocks: z.array(
      z.object({
        id: z.string(),
        organizationId: z.string(),
        organizationName: z.string(),
        venueId: z.string(),
        reason: z.string(),
        blockedAt: z.string(),
        blockedByName: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Blocks' });
